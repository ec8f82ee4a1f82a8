"""Reading any spreadsheet without loss."""

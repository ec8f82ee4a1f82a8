"""A marked copy made by changing a workbook's parts where they stand, and nothing else of it."""

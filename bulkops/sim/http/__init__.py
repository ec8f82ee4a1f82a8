"""The simulator as an HTTP server that speaks AWS's protocols."""

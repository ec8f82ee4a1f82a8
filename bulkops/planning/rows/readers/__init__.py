"""How the cells of each kind of column are read."""

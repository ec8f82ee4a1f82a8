"""Orders as plans: their rows decided one after another, and what these need of one another."""

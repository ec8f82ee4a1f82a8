"""What is there, and what is different from what a row asks for."""

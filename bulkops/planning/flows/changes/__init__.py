"""What differs between two flows, told by blocks, parameters and ways out."""

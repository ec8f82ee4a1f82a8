"""What rows make that other rows name before it is there."""

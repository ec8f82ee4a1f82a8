"""What the AWS service models say of operations and values, and what they leave out."""

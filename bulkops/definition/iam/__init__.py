"""What IAM lets the actions of a service act on, from the Service Authorization Reference."""

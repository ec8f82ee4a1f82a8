"""What a person types and sees; alone prints, exits and reads the environment."""

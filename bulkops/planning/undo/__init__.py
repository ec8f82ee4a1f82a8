"""The plan that takes a run back."""

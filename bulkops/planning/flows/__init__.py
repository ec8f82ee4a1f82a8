"""The flow language: flows read, their references found and replaced, compared and explained."""

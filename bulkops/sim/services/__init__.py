"""The simulated services: what each operation checks, changes and answers."""

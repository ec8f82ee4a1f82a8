"""What a program calls, and nothing else: async first, and a plain door derived from it."""

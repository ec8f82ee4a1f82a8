"""Writing files whole or not at all: tables, templates, marked copies."""

"""Sheets beside runs: template, export, and the annotated copy."""

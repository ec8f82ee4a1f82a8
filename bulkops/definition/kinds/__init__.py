"""The kinds of thing of each part of a contact centre."""

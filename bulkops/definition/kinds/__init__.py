"""The kinds of thing of each part of a contact centre, and how a cell names a thing."""

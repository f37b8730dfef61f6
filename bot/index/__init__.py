"""The index folder: its database and the catalogue of what was read of the articles."""

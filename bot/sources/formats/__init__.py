"""Conversion of a file's bytes to articles: one reader a format."""

"""A bot that answers questions about articles with their own words."""

__version__ = "0.1.0"

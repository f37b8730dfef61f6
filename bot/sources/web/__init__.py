"""Fetching from the web: what may be reached, and what a link led to."""

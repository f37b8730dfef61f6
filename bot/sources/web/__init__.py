"""Fetching from the web: the hosts that may be reached, and the results of links."""

"""Cutting articles into passages, and addresses, citations and links that lead to them."""

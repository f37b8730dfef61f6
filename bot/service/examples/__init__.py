"""Example questions, which are made from a tenant's articles and answered by them."""

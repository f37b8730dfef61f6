"""Benchmarks and proofs over an OpenSearch cluster of three processes and PostgreSQL.

same     the cluster's answers beside those of an index of this machine
speed    asking and adding, beside an index of this machine
counts   requests that real questions take
takeover  time until another process stands in for one that was killed
"""

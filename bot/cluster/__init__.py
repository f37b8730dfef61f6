"""The cluster: the seams of articles, records and search over servers that several processes share.

Imported by the wiring alone, and only where the settings name a server. `postgres` has what must
last; what finds passages is a copy of it, and beside it.
"""

"""Presentation shared by front-ends: JSON views, links to pages, the table of a chat's commands.

How it looks is each front-end's own.
"""

"""Intake of articles: formats, the web, the corpus folder and feeds."""

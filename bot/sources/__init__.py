"""Intake of articles: formats and the processes that read them, the web, the corpus folder and
feeds."""

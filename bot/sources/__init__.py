"""How articles come in: formats, the web, the corpus folder and feeds."""

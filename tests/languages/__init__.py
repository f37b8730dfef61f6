"""Catalogues of messages: extracting what is to be translated, bringing catalogues up to date."""

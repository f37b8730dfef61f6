"""The blocks of a page that are its article: chosen, trimmed at the ends, put back where lost."""

"""Web pages: the blocks of a page that are its article, and its metadata."""

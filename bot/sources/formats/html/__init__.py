"""Web pages: which of a page's blocks are its article, and what it says of itself."""

"""The head of a page's article: title, authors, publisher, date, language."""

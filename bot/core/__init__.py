"""The core: articles, passages, questions and answers. Pure; what it needs is handed in."""

"""A page as blocks of text: its bytes decoded and parsed, its elements named, what a reader sees.

Which blocks are the article is `bot.sources.formats.html.body`'s.
"""

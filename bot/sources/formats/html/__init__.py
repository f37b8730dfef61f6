"""Web pages: the blocks of a page that are its article, and its metadata.

page      a page as Markdown: what others call
refusals  pages that a site sends in place of an article
body/     the blocks that are the article
head/     title, authors, publisher, date, language
blocks/   the page as blocks of text
"""

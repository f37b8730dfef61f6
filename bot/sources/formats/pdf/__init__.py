"""PDF: glyphs to lines, lines to paragraphs in reading order."""

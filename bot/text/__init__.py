"""Text: tokens, stems, stop words and sentences by language."""

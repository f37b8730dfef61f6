"""Weighing candidates: evidence, the best passage, its sentence, and how sure the answer is."""

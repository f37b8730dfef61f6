"""Askings that are judged: how good the answers are, and what their confidence is worth."""

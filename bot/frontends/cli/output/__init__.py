"""Results as text for a terminal or a pipe: answers, explanations, differences, measures, plots.

Nothing here opens articles or asks them.
"""

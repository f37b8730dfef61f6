"""Ends of sentences in the scripts that articles are written in, to tell text from labels.

Where a sentence ends within a text is for `bot.text.sentences` to say.
"""

from __future__ import annotations

import re

MARKS = ".!?…:;。！？；：।॥؟؛۔։။។།።፧‼⁇⁈⁉"
"""The marks that end a sentence or a clause of one: Latin and Greek, Chinese and Japanese, Indic,
Arabic and Urdu, Armenian, Burmese, Khmer, Tibetan and Ethiopic."""
CLOSING = "'\"”’“‘»«›‹）」』》〉】)]"
"""The quotation marks and brackets that may follow: German closes with “, Danish with «."""

_END = re.compile(rf"[{re.escape(MARKS)}](?:[\s{re.escape(CLOSING)}]|\[\w{{1,4}}\])*$")
_UNMARKED = re.compile("[\u0e01-\u0e4e\u0e81-\u0ece]")
"""Letters of Thai and Lao, which end sentences with a space, if at all."""
_SENTENCE = 40
"""Number of letters that make a sentence in these."""


def ends_as_sentence(text: str) -> bool:
    """Return whether a text ends as a sentence does, apart from quotation marks, brackets and
    footnote signs after it. Thai and Lao have no mark: there a long text does."""
    if _END.search(text):
        return True
    letters = len(_UNMARKED.findall(text))
    return letters >= _SENTENCE and 2 * letters > len(text)

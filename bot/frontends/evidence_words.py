"""Words for the parts of a score, for front-ends that explain it to people."""

from collections.abc import Mapping

EVIDENCE: Mapping[str, str] = {
    "words": "your words in the passage",
    "phrases": "your words next to each other",
    "sentence": "your words in one sentence",
    "spelling": "words spelt like yours",
    "opening": "what the passage opens with",
    "length": "taken off for the passage’s length",
    "title": "your words in the article’s title or head",
    "kind": "the kind of answer you asked for",
    "kept": "a question that editors keep with it",
}
"""By the name of the part; see `bot.core.evidence.PARTS`."""

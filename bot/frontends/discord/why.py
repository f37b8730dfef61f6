""" "Why this passage?" as a card: the core's explanation in words and small bars."""

from __future__ import annotations

from bot.core.answer import Answer, Explanation, Match, TermEvidence
from bot.frontends.discord.cards import PLAIN_COLOUR, TEXT_LIMIT, Card
from bot.frontends.discord.escaping import code, label, length
from bot.frontends.evidence_words import EVIDENCE

_TERMS = 12
_BLOCKS = 5
_MATCHED = {
    "word": "as you asked it",
    "stem": "in another form",
    "relative": "not in this passage (“{}” is)",
    "no": "not in this passage",
}
_ORDINALS = ("first", "second", "third", "fourth", "fifth")


def why_card(answer: Answer, address: str) -> Card:
    """Return the card that explains why the match of this address was shown: what matched, how much
    it counts, what came next.

    The core explains the first match; of a later one its words and its place are told.
    """
    texts = ["### Why this passage?"]
    addresses = [match.citation.address for match in answer.matches]
    place = addresses.index(address) if address in addresses else None
    if place == 0 and answer.explanation is not None:
        texts += _first(answer, answer.explanation)
    elif place is not None:
        texts.append(_later(answer.matches[place], place, answer.matches[0]))
    else:
        texts.append(
            "The words still stand in the article, but the question no longer finds this passage "
            "among the best: articles were added or changed since."
        )
    if answer.unknown:
        words = ", ".join(f"“{label(word, 40)}”" for word in answer.unknown[:12])
        texts.append(f"No article contains {words}.")
    kept: list[str] = []
    for text in texts:
        if sum(map(length, kept)) + length(text) <= TEXT_LIMIT - 16:
            kept.append(text)
    return Card(tuple(kept), colour=PLAIN_COLOUR)


def _first(answer: Answer, explanation: Explanation) -> list[str]:
    terms = explanation.terms[:_TERMS]
    heaviest = max((term.weight for term in terms), default=0.0)
    texts = ["\n".join(_term(term, heaviest) for term in terms) or "No word counted."]
    if explanation.phrases:
        phrases = ", ".join(f"“{label(phrase, 60)}”" for phrase in explanation.phrases[:8])
        texts[0] += f"\nNext to each other here as in the question: {phrases}."
    if explanation.features:
        counted = [each for each in explanation.features if round(100 * each[2])]
        most = max((share for _, _, share in counted), default=0.0)
        lines = [
            f"{_bar(share, most)} {label(EVIDENCE.get(name, name), 60)}  ·  {share:.0%}"
            for name, _, share in counted
        ]
        texts.append("\n".join(["**What the score is made of**", *lines]))
    sure = "over 99%" if answer.confidence > 0.99 else f"{answer.confidence:.0%}"
    last = f"How sure I am: {sure}."
    if explanation.runner_up is not None:
        last += (
            f"\n-# The next best is {code(explanation.runner_up)}, {explanation.margin:.2f} behind."
        )
    return [*texts, last]


def _term(term: TermEvidence, heaviest: float) -> str:
    passages = "passage" if term.frequency == 1 else "passages"
    matched = _MATCHED[term.matched].replace("{}", label(term.relative, 40))
    return (
        f"{_bar(term.weight, heaviest)} **{label(term.word, 40)}** "
        f"{matched}  ·  {term.weight:.0%} of the question, "
        f"in {term.frequency:,} {passages}"
    )


def _later(match: Match, place: int, first: Match) -> str:
    seen: dict[str, str] = {}
    for span in match.highlights:
        word = match.passage.text[span.start : span.end]
        seen.setdefault(word.casefold(), word)
    words = ", ".join(f"“{label(word, 40)}”" for word in list(seen.values())[:12])
    ordinal = _ORDINALS[place] if place < len(_ORDINALS) else f"number {place + 1}"
    text = f"It is the {ordinal} match"
    text += f", {first.score - match.score:.2f} behind the first." if place else "."
    return f"{text}\nOf your question it holds {words}." if words else text


def _bar(value: float, most: float) -> str:
    filled = max(0, min(_BLOCKS, round(value / most * _BLOCKS))) if most > 0 else 0
    return "▰" * filled + "▱" * (_BLOCKS - filled)

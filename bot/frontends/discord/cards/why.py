""" "Why this passage?" as a card: the core's explanation in words and small bars."""

from __future__ import annotations

from bot.core.answer import Answer, Explanation, Match, TermEvidence
from bot.frontends.answer_words import EVIDENCE, MATCHED
from bot.frontends.discord.cards.cards import PLAIN_COLOUR, TEXT_LIMIT, Card
from bot.frontends.discord.cards.escaping import code, label, length
from bot.frontends.languages import ENGLISH, Language

_TERMS = 12
_BLOCKS = 5


def why_card(answer: Answer, address: str, language: Language = ENGLISH) -> Card:
    """Return the card that explains why the match of this address was shown: what matched, how much
    it counts, what came next.

    The core explains the first match; a later one is explained by its words and its rank.
    """
    gettext = language.gettext
    texts = [f"### {gettext('Why this passage?')}"]
    addresses = [match.citation.address for match in answer.matches]
    index = addresses.index(address) if address in addresses else None
    if index == 0 and answer.explanation is not None:
        texts += _first(answer, answer.explanation, language)
    elif index is not None:
        texts.append(_later(answer.matches[index], index, answer.matches[0], language))
    else:
        texts.append(
            gettext(
                "The words still stand in the article, but the question no longer finds this "
                "passage among the best: articles were added or changed since."
            )
        )
    if answer.unknown:
        words = language.quoted(label(word, 40) for word in answer.unknown[:12])
        texts.append(gettext("No article contains {words}.", words=words))
    kept: list[str] = []
    for text in texts:
        if sum(map(length, kept)) + length(text) <= TEXT_LIMIT - 16:
            kept.append(text)
    return Card(tuple(kept), colour=PLAIN_COLOUR)


def _first(answer: Answer, explanation: Explanation, language: Language) -> list[str]:
    gettext = language.gettext
    terms = explanation.terms[:_TERMS]
    heaviest = max((term.weight for term in terms), default=0.0)
    texts = ["\n".join(_term(term, heaviest, language) for term in terms)]
    texts = [texts[0] or gettext("No word counted.")]
    if explanation.phrases:
        phrases = language.quoted(label(phrase, 60) for phrase in explanation.phrases[:8])
        together = gettext(
            "Next to each other here as in the question: {phrases}.", phrases=phrases
        )
        texts[0] += f"\n{together}"
    if explanation.features:
        counted = [each for each in explanation.features if round(100 * each[2])]
        most = max((share for _, _, share in counted), default=0.0)
        lines = [
            f"{_bar(share, most)} {label(gettext(EVIDENCE.get(name, name)), 60)}  ·  "
            + language.percent(share)
            for name, _, share in counted
        ]
        texts.append("\n".join([f"**{gettext('What the score is made of')}**", *lines]))
    last = gettext("How sure I am: over 99%.")
    if answer.confidence <= 0.99:
        last = gettext("How sure I am: {percent}%.", percent=round(100 * answer.confidence))
    if explanation.runner_up is not None:
        runner_up = gettext(
            "The next best is {address}, {margin:.2f} behind.",
            address=code(explanation.runner_up),
            margin=explanation.margin,
        )
        last += f"\n-# {runner_up}"
    return [*texts, last]


def _term(term: TermEvidence, heaviest: float, language: Language) -> str:
    matched = language.gettext(MATCHED[term.matched], other=label(term.relative, 40))
    counted = language.ngettext(
        "{percent}% of the question, in {number:,} passage",
        "{percent}% of the question, in {number:,} passages",
        term.frequency,
        percent=round(100 * term.weight),
    )
    return f"{_bar(term.weight, heaviest)} **{label(term.word, 40)}** {matched}  ·  {counted}"


def _later(match: Match, index: int, first: Match, language: Language) -> str:
    seen: dict[str, str] = {}
    for span in match.highlights:
        word = match.passage.text[span.start : span.end]
        seen.setdefault(word.casefold(), word)
    words = language.quoted(label(word, 40) for word in list(seen.values())[:12])
    text = language.gettext("It is match number {number}.", number=index + 1)
    if index:
        text = language.gettext(
            "It is match number {number}, {margin:.2f} behind the first.",
            number=index + 1,
            margin=first.score - match.score,
        )
    if not words:
        return text
    return f"{text}\n{language.gettext('Of your question it holds {words}.', words=words)}"


def _bar(value: float, most: float) -> str:
    filled = max(0, min(_BLOCKS, round(value / most * _BLOCKS))) if most > 0 else 0
    return "▰" * filled + "▱" * (_BLOCKS - filled)

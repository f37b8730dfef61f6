"""``ask --explain``: why this passage, as text."""

from __future__ import annotations

from bot.core.answer import Answer, Explanation, TermEvidence
from bot.frontends.answer_words import EVIDENCE
from bot.frontends.cli.output.terminal import columns_of, padded, printable, style
from bot.frontends.languages import ENGLISH, Language, mark

_MATCHED = {
    "word": mark("as asked"),
    "stem": mark("in another form"),
    "relative": mark("not in the passage (“{other}” is)"),
    "no": mark("not in the passage"),
}
_BAR = 20
_NARROWEST = 10
"""Columns for the name of a part."""


def explanation_as_text(answer: Answer, language: Language) -> str:
    """Return the reasons why the first match is the first; one line if nothing matched."""
    why, gettext = answer.explanation, language.gettext
    if why is None:
        return gettext("Why: no passage shares a word with the question.")
    lines = [style(gettext("Why this passage"), "bold")]
    lines += [_term(term, language) for term in why.terms]
    if why.phrases:
        quoted = language.quoted(printable(phrase) for phrase in why.phrases)
        lines.append("  " + gettext("together as in the question: {phrases}", phrases=quoted))
    names = {name: _part(name, language) for name, _, _ in why.features}
    width = max((columns_of(each) + 1 for each in names.values()), default=0)
    for name, value, share in why.features:
        part = padded(names[name], max(width, _NARROWEST))
        made = gettext("{share} % of the score", share=_whole(share, language))
        lines.append(f"  {part}{_bar(value)} {language.decimal(value, 2):>5}  {made}")
    confidence = gettext("confidence {confidence:.2f}", confidence=answer.confidence)
    lines.append(f"  {confidence}; {_lead(why, language)}")
    return "\n".join(lines)


def _term(term: TermEvidence, language: Language) -> str:
    where = language.gettext("in no article")
    if term.frequency:
        where = language.ngettext("in {number:,} passage", "in {number:,} passages", term.frequency)
    matched = language.gettext(_MATCHED[term.matched], other=printable(term.relative))
    share = _whole(term.weight, language) + " %"
    if language is not ENGLISH:
        share = f"{language.percent(term.weight):>5}"
    return f"  {printable(term.word):<20}{share}  {matched}, {where}"


def _part(name: str, language: Language) -> str:
    """Return how a part of the score is called: in English by its name in the JSON."""
    return name if language is ENGLISH else language.gettext(EVIDENCE.get(name, name))


def _whole(share: float, language: Language) -> str:
    """Return a share in percent, without its sign. It is aligned in English alone: in other
    languages words may come before it."""
    number = str(round(100 * share))
    return f"{number:>4}" if language is ENGLISH else number


def _bar(value: float) -> str:
    filled = round(_BAR * min(1.0, max(0.0, value)))
    return "█" * filled + "·" * (_BAR - filled)


def _lead(why: Explanation, language: Language) -> str:
    if why.runner_up is None:
        return language.gettext("no other passage matches")
    return language.gettext(
        "next is {address}, {margin:.2f} behind",
        address=printable(why.runner_up),
        margin=why.margin,
    )

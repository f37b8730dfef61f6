"""``ask --explain``: why this passage, as text."""

from __future__ import annotations

from bot.core.answer import Answer, Explanation, TermEvidence
from bot.frontends.cli.terminal import printable, style
from bot.frontends.languages import Language, mark

_MATCHED = {
    "word": mark("as asked"),
    "stem": mark("in another form"),
    "relative": mark("not in the passage (“{other}” is)"),
    "no": mark("not in the passage"),
}
_BAR = 20


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
    lines += [
        f"  {name:<10}{_bar(value)} {value:5.2f}  "
        + gettext("{share} % of the score", share=f"{100 * share:4.0f}")
        for name, value, share in why.features
    ]
    confidence = gettext("confidence {confidence:.2f}", confidence=answer.confidence)
    lines.append(f"  {confidence}; {_lead(why, language)}")
    return "\n".join(lines)


def _term(term: TermEvidence, language: Language) -> str:
    where = language.gettext("in no article")
    if term.frequency:
        where = language.ngettext("in {number:,} passage", "in {number:,} passages", term.frequency)
    matched = language.gettext(_MATCHED[term.matched], other=printable(term.relative))
    return f"  {printable(term.word):<20}{100 * term.weight:4.0f} %  {matched}, {where}"


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

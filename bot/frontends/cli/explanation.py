"""``ask --explain``: why this passage, as text."""

from __future__ import annotations

from bot.core.answer import Answer, Explanation, TermEvidence
from bot.frontends.cli.terminal import count, printable, style

_MATCHED = {
    "word": "as asked",
    "stem": "in another form",
    "relative": "not in the passage (“{}” is)",
    "no": "not in the passage",
}
_BAR = 20


def explanation_as_text(answer: Answer) -> str:
    """Return the reasons why the first match is the first; one line if nothing matched."""
    why = answer.explanation
    if why is None:
        return "Why: no passage shares a word with the question."
    lines = [style("Why this passage", "bold"), *(_term(term) for term in why.terms)]
    if why.phrases:
        quoted = ", ".join(f"“{printable(phrase)}”" for phrase in why.phrases)
        lines.append(f"  together as in the question: {quoted}")
    lines += [
        f"  {name:<10}{_bar(value)} {value:5.2f}  {100 * share:4.0f} % of the score"
        for name, value, share in why.features
    ]
    lines.append(f"  confidence {answer.confidence:.2f}; {_lead(why)}")
    return "\n".join(lines)


def _term(term: TermEvidence) -> str:
    where = f"in {count(term.frequency, 'passage')}" if term.frequency else "in no article"
    matched = _MATCHED[term.matched].replace("{}", printable(term.relative))
    return f"  {printable(term.word):<20}{100 * term.weight:4.0f} %  {matched}, {where}"


def _bar(value: float) -> str:
    filled = round(_BAR * min(1.0, max(0.0, value)))
    return "█" * filled + "·" * (_BAR - filled)


def _lead(why: Explanation) -> str:
    if why.runner_up is None:
        return "no other passage matches"
    return f"next is {printable(why.runner_up)}, {why.margin:.2f} behind"

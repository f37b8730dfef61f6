# ruff: noqa: E501 - pages and sentences are read more easily one to a line
"""Prose of our own for made documents: true sentences of no real place, the same for a seed."""

from __future__ import annotations

import random

PEOPLE = (
    "Mira Oldham", "Tobias Quayle", "Ines Harrow", "Petr Lindqvist", "Amara Voss", "Jonah Pell",
    "Lucía Bramante", "Oskar Thorne", "Wen Castellan", "Farida Nkemelu", "Zoë Marchetti", "Ivo Strand",
)  # fmt: skip
PLACES = (
    "Harrowgate Bay", "Lower Tamsin", "Quillport", "the Ostrava Road", "Veldermouth", "Saint Orlo",
    "Marrow Hill", "the Kestrel Valley", "Dunmere", "East Pallister",
)  # fmt: skip
BODIES = (
    "the harbour board", "the county council", "the regional court", "a panel of engineers",
    "the fishermen's union", "the transport ministry", "the water company", "the school trust",
    "the national archive", "the weather service",
)  # fmt: skip
THINGS = (
    "the new tram line", "a disused grain store", "the flood barrier", "a ferry service", "the reservoir",
    "the old telephone exchange", "a solar farm", "the public library", "the railway bridge",
    "a village market", "the observatory", "the night bus",
)  # fmt: skip
VERBS = (
    "approved", "postponed", "criticised", "inspected", "reopened", "surveyed", "defended", "sold",
    "promised to repair", "declined to fund", "quietly expanded", "measured",
)  # fmt: skip
REASONS = (
    "after three winters of delays", "despite a warning from insurers", "because the soil had shifted",
    "in spite of a petition signed by {n} residents", "following an audit that found {n} faults",
    "while talks over the lease went on", "at a cost of {n} million crowns",
    "before the autumn storms arrive", "under a plan first drawn up in 19{d}", "to general surprise",
)  # fmt: skip
SAYINGS = (
    "Nobody here expected {t} to outlast the company that built it",
    "We counted every bolt, and {n} of them were loose",
    "You cannot plan a town around {t} and then close it in the rain",
    "It is slow work, but {p} has been patient with us",
    "The figures for {p} are better than they look, and worse than they sound",
    "My grandfather worked on {t}, and he would not recognise it today",
)
FACTS = (
    "The decision affects about {n} households between {p} and {q}.",
    "Work on {t} is expected to last {n} weeks, officials said, and will be done mostly at night.",
    "In {p}, where {t} has stood since 19{d}, shopkeepers reported a fall in trade of {d} per cent.",
    "A report of {n} pages, published last month, had described {t} as “sound but neglected”.",
    "No one was hurt, but {t} remained shut for {n} days, and traffic was led through {p}.",
    "{B} will meet again on the {d}th to vote on what remains of the money.",
    "Prices near {p} have risen by {d} per cent in two years, mainly because of {t}.",
    "Not everyone agrees: a survey of {n} people in {q} found opinion evenly divided.",
)


class Prose:
    """Sentences and paragraphs, drawn from a seed."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311 - reproducible, not secret

    def _fill(self, form: str) -> str:
        draw = self.random
        body = draw.choice(BODIES)
        text = form.format(
            n=draw.randint(12, 989), d=draw.randint(21, 89), t=draw.choice(THINGS),
            p=draw.choice(PLACES), q=draw.choice(PLACES), B=body[0].upper() + body[1:],
        )  # fmt: skip
        return text[0].upper() + text[1:]

    def sentence(self) -> str:
        """One sentence of news."""
        draw = self.random
        kind = draw.randrange(4)
        if kind == 0:
            return self._fill(draw.choice(FACTS))
        if kind == 1:
            return f"“{self._fill(draw.choice(SAYINGS))},” said {draw.choice(PEOPLE)} of {draw.choice(BODIES)}."
        body = draw.choice(BODIES)
        reason = self._fill(draw.choice(REASONS))
        return (
            f"{body[0].upper()}{body[1:]} {draw.choice(VERBS)} {draw.choice(THINGS)} in "
            f"{draw.choice(PLACES)} {reason[0].lower()}{reason[1:]}."
        )

    def paragraph(self, least: int = 1, most: int = 4) -> str:
        """Some sentences that stand together."""
        return " ".join(self.sentence() for _ in range(self.random.randint(least, most)))

    def headline(self) -> str:
        """A title, six to twelve words."""
        draw = self.random
        thing = draw.choice(THINGS).removeprefix("the ").removeprefix("a ")
        return (
            f"{draw.choice(PLACES).removeprefix('the ')} {draw.choice(('weighs', 'rejects', 'rescues', 'rethinks'))} "
            f"{thing} as {draw.choice(BODIES).removeprefix('the ').removeprefix('a ')} "
            f"{draw.choice(('splits', 'wavers', 'digs in', 'changes course', 'asks for more time'))}"
        )

    def subheading(self) -> str:
        """A heading within an article, two to five words."""
        draw = self.random
        thing = draw.choice(THINGS).removeprefix("the ").removeprefix("a ")
        return draw.choice(
            (
                f"What it means for {draw.choice(PLACES)}",
                f"A {thing} with a past",
                "Who pays for it",
                "The long wait",
            )
        )

    def teaser(self) -> str:
        """A title of another article, with what a list of articles shows under it."""
        return f"{self.headline()}: {self.subheading().lower()}"

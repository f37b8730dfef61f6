"""Share of questions whose right passage comes first, beside other libraries' ranking.

    python -m tests.benchmarks.quality CORPUS QUESTIONS.jsonl [--language CODE] [--json]

ranks every passage of a folder of articles for every question, by each ranker in the same run:
the same passages (those that this program makes of the articles), the same questions, and a
passage is right where it holds the paragraph that the question names. The peers are used as their
own documentation shows; ``pip install ".[bench]"`` brings them. Of a language other than English
they are plain BM25 with its own stemmer, or with character bigrams where no spaces are written.
"""

from __future__ import annotations

import argparse
import json
import re
import tempfile
import unicodedata
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import bm25s
import Stemmer
from nltk.stem import PorterStemmer
from nltk.tokenize import TreebankWordTokenizer
from rank_bm25 import BM25Okapi

from bot import wiring
from bot.config import CorpusSettings, SearchSettings, Settings
from bot.core.library import Library
from bot.core.measuring.evaluation import DEPTH, KnownQuestion
from bot.core.passage import Passage
from bot.frontends.cli.commands.eval_command import read_questions
from bot.text.stopwords import stop_words

Ranker = Callable[[str], list[int]]
"""From a question to the places of the best ten passages, best first."""


class Row(NamedTuple):
    """One ranker's figures, in percent."""

    ranker: str
    top1: float
    top3: float
    mrr: float


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("corpus", type=Path, metavar="CORPUS")
    parser.add_argument("questions", type=Path, metavar="QUESTIONS.jsonl")
    parser.add_argument("--language", default="en", metavar="CODE", help="of texts and questions")
    parser.add_argument("--json", action="store_true", help="print JSON")
    options = parser.parse_args()
    known = [
        question for question in read_questions(options.questions) if question.paragraph is not None
    ]
    with tempfile.TemporaryDirectory() as cache:
        rows = measure(options.corpus, Path(cache), known, options.language)
    if options.json:
        print(json.dumps([row._asdict() for row in rows]))
        return
    print(f"{len(known)} questions")
    print(f"{'':<42}{'top-1':>8}{'top-3':>8}{'MRR@10':>8}")
    for row in rows:
        print(f"{row.ranker:<42}{row.top1:>8.1f}{row.top3:>8.1f}{row.mrr:>8.1f}")


def measure(
    corpus: Path, cache: Path, known: Sequence[KnownQuestion], language: str = "en"
) -> list[Row]:
    """The figures of every ranker, the library's own last."""
    settings = Settings(CorpusSettings(folder=corpus), SearchSettings(cache=cache))
    store, analyzer = wiring.corpus_folder(settings), wiring.analyzer()
    shelf = wiring.shelf(settings, store, analyzer)
    shelf.refresh()
    library = Library([shelf], analyzer)
    passages = [passage for slug in shelf.entries() for passage in shelf.passages(slug)]
    places = {(passage.article, passage.number): at for at, passage in enumerate(passages)}

    def ours(question: str) -> list[int]:
        matches = library.ask(question, limit=DEPTH).matches
        return [places[match.passage.article, match.passage.number] for match in matches]

    texts = [passage.text for passage in passages]
    peers = _english_peers(texts) if language == "en" else _plain_peers(texts, language)
    return [_row(name, ranker, known, passages) for name, ranker in [*peers, ("articlebot", ours)]]


def _english_peers(texts: Sequence[str]) -> list[tuple[str, Ranker]]:
    return [
        ("rank_bm25 Okapi, lower().split()", _okapi(texts, lambda text: text.lower().split())),
        ("rank_bm25 Okapi, Treebank tokens, Porter", _okapi(texts, _porter())),
        ("bm25s, as it comes", _bm25s(texts, None)),
        ("bm25s, with Snowball stems", _bm25s(texts, Stemmer.Stemmer("english"))),
    ]


def _plain_peers(texts: Sequence[str], language: str) -> list[tuple[str, Ranker]]:
    """BM25 as one sets it up by hand for a language, with its stop words and without."""
    whole = plain_tokens(language)
    if language in UNSPACED:
        return [("rank_bm25 Okapi, character bigrams", _okapi(texts, whole))]
    stops = {token for word in stop_words(language) for token in whole(word)}

    def content(text: str) -> list[str]:
        return [token for token in whole(text) if token not in stops] or [""]

    kind = "stems" if language in STEMMERS else "words"
    return [
        (f"rank_bm25 Okapi, {kind}", _okapi(texts, whole)),
        (f"rank_bm25 Okapi, {kind} without stop words", _okapi(texts, content)),
    ]


STEMMERS = {
    "ar": "arabic",
    "de": "german",
    "el": "greek",
    "es": "spanish",
    "fr": "french",
    "hi": "hindi",
    "it": "italian",
    "nl": "dutch",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "tr": "turkish",
}
UNSPACED = frozenset({"ja", "th", "zh"})


def plain_tokens(language: str) -> Callable[[str], list[str]]:
    """Lower case and Snowball's stems; words as they stand where it has no stemmer, bigrams of code
    points where the language writes no spaces. A word is letters, digits and combining marks, as
    ``\\w`` leaves out the vowels of Hindi and Thai."""
    stem = Stemmer.Stemmer(STEMMERS[language]).stemWord if language in STEMMERS else str

    def tokens(text: str) -> list[str]:
        text = unicodedata.normalize("NFC", text).lower()
        words = "".join(
            letter if letter.isalnum() or unicodedata.category(letter)[0] == "M" else " "
            for letter in text
        ).split()
        if language not in UNSPACED:
            return [stem(word) for word in words] or [""]
        return [word[at : at + 2] for word in words for at in range(max(1, len(word) - 1))] or [""]

    return tokens


def _okapi(texts: Sequence[str], tokens: Callable[[str], list[str]]) -> Ranker:
    index = BM25Okapi([tokens(text) for text in texts])

    def rank(question: str) -> list[int]:
        return [int(at) for at in index.get_scores(tokens(question)).argsort()[::-1][:DEPTH]]

    return rank


def _porter() -> Callable[[str], list[str]]:
    tokenizer, stemmer = TreebankWordTokenizer(), PorterStemmer()
    stems: dict[str, str] = {}

    def tokens(text: str) -> list[str]:
        found = []
        for word in tokenizer.tokenize(text):
            if re.search(r"\w", word):
                if word not in stems:
                    stems[word] = stemmer.stem(word)
                found.append(stems[word])
        return found

    return tokens


def _bm25s(texts: Sequence[str], stemmer: Stemmer.Stemmer | None) -> Ranker:
    def tokens_of(texts: Sequence[str]) -> Any:
        return bm25s.tokenize(list(texts), stemmer=stemmer, show_progress=False)

    index = bm25s.BM25()
    index.index(tokens_of(texts), show_progress=False)

    def rank(question: str) -> list[int]:
        tokens = tokens_of([question])
        return [int(at) for at in index.retrieve(tokens, k=DEPTH, show_progress=False)[0][0]]

    return rank


def _row(
    name: str, ranker: Ranker, known: Sequence[KnownQuestion], passages: Sequence[Passage]
) -> Row:
    ranks = [
        next(
            (place for place, at in enumerate(ranker(each.question), 1) if _is(passages[at], each)),
            None,
        )
        for each in known
    ]
    found = [rank for rank in ranks if rank is not None]
    return Row(
        name,
        100 * sum(rank == 1 for rank in found) / len(known),
        100 * sum(rank <= 3 for rank in found) / len(known),
        100 * sum(1 / rank for rank in found) / len(known),
    )


def _is(passage: Passage, known: KnownQuestion) -> bool:
    paragraph = known.paragraph or 0
    return passage.article == known.article and passage.first <= paragraph <= passage.last


if __name__ == "__main__":
    main()

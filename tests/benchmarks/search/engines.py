"""The engines that are measured, each behind the same few methods."""

from __future__ import annotations

import json
import pickle
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import count, islice
from pathlib import Path
from typing import Any, Protocol

from bot.core.seams import ChunkTerms
from bot.search.bulk.texts import Texts
from bot.text.analyzer import Languages
from bot.text.stopwords import stop_words

PASSAGES_AN_ARTICLE = 20
BUILD_MEGABYTES = 512
"""As the settings have it by default."""
K1, B = 0.9, 0.6


class Engine(Protocol):
    """One engine with its index in a folder. What only some can do is None for the others."""

    def build(self, passages: Iterable[str]) -> None:
        """Make the index of raw texts: tokens, stems and writing included."""

    def open(self) -> None:
        """Be ready for a question."""

    def prepare(self, question: str) -> Any:
        """A question as the engine takes it, its analysis not measured."""

    def ask(self, question: Any) -> int:
        """Find the ten best passages; returns how many there were."""

    def add(self, text: str) -> None:
        """Add one passage, so that the next question finds it. Raises `Impossible`."""

    def remove(self, number: int) -> None:
        """Remove the article of this number from among those built, so that the next question
        does not find it. Raises `Impossible`."""


class Impossible(Exception):  # noqa: N818 (it is no error: the index is to be built anew)
    """This engine's index cannot change."""


class _Base:
    def __init__(self, folder: Path, stop_words_too: bool) -> None:
        self.folder = folder
        self._languages = Languages()
        self._stop_words_too = stop_words_too

    def terms(self, text: str) -> list[str]:
        if self._stop_words_too:
            return self._languages.tokens(text, "en").stems
        return self._languages.terms(text, "en")

    def prepare(self, question: str) -> Any:
        return list(dict.fromkeys(self.terms(question)))

    def add(self, text: str) -> None:
        raise Impossible

    def remove(self, number: int) -> None:
        raise Impossible


class Ours(_Base):
    def __init__(self, folder: Path, stop_words_too: bool) -> None:
        super().__init__(folder, stop_words_too)
        from bot.index.index_database import Database
        from bot.search.bm25 import Bm25Engine

        self._database = Database(folder)
        self._engine = Bm25Engine(self._database)
        self._added = 0

    def build(self, passages: Iterable[str]) -> None:
        self.build_segments(passages, None, BUILD_MEGABYTES)
        self.merge()  # the merges are part of it

    def build_segments(self, passages: Iterable[str], size: int | None, megabytes: int) -> None:
        """Build an index of segments of so many articles, or of one, in so much memory."""
        from bot.search.bulk.inverter import bulk_folder
        from bot.search.bulk.texts import write_texts

        analyzer = _StopWordsToo if self._stop_words_too else Languages
        articles = _articles(passages)
        while True:
            with bulk_folder(self.folder) as place:
                segment = write_texts(place, islice(articles, size), analyzer, megabytes)
                if segment is None:
                    break
                self._engine.adopt(segment)
        self._engine.commit()

    def merge(self) -> None:
        """Wait for the merges that are due."""
        self._engine.close()

    def open(self) -> None:
        len(self._engine.articles())

    def ask(self, question: Any) -> int:
        return len(self._engine.search(question, 10))

    def add(self, text: str) -> None:
        self._added += 1
        self._engine.put(f"added-{self._added}", [self.terms(text)])
        self._engine.commit()

    def remove(self, number: int) -> None:
        self._engine.remove(f"article-{number}")
        self._engine.commit()


def _articles(passages: Iterable[str]) -> Iterator[Texts]:
    lines = iter(passages)
    for number in count():
        own = list(islice(lines, PASSAGES_AN_ARTICLE))
        if not own:
            return
        yield Texts(f"article-{number}", "en", own)


_ANALYZER = Languages()


class _StopWordsToo(Languages):
    """An analyzer that keeps all words."""

    def __init__(self) -> None:
        super().__init__()
        self._terms = _AllTerms()

    def chunk_terms(self, language: str) -> ChunkTerms:
        return self._terms


class _AllTerms:
    ignored = _ANALYZER.chunk_terms("en").ignored

    def of(self, chunks: Sequence[str]) -> list[Sequence[str]]:
        return [_ANALYZER.tokens(chunk, "en").stems for chunk in chunks]


class RankBm25(_Base):
    def build(self, passages: Iterable[str]) -> None:
        from rank_bm25 import BM25Plus

        model = BM25Plus([self.terms(text) for text in passages], k1=K1, b=B, delta=0)
        with (self.folder / "model").open("wb") as file:
            pickle.dump(model, file, pickle.HIGHEST_PROTOCOL)

    def open(self) -> None:
        with (self.folder / "model").open("rb") as file:
            self._model = pickle.load(file)  # noqa: S301 (written just now)

    def ask(self, question: Any) -> int:
        import numpy as np

        scores = self._model.get_scores(question)
        return len(np.argsort(scores)[::-1][:10])


class Bm25s(_Base):
    backend = "numpy"

    def build(self, passages: Iterable[str]) -> None:
        import bm25s

        numbers: dict[str, int] = {}
        number = numbers.setdefault
        ids = [[number(term, len(numbers)) for term in self.terms(text)] for text in passages]
        model = bm25s.BM25(k1=K1, b=B, method="lucene")
        model.index((ids, numbers), show_progress=False)
        model.save(self.folder / "model")

    def open(self) -> None:
        import bm25s

        self._model = bm25s.BM25.load(self.folder / "model", mmap=True)
        self._model.backend = self.backend
        if self.backend == "numba":
            self._model.activate_numba_scorer()

    def ask(self, question: Any) -> int:
        found, _ = self._model.retrieve([question], k=10, show_progress=False, n_threads=1)
        return len(found[0])


class Bm25sNumba(Bm25s):
    backend = "numba"


class Sqlite(_Base):
    def _connect(self) -> sqlite3.Connection:
        self._connection = sqlite3.connect(self.folder / "fts.sqlite3", isolation_level=None)
        return self._connection

    def build(self, passages: Iterable[str]) -> None:
        connection = self._connect()
        connection.execute(
            "CREATE VIRTUAL TABLE passage USING fts5"
            "(text, content='', detail=none, tokenize='porter unicode61')"
        )
        connection.execute("BEGIN")
        connection.executemany(
            "INSERT INTO passage (text) VALUES (?)", ((text,) for text in passages)
        )
        connection.execute("COMMIT")
        connection.close()

    def open(self) -> None:
        self._connect().execute("PRAGMA synchronous = OFF")

    def prepare(self, question: str) -> Any:
        words = dict.fromkeys(question.lower().split())
        stops = set() if self._stop_words_too else stop_words("en")
        return " OR ".join(f'"{word}"' for word in words if word not in stops)

    def ask(self, question: Any) -> int:
        query = "SELECT rowid FROM passage WHERE passage MATCH ? ORDER BY rank LIMIT 10"
        return len(self._connection.execute(query, (question,)).fetchall())

    def add(self, text: str) -> None:
        self._connection.execute("INSERT INTO passage (text) VALUES (?)", (text,))


class Tantivy(_Base):
    def _index(self) -> Any:
        import tantivy

        builder = tantivy.SchemaBuilder()
        builder.add_text_field("text", stored=False, tokenizer_name="terms", index_option="freq")
        builder.add_integer_field("number", stored=True)
        self._schema = builder.build()
        index = tantivy.Index(self._schema, path=str(self.folder))
        analyzer = (
            tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
            .filter(tantivy.Filter.remove_long(40))
            .filter(tantivy.Filter.lowercase())
        )
        if not self._stop_words_too:
            analyzer = analyzer.filter(tantivy.Filter.custom_stopword(sorted(stop_words("en"))))
        index.register_tokenizer(
            "terms", analyzer.filter(tantivy.Filter.stemmer("english")).build()
        )
        return index

    def build(self, passages: Iterable[str]) -> None:
        import tantivy

        index = self._index()
        writer = index.writer(heap_size=256_000_000, num_threads=2)
        for number, text in enumerate(passages):
            writer.add_document(tantivy.Document(number=number, text=text))
        writer.commit()
        writer.wait_merging_threads()

    def open(self) -> None:
        self._tantivy = self._index()
        self._tantivy.reload()
        self._searcher = self._tantivy.searcher()
        self._writer: Any = None

    def prepare(self, question: str) -> Any:
        stops = set() if self._stop_words_too else stop_words("en")
        words = [word for word in question.lower().split() if word not in stops]
        return self._tantivy.parse_query(" ".join(dict.fromkeys(words)), ["text"])

    def ask(self, question: Any) -> int:
        return len(self._searcher.search(question, 10, count=False).hits)

    def add(self, text: str) -> None:
        import tantivy

        if self._writer is None:
            self._writer = self._tantivy.writer(heap_size=50_000_000, num_threads=1)
        self._writer.add_document(tantivy.Document(number=-1, text=text))
        self._writer.commit()
        self._tantivy.reload()
        self._searcher = self._tantivy.searcher()


ENGINES: dict[str, Callable[[Path, bool], Engine]] = {
    "ours": Ours,
    "tantivy": Tantivy,
    "bm25s, numba": Bm25sNumba,
    "bm25s, numpy": Bm25s,
    "SQLite FTS5": Sqlite,
    "rank_bm25": RankBm25,
}


def lines(file: Path) -> Iterator[str]:
    """The passages of a corpus file."""
    with file.open(encoding="utf-8") as text:
        for line in text:
            yield line.rstrip("\n")


def questions(file: Path) -> Sequence[str]:
    """The questions of a file."""
    asked: list[str] = json.loads(file.read_text("utf-8"))
    return asked

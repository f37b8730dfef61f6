"""Articles made ready for the catalogue's tables: as rows with their checksums, in any process.

`bot.index.rows` reads them.
"""

import json
from array import array
from collections.abc import Sequence
from itertools import chain

from bot.core.article import Article, count_words
from bot.core.named_tuple import NamedTuple
from bot.core.passage import Passage
from bot.core.seams import FileRecord
from bot.core.title_folding import fold
from bot.index.rows import checksum_of, surroundings_text


class PreparedArticle(NamedTuple):
    """An article as the catalogue keeps it, ready to be written."""

    slug: str
    record: FileRecord
    shown: tuple[str, str, int, int, int]
    """Head as JSON, language, and numbers of paragraphs, words and passages."""
    checksum: int
    title_hash: int
    folded_title: str
    passages: Sequence[tuple[int | bytes | None, ...]]
    """Their rows, but for the ids."""


def prepare(
    article: Article, language: str, passages: Sequence[Passage], record: FileRecord
) -> PreparedArticle:
    """Return the rows that `SqliteCatalogue.put` writes; may be called in any process."""
    head = {key: value for key, value in article.head._asdict().items() if value is not None}
    shown = (
        json.dumps(head),
        language,
        len(article.paragraphs),
        count_words([article.text]),
        len(passages),
    )
    return PreparedArticle(
        article.slug,
        record,
        shown,
        checksum_of(article.slug, *shown),
        checksum_of(article.head.title),
        fold(article.head.title),
        [_row_of(each) for each in passages],
    )


def _row_of(passage: Passage) -> tuple[int | bytes | None, ...]:
    sentences = array("I", chain.from_iterable(passage.sentences)).tobytes()
    shown = (
        passage.number,
        passage.first,
        passage.last,
        passage.start,
        passage.text.encode("utf-8", "surrogatepass"),
        sentences,
        passage.page,
        passage.around and surroundings_text(passage.around).encode(),
    )
    return (*shown, checksum_of(passage.article, *shown))

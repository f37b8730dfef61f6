"""The sentence that answers in a paragraph which is given."""

from __future__ import annotations

from bot.core import requests
from bot.core.answer import Match
from bot.core.conversation.asking import beginning_of, weighed
from bot.core.conversation.question_search import AskedShelf, look_up, search_shelves, unseen_words
from bot.core.questions.question_reading import read
from bot.core.relevance.matching import matches_of
from bot.core.relevance.ranked import PassageSource
from bot.core.relevance.ranking import weigh_candidates
from bot.core.requests import Steps
from bot.core.seams import Analyzer


def point_out(
    shelf: AskedShelf, analyzer: Analyzer, question: str, slug: str, paragraph: int
) -> Steps[Match | None]:
    """Find the sentence that answers in a given paragraph of the only shelf; see
    `bot.core.library.Library.point_out`."""
    entry = (yield from requests.entries(0, [slug])).get(slug)
    if entry is None:
        return None
    passages = [
        passage
        for passage in (yield from requests.article_passages(0, slug))
        if passage.first <= paragraph <= passage.last
    ]
    readings = [(0, None, read(beginning_of(question), entry.language, analyzer))]
    asked = yield from look_up(readings, analyzer, 0)
    unseen = unseen_words(asked, analyzer)
    if unseen:
        from bot.core.conversation.unknown_words import put_right

        asked, _ = yield from put_right(asked, unseen, analyzer)
    (search,) = yield from search_shelves(asked, 0)
    source = PassageSource(0, shelf.prefix + slug, entry)
    pairs = [(source, passage) for passage in passages]
    ranked = weigh_candidates(weighed(search), pairs, analyzer)
    if not ranked:
        return None
    best = max(ranked, key=lambda item: item.evidence.score)
    (match,) = yield from matches_of([best], analyzer)
    return match

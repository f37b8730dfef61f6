"""Answers from an article's head: who wrote it, when, and where it can be read."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core import requests
from bot.core.answer import Answer, NearTitle
from bot.core.conversation.article_about import answer_of_none, articles_about, only_such
from bot.core.conversation.named_article import (
    NamedArticle,
    article_in_scope,
    dated_article,
    is_meant,
    scope_of,
)
from bot.core.conversation.question_search import AskedShelf, ScopedQuestion, languages_of
from bot.core.conversation.successive_answers import Before, article_of
from bot.core.conversation.talk_replies import head_reply, is_known
from bot.core.relevance.confidence import ANSWERED_FROM
from bot.core.requests import Steps
from bot.core.seams import Analyzer, HeadQuestion


def head_answer(
    shelves: Sequence[AskedShelf],
    analyzer: Analyzer,
    question: ScopedQuestion,
    asked: HeadQuestion,
    before: Before | None,
) -> Steps[Answer | None]:
    """Return the answer from an article's head; None if no article is meant."""
    text, scope = question.text, question.scope
    languages = languages_of(shelves, scope)
    if scope is not None:
        named = yield from article_in_scope(shelves, scope)
    elif asked.order is not None:
        named = yield from dated_article(shelves, asked.order)
    elif asked.about:
        named, nearest = yield from articles_about(shelves, analyzer, asked.about, languages)
        if named is None:
            return None if asked.is_doubtful else answer_of_none(text, nearest)
    else:
        named = yield from _meant(shelves, before)
        if named is None and asked.work:
            named = yield from only_such(shelves, analyzer, asked.work, languages)
    if named is None:
        return None
    if asked.is_doubtful and not (
        is_meant(named, asked.work, analyzer, languages) and named.is_whole >= asked.is_title
    ):
        return None
    reply = head_reply(named.slug, named.head, asked.asks)
    known = any(is_known(named.head, part) for part in asked.asks)
    is_on_the_web = not {"url", "source"}.isdisjoint(asked.asks)
    rests_on_it = not asked.about and asked.order is None and scope is None
    goes_on = before is not None and rests_on_it and asked.only_follows  # the text was asked first
    if not (known or asked.about or scope is not None or is_on_the_web or goes_on):
        return None  # perhaps the text itself says it
    near = NearTitle(named.slug, named.head.title)
    follows = before.question if before is not None and rests_on_it else ""
    return Answer(
        text,
        "answer" if known else "none",
        ANSWERED_FROM + (1 - ANSWERED_FROM) * named.share if known else 0.0,
        (),
        (),
        (),
        None,
        reply=reply.text,
        nearest=(near,),
        follows=follows,
        said=reply.said,
    )


def further_of_head(
    shelves: Sequence[AskedShelf],
    analyzer: Analyzer,
    question: ScopedQuestion,
    before: Before,
) -> Steps[Answer | None]:
    """Return the answer to a question that asks for more of the head which the one before it asked
    about, in words for that ("when was it written?") or without a word of its own ("and when?");
    None if it does not."""
    for language in languages_of(shelves, question.scope):
        own = analyzer.head_question(question.text, language)
        if own is not None and own.only_follows:
            return (yield from head_answer(shelves, analyzer, question, own, before))
        if analyzer.terms(question.text, language):
            continue
        first = analyzer.head_question(before.question, language)
        both = analyzer.head_question(f"{before.question} {question.text}", language)
        if first is not None and both is not None and set(both.asks) > set(first.asks):
            more = tuple(part for part in both.asks if part not in first.asks)
            asked = first._replace(asks=more)
            answer = yield from head_answer(shelves, analyzer, question, asked, before.before)
            return answer and answer._replace(follows=before.question)
    return None


def _meant(shelves: Sequence[AskedShelf], before: Before | None) -> Steps[NamedArticle | None]:
    """Return the article that is meant where none is named: that of the answer before, or the only
    one."""
    if before is not None:
        slug = article_of((yield from before.asking.result()))
        scope = None if slug is None else (yield from scope_of(shelves, slug))
        return None if scope is None else (yield from article_in_scope(shelves, scope))
    found: list[NamedArticle] = []
    for number, shelf in enumerate(shelves):
        for slug, entry in (yield from requests.entries(number)).items():
            if found:
                return None
            found.append(NamedArticle(shelf.prefix + slug, entry.head, 1.0, is_whole=True))
    return found[0] if found else None

"""``ask``: one question, answered with a quotation."""

from __future__ import annotations

import sys

from bot.core.errors import BotError
from bot.core.light_typing import TYPE_CHECKING
from bot.frontends.cli.opening import PATIENCE, how_to_begin, open_service, read_settings
from bot.frontends.cli.output.answer_text import answer_as_text, taken_for
from bot.frontends.cli.output.terminal import MOST_READ, json_text, printable
from bot.service.tenants import EVERYONE

if TYPE_CHECKING:
    from argparse import Namespace

    from bot.frontends.languages import Language
    from bot.service.answers.answering import Answering

ANSWERED, NOT_ANSWERED = 0, 1


def ask(options: Namespace) -> int:
    """Exit status 0 for an answer, and for small talk; 1 if nothing answers, or may not."""
    question = options.question
    if question == "-":
        question = sys.stdin.read(MOST_READ)
    question = question.strip()
    if not question or not all(map(str.strip, options.follows)):
        raise BotError("question.empty")
    language: Language = options.language
    service = open_service(options, PATIENCE)
    reply = service.ask(
        EVERYONE, question, article=options.article, limit=options.limit, earlier=options.follows
    )
    answer = reply.answer
    if reply.is_guess and reply.article is not None:
        print(taken_for(options.article, reply.article.title, language), file=sys.stderr)
    _tell_what_was_read(options.program, question, language)
    if options.json:
        from bot.service.presentation.views import answer_as_json

        print(json_text(answer_as_json(answer, options.explain)))
    else:
        print(answer_as_text(answer, options.nearest, language))
        if answer.kind == "none" and answer.matches and not options.nearest:
            print(language.gettext("--nearest shows the nearest passage."))
        is_alone = answer.kind in ("unsure", "none") and not options.follows
        if is_alone and _rests_on_another(service, question, language):
            print(
                language.gettext(
                    "If this follows an earlier question, add that one: --follows QUESTION"
                )
            )
        if options.explain:
            from bot.frontends.cli.output.explanation import explanation_as_text

            print(f"\n{explanation_as_text(answer, language)}")
    if not answer.matches and service.is_empty():
        hint = printable(how_to_begin(read_settings(options), language))
        print(hint, file=sys.stderr if options.json else sys.stdout)
    return ANSWERED if answer.kind in ("answer", "talk") else NOT_ANSWERED


def _rests_on_another(service: Answering, question: str, language: Language) -> bool:
    """Return whether a question says too little alone ("why?"), as one that follows another does,
    in a language of the articles or in the reader's own."""
    from bot.core.conversation.asking import beginning_of  # loaded by now

    read, following = beginning_of(question), service.shelves.analyzer.following
    languages = {*service.shelves.library(EVERYONE).languages(), language.code.partition("_")[0]}
    return any(following(read, each) == "yes" for each in languages)


def _tell_what_was_read(program: str, question: str, language: Language) -> None:
    from bot.core.conversation.asking import beginning_of  # loaded by now

    if beginning_of(question) != question:
        told = language.ngettext(
            "the question has {number:,} character; only its beginning is searched for",
            "the question has {number:,} characters; only its beginning is searched for",
            len(question),
        )
        print(f"{program}: {told}", file=sys.stderr)

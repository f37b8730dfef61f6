"""Small talk: whether a message is a greeting, a thank-you, a question about the bot, and so on.

A message is small talk where phrases of one language's table cover it from end to end, or where it
begins, or in languages whose verbs come last ends, like a request for a summary. A message without
a word is small talk where it is made of emoji or emoticons. The phrases are in `bot.text.phrases`.

No list holds all that people say to a bot. So a message that the articles do not answer is a remark
to the bot where it speaks to it ("du", "tú") in nothing but words of the phrases and stop words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from bot.core.seams import SmallTalk, TalkTopic
from bot.text.listings import document_named
from bot.text.phrases import (
    PhraseTable,
    is_listed,
    languages_of,
    phrase_table,
    plain_words,
    summary_languages,
)
from bot.text.stopwords import stop_words

_TOPICS: tuple[TalkTopic, ...] = (
    "summary",
    "catalogue",
    "help",
    "identity",
    "quit",
    "test",
    "insult",
    "thanks",
    "praise",
    "farewell",
    "laughter",
    "greeting",
    "acknowledgement",
)
"""The more telling first: "hi, what can you do?" asks for help."""
_THANKS_FOR = "thanks for"
"""The section of thanks that take up a whole message: as openings they would swallow a question."""
_LINKS = ("filler people", "filler opening", "filler closing", "filler anywhere")
"""Sections whose phrases may stand between others, but are no small talk by themselves."""
_LONGEST = 16
"""Number of words; a longer message is small talk only if it asks for a summary."""
_SHORTEST_REMARK, _LONGEST_REMARK = 2, 12
"""Numbers of words."""
_SPOKEN_TO = {
    "de": "du dich dir dein deine deiner deinen deinem",
    "es": "tú te ti tu tus contigo eres",
    "fr": "tu te toi ton ta tes t'es",
    "it": "tu te ti tuo tua sei",
    "ja": "君 貴",
    "nl": "je jij jou jouw",
    "pl": "ty ci cię ciebie tobie tobą twój twoja jesteś",
    "pt": "você te ti teu tua és",
    "ru": "ты тебя тебе тобой твой твоя твоё твои",
    "tr": "sen sana seni senin senden seninle",
    "zh": "你 您",
}
"""Words that speak to the bot. English has none: its "you" is anybody in questions; it has openings
("do you like")."""
_REMARKS: tuple[TalkTopic, ...] = (
    *("thanks", "insult", "praise", "catalogue", "identity", "help"),
)
_EMOTICON = r"[:;=]['’o-]?[()\[\]DPpOo3|/\\*]+|<3+|[xX]+D+|\^_*\^|o/|\\o/"
_EMOTICONS_BEGIN = ":;=<xX^o\\"
_EMOJI = {"So", "Sk", "Mn", "Cf"}
"""Categories of the signs that emoji are made of."""
_LETTERS = {"r": "are", "u": "you", "ur": "your"}
"""English words that are typed as they sound."""
_RUN = r"(.)\1{2,}"
_ECHO = r"(\w\w)\1{2,}"
"""Compiled when they are needed: most questions need none of them."""


def small_talk(text: str) -> SmallTalk | None:
    """Return the small talk that a message is; None if it may be a question to the articles."""
    kept = " ".join(chunk for chunk in text.split() if not _is_emoticon(chunk))
    found = plain_words(kept)
    if not found:
        return SmallTalk("emoji") if kept != text.strip() or _is_emoji(text) else None
    words = [each.word for each in found]
    for variant in _variants(words):
        for table in map(phrase_table, languages_of(variant)):
            topic = None if table is None else _covered(table, variant)
            if topic is not None:
                return SmallTalk(topic)
    for language in summary_languages(words[:_LONGEST]):
        table = phrase_table(language)
        end = None if table is None else _summary_opening(table, words)
        if table is not None and end is not None:
            if not _says_which(words[end:], language):
                return SmallTalk("summary")
            named = document_named(table, found, end, len(found), language)
            first, last = named[:2] if named is not None else (end, len(found))
            return SmallTalk("summary", kept[found[first].start : found[last - 1].end])
        begin = None if table is None else _summary_closing(table, words)
        if table is not None and begin is not None:
            says = _says_which(words[:begin], language)
            return SmallTalk("summary", kept[: found[begin].start].rstrip() if says else "")
    return None


def remark(text: str) -> SmallTalk | None:
    """Return the small talk that a message which the articles do not answer is taken for; None if
    it does not speak to the bot, or holds a word that is neither of the phrases nor a stop word. In
    English, whose "you" is anybody, it begins as only questions to somebody do: "do you like"."""
    words = [each.word for each in plain_words(text)]
    if not _SHORTEST_REMARK <= len(words) <= _LONGEST_REMARK:
        return None
    spoken = dict.fromkeys([*languages_of(words[:2]), *languages_of(words[-2:])])
    for table in map(phrase_table, spoken):  # some have their verb at the end
        if table is not None and (
            len(words) in table.phrases("remark").ends(words, 0)
            or any(
                len(words) in table.phrases("remark closing").ends(words, at)
                for at in range(1, len(words))
            )
        ):
            return SmallTalk("identity")
    for language, listed in _SPOKEN_TO.items():
        spoken_to = {each.word for each in plain_words(listed)}
        if spoken_to.isdisjoint(words):
            continue
        stops = {each.word for word in stop_words(language) for each in plain_words(word)}
        telling = [word for word in words if word not in stops | spoken_to]
        table = phrase_table(language)
        if table is not None and (not telling or language in languages_of(telling)):
            held = [sum(map(table.words([topic]).__contains__, telling)) for topic in _REMARKS]
            return SmallTalk(_REMARKS[held.index(max(held))] if any(held) else "help")
    return None


def _variants(words: Sequence[str]) -> list[list[str]]:
    """Return the words unchanged, with letters that stand for words written out, and with drawn-out
    letters shortened: "hiiii", "hahahaha". Return none if a word is in no phrase, whether it is
    shortened or not, or if they are too many."""
    if len(words) > _LONGEST:
        return []
    if not all(is_listed(word) or _is_drawn_out(word) for word in words):
        return []
    variants = [list(words)]
    if not _LETTERS.keys().isdisjoint(words):
        variants.append([_LETTERS.get(word, word) for word in words])
    if not any(_is_drawn_out(word) for word in words):
        return variants
    for replacement in (r"\1", r"\1\1"):
        shortened = [re.sub(_ECHO, r"\1\1", re.sub(_RUN, replacement, word)) for word in words]
        if shortened not in variants:
            variants.append(shortened)
    return variants


def _is_drawn_out(word: str) -> bool:
    if len(word) - len(set(word)) < 2:  # no letter stands there three times
        return False
    return any(
        word[at] == word[at - step] == word[at - 2 * step]
        for step in (1, 2)
        for at in range(2 * step, len(word))
    )


def _is_emoticon(chunk: str) -> bool:
    return (
        chunk[0] in _EMOTICONS_BEGIN
        and (chunk[0] in "xX" or not chunk.isalnum())  # "on" and "old" are words
        and re.fullmatch(_EMOTICON, chunk) is not None
    )


def _is_emoji(text: str) -> bool:
    signs = [unicodedata.category(char) for char in text if not char.isspace()]
    return len(signs) <= _LONGEST and "So" in signs and set(signs) <= _EMOJI


def _covered(table: PhraseTable, words: Sequence[str]) -> TalkTopic | None:
    """Return the topic of a message that phrases cover; the most telling one of the fewest
    phrases."""
    best: list[tuple[int, int] | None] = [None] * (len(words) + 1)
    best[0] = (0, len(_TOPICS))
    for start in range(len(words)):
        state = best[start]
        if state is None:
            continue
        count, rank = state
        steps = [(table.phrases(topic), step_rank) for step_rank, topic in enumerate(_TOPICS)]
        steps.append((table.phrases(_THANKS_FOR), _TOPICS.index("thanks")))
        steps += [(table.phrases(link), len(_TOPICS)) for link in _LINKS]
        for phrases, step_rank in steps:
            for end in phrases.ends(words, start):
                reached = (count + 1, min(rank, step_rank))
                known = best[end]
                if known is None or reached < known:
                    best[end] = reached
    state = best[len(words)]
    if state is None or state[1] == len(_TOPICS):
        return None
    return _TOPICS[state[1]]


def _says_which(words: Sequence[str], language: str) -> bool:
    """Return whether words say of which text a summary is asked: "the article" alone does not, in
    whatever language it is, for some languages ask alike ("résume", "resume")."""
    stops = stop_words(language)
    return any(
        word not in stops
        and not any(
            table.phrases("head document").longest(words, at) > at
            for table in map(phrase_table, languages_of([word]))
            if table is not None
        )
        for at, word in enumerate(words)
    )


def _summary_opening(table: PhraseTable, words: Sequence[str]) -> int | None:
    """Return the start of the subject of which a summary is asked; None if none is asked for."""
    openings = table.phrases("summary opening")
    start = 0
    for _ in range(4):
        end = openings.longest(words, start)
        if end > start:
            return end
        skipped = max(
            table.phrases(section).longest(words, start)
            for section in ("greeting", "filler people", "filler opening", "thanks")
        )
        if skipped == start:
            return None
        start = skipped
    return None


def _summary_closing(table: PhraseTable, words: Sequence[str]) -> int | None:
    """Return the end of the subject of which a summary is asked by the last words; None if none is
    asked for."""
    closings = table.phrases("summary closing")
    for start in range(1, len(words)):
        if len(words) in closings.ends(words, start):
            return start
    return None

"""Seeded corpora of any size, and questions about them, made of the project's own text.

What is kept of real text is what an index feels: how often the n-th word comes (Zipf and
Mandelbrot), how the vocabulary grows with the text (Heaps), and that a word that an article has
used comes again in it. The constants were fitted to paragraphs and questions of Wikipedia:
about 65 different terms a passage without stop words, a median question of five.
"""

from __future__ import annotations

import json
import random
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from bot.text.stopwords import stop_words
from tests.benchmarks.search.engines import PASSAGES_AN_ARTICLE

_ROOT = Path(__file__).parents[3]
_SEED = 20240613
_TERMS_A_PASSAGE = 80
_STOP_WORDS_A_TERM = 0.75
_MANDELBROT, _ZIPF = 90, 1.25
_OF_ITS_TOPIC = 0.35
_TOPIC = 40
_TERMS_A_QUESTION = {2: 40, 3: 104, 4: 158, 5: 163, 6: 127, 7: 85, 8: 54, 9: 29, 10: 17}
_OPENINGS = ("what is the", "who was the first to", "how did they", "why was it that the", "when")


def corpus_of(folder: Path, passages: int) -> tuple[Path, Path]:
    """The files of so many passages, one a line, and of questions about them; written where they
    are not there yet."""
    corpus, questions = folder / f"passages-{passages}", folder / f"questions-{passages}"
    if not corpus.exists():
        write_corpus(corpus, passages)
        write_questions(questions, corpus, passages)
    return corpus, questions


def write_corpus(file: Path, passages: int) -> None:
    """Write so many passages to a file, one a line."""
    with file.open("w", encoding="utf-8") as out:
        for lines in _passages(passages):
            out.write("\n".join(lines) + "\n")


def write_questions(file: Path, corpus: Path, passages: int, count: int = 200) -> None:
    """Write questions about a corpus: each of words of one of its passages, mostly."""
    chance = random.Random(_SEED)  # noqa: S311 (no secret)
    wanted = set(chance.sample(range(passages), min(count, passages)))
    with corpus.open(encoding="utf-8") as lines:
        asked = [line for number, line in enumerate(lines) if number in wanted]
    stops = stop_words("en")
    pool = [word for line in asked for word in _words(line) if word not in stops]
    sizes = chance.choices(list(_TERMS_A_QUESTION), list(_TERMS_A_QUESTION.values()), k=count)
    questions = []
    for number, size in enumerate(sizes):
        own = sorted(set(_words(asked[number % len(asked)])) - set(stops))
        words = chance.sample(own, min(len(own), max(1, round(0.8 * size))))
        words += chance.choices(pool, k=size - len(words))
        questions.append(f"{chance.choice(_OPENINGS)} {' of the '.join(words)}")
    file.write_text(json.dumps(questions), "utf-8")


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z]+", text.lower())


def _passages(count: int) -> Iterator[list[str]]:
    """The passages' texts, some articles' at a time."""
    chance = np.random.default_rng(_SEED)
    own = Counter(
        word for path in sorted(_ROOT.glob("corpus/*.md")) for word in _words(path.read_text())
    )
    stops = stop_words("en")
    stop_list = [word for word, _ in own.most_common() if word in stops]
    stop_chances = np.array([own[word] for word in stop_list], float)
    vocabulary = _vocabulary([word for word, _ in own.most_common() if word not in stops], count)
    words = np.array(vocabulary + stop_list, object)
    ranks = np.cumsum(1 / (np.arange(len(vocabulary)) + _MANDELBROT) ** _ZIPF)
    ranks /= ranks[-1]
    for first in range(0, count, 1000):
        size = min(1000, count - first)
        lengths = np.clip(chance.normal(_TERMS_A_PASSAGE, 20, size), 15, 200).astype(int)
        articles = np.repeat(np.arange(size) // PASSAGES_AN_ARTICLE, lengths)
        terms = ranks.searchsorted(chance.random(len(articles)))
        topics = ranks.searchsorted(chance.random((articles[-1] + 1, _TOPIC)))
        place = (_TOPIC * chance.random(len(terms)) ** 2.5).astype(int)
        on_topic = chance.random(len(terms)) < _OF_ITS_TOPIC
        terms[on_topic] = topics[articles, place][on_topic]
        yield _texts(chance, words, terms, lengths, len(vocabulary), stop_chances)


def _texts(
    chance: Any, words: Any, terms: Any, lengths: Any, vocabulary: int, stop_chances: Any
) -> list[str]:
    """Scatter stop words among the terms, and make sentences of it."""
    stops = vocabulary + chance.choice(
        len(stop_chances), int(len(terms) * _STOP_WORDS_A_TERM), p=stop_chances / stop_chances.sum()
    )
    at = np.sort(chance.integers(0, len(terms) + 1, len(stops)))
    text = words[np.insert(terms, at, stops)].tolist()
    ends = np.cumsum(lengths)
    ends += at.searchsorted(ends)
    texts = []
    start = 0
    for end in ends.tolist():
        sentences = (text[i : min(end, i + 17)] for i in range(start, end, 17))
        texts.append(" ".join(" ".join(sentence).capitalize() + "." for sentence in sentences))
        start = end
    return texts


def _vocabulary(words: list[str], passages: int) -> list[str]:
    """Return as many words as a text of so many passages has: the project's own, then new ones, of
    one's beginning and another's end."""
    size = int(30 * (passages * _TERMS_A_PASSAGE) ** 0.57)
    chance = random.Random(_SEED)  # noqa: S311 (no secret)
    known = dict.fromkeys(words)
    long = [word for word in words if len(word) > 4]
    while len(known) < size:
        one, middle, other = chance.choices(long, k=3)
        known.setdefault(one[: chance.randint(2, 4)] + middle[1:4] + other[-chance.randint(2, 5) :])
    return list(known)[:size]

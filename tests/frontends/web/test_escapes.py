"""Nothing that the pages say to a Russian reader is left in English."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import quote

from tests.frontends.web.browsing import browsing, run
from tests.frontends.web.test_pages import Outline
from tests.languages.escapes import latin_words

ARTICLES = {
    "маяк.md": (
        "---\ntitle: Маяк на мысу\nauthor: Анна Орлова\npublished: 2021-03-04\n"
        "url: https://example.org/mayak\nlanguage: ru\n---\n\n"
        "Маяк на мысу построили в 1871 году рабочие из деревни. Его лампа горела на китовом "
        "жире.\n\nСмотритель живёт в башне уже двадцать лет.\n"
    ),
    **{
        f"камень-{number}.md": (
            f"---\ntitle: Камень номер {number}\nlanguage: ru\n---\n\n"
            f"Камень номер {number} нашли в реке у старой мельницы весной.\n"
        )
        for number in range(12)
    },
}
ASKED = (
    "Когда построили маяк на мысу?",
    "Какой камень нашли в реке?",
    "Кто живёт в башне с дирижаблем?",
    "Сколько стоит дирижабль?",
    "Кто написал «Маяк на мысу»?",
    "привет",
    "",
    "a" * 3000,
)
PATHS = (
    "/", "/articles", "/articles?q=" + quote("маяк"), "/articles?q=zzz",
    "/a/" + quote("маяк"), "/a/" + quote("нет"), "/a/" + quote("маяк") + "/2",
    "/a/" + quote("маяк") + "/1@00000000", "/a/" + quote("маяк") + "/9", "/nowhere",
)  # fmt: skip
NOT_OURS = {"articlebot", "JSON", "zzz"}


def shown(html: str) -> list[str]:
    """Return the text of a page that a reader sees or hears."""
    bare = re.sub(r"<(script|style|svg|code)\b.*?</\1>", " ", html, flags=re.S)
    heard = re.findall(r'(?:alt|title|placeholder|aria-label)="([^"]*)"', bare)
    return [*heard, *(text.strip() for text in re.sub(r"<[^>]*>", "\n", bare).split("\n"))]


def test_a_russian_reader_is_shown_nothing_in_english(tmp_path: Path) -> None:
    async def scene() -> None:
        async with browsing(tmp_path, ARTICLES) as site:
            paths = [*PATHS, *(f"/?q={quote(question)}" for question in ASKED)]
            pages = [await site.get(path, **{"Accept-Language": "ru"}) for path in paths]
            pages += [
                await site.send(method, "/", headers={"Accept-Language": "ru"})
                for method in ("POST", "PUT")
            ]
            assert {page.status for page in pages} >= {200, 400, 404, 405}
            for page in pages:
                Outline(page.text)  # well formed
                assert 'lang="ru"' in page.text
            texts = {text for page in pages for text in shown(page.text)}
            assert {text for text in texts if latin_words(text, NOT_OURS)} == set()
            assert len(texts) > 60

    run(scene())

"""Authors of a web page's article: from its JSON-LD, its meta elements, the names of its elements,
and last from a line of its text. If none of them names one, there is none."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping, Sequence

from lxml.html import HtmlElement

from bot.sources.formats.accounts import is_default_name
from bot.sources.formats.author_lines import ROLE_UNSPACED, STAMP_WORDS, is_byline, is_stamp
from bot.sources.formats.catalogue_names import in_order, without_degrees
from bot.sources.formats.html.blocks.page_blocks import PageBlock
from bot.sources.formats.html.blocks.part_names import Elsewhere
from bot.sources.formats.html.head.headline import blocks_at_head

AUTHOR_NAMES = (
    "author article:author_name parsely-author sailthru.author dc.creator dcterms.creator "
    "citation_author citation_authors byl article.author cxenseparse:author rbauthors creator "
    "article:author"
).split()
_CITED = frozenset({"citation_author", "citation_authors"})
_INVERTED = _CITED | {"dc.creator", "dcterms.creator", "creator"}
"""Elements in which a name may be written as in a catalogue: ``Oldham, Mira``."""
_WROTE = r"(?:written|reported|posted|submitted|story|text|words|article)"
BY = re.compile(
    rf"^\W*(?:{_WROTE}\s+)?(?:by|von|par|por|di|door|av|af)\b\s*:?\s*"
    r"|^\W*(?:作者|[记記]者|撰文|文|著者|執筆|글)\s*[:：]\s*",
    re.IGNORECASE,
)
_BY_ENGLISH = re.compile(rf"^\W*(?:{_WROTE}\s+)?by\b\s*:?\s*", re.IGNORECASE)
"""Of a declared name, for "von" and "di" begin names, too."""
BYLINE_PART = re.compile(rf"(?:^|\s)(?:(?i:{_WROTE})\s+)?(?:by|BY|By):?\s+(?=[^\W\d_a-z])")
_BY_ELSEWHERE = re.compile(
    r"(?:Von|VON|Par|PAR|Por|POR|di|Door|Av|Af|Autor(?:a|in|e)?|Auteur|Автор|Haber|Yazan|Muhabir)\s*:?\s+"
)
"""The same at the beginning of a line in other languages; there it may begin a name, too."""
_SIGNED_UNSPACED = re.compile(rf"(?:^|\s){ROLE_UNSPACED}([\u3040-\u30ff\u3400-\u9fff]{{2,8}})")
_GIVEN = re.compile(r"This (?:article|story|post|report|piece) was(?: contributed)?", re.IGNORECASE)
FOR = re.compile(r"\s+for the\b", re.IGNORECASE)
_UNSPACED = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3"
NAME = re.compile(rf"[^\W\d_](?:[^\W\d_]|['’.\- \u00b7]){{2,60}}|[{_UNSPACED}]{{2,12}}")
_OF_SINGLE_WORDS = re.compile(r"[\w.'’-]+\s(?:and|&|und|et)\s[\w.'’-]+")
_WITHOUT_SPACE = re.compile(rf"[{_UNSPACED}]{{2,12}}")
_ADDRESS = re.compile(r"[<(\[]?\s*[^\s<>()\[\]@]+@[^\s<>()\[\]@]+\.\w+\s*[>)\]]?")
_NO_NAME = re.compile(
    r"\b(?:admin|administrator|webmaster|editor|editors|staff|guest|user|unknown|anonymous|author"
    r"|authors|authority control|contributors?|version|generator|wordpress|drupal|joomla"
    r"|reporters?|correspondents?|writers?|journalists?|columnists?|engineer|redaktion|newsroom"
    r"|posts?|profile|website|view all|read more|follow|about|contact|subscribe|comments?)\b"
    r"|\.(?:com|org|net|html?)\b|[记記]者|[编編][辑輯]|[来來]源",
    re.IGNORECASE,
)
"""Words that occur where a name could but are none."""
_PARTICLES = frozenset(
    "de da do dos das del della di du des la le les van von der den ten ter te zu zum zur af av "
    "al el bin ibn ben bint y e i und and et of the".split()
)


def clean(value: object) -> str:
    """Return a value's text on one line, entities that were escaped twice resolved; "" for no
    text."""
    if not isinstance(value, str):
        return ""
    return " ".join(html.unescape(value).split())[:1000]


def name_of(value: object) -> str:
    """Return the name of a person or an organisation in JSON-LD."""
    if isinstance(value, list):
        return name_of(value[0]) if value else ""
    if isinstance(value, dict):
        return name_of(value.get("name"))
    return clean(value)


def find_authors(
    tree: HtmlElement,
    elsewhere: Elsewhere,
    linked: Mapping[str, object],
    blocks: Sequence[PageBlock],
    others: tuple[str, ...],
) -> tuple[str, ...]:
    """Return the names of the article's authors. Takes the page's tree, its JSON-LD, its blocks,
    and the publisher and title: a site is not its own author."""
    title = others[-1]
    known = {other.casefold() for other in others} - _persons(linked.get("author"))
    for found in (
        _linked_authors(linked.get("author") or linked.get("creator")),
        _declared_authors(tree),
        _marked_authors(tree, elsewhere),
        _written_authors(elsewhere, blocks, title),
    ):
        names: dict[str, str] = {}
        for name in map(_once, found):
            if _reads_as_name(name) and name.casefold() not in known:
                names.setdefault(name.casefold(), name)
        if names:
            return tuple(names.values())[:8]
    return ()


def _persons(value: object) -> set[str]:
    """Return the names that JSON-LD says are a person's: a person with a site may have the same
    name as the site."""
    values = value if isinstance(value, list) else [value]
    return {
        name_of(item).casefold()
        for item in values
        if isinstance(item, dict) and str(item.get("@type")).endswith("Person")
    }


def _reads_as_name(name: str) -> bool:
    """Return whether a text can be a person's or a body's name: without words that no name has, and
    with small letters at the beginning of such words only as names have them."""
    if not NAME.fullmatch(name) or _NO_NAME.search(name) or is_default_name(name):
        return False
    return all(
        not word[0].islower() or word.casefold() in _PARTICLES or word[:2] in ("d'", "d’", "l'")
        for word in name.split()
    )


def _once(name: str) -> str:
    """Return a name once that is written twice in a row, once for the eye and once for screen
    readers."""
    half = len(name) // 2
    if name[:half].strip() == name[len(name) - half :].strip() and " " in name[:half].strip():
        return name[:half].strip()
    return name


def _linked_authors(value: object) -> list[str]:
    values = value if isinstance(value, list) else [value]
    names: list[str] = []
    for item in values:
        if isinstance(item, dict) and isinstance(item.get("name"), list):
            names += _linked_authors(item["name"])
            continue
        # one person in JSON-LD is one name, whatever it contains
        whole = isinstance(item, dict) and isinstance(item.get("name"), str)
        name = _BY_ENGLISH.sub("", name_of(item) or _full_name(item))
        names += [name] if whole and _is_name(name) else _split_names(name, _BY_ENGLISH)
    return names


def _full_name(item: object) -> str:
    """Return the name that JSON-LD gives in parts."""
    if not isinstance(item, dict):
        return ""
    parts = (clean(item.get(key)) for key in ("givenName", "additionalName", "familyName"))
    return " ".join(filter(None, parts))


def _is_name(text: str) -> bool:
    return len(text.split()) <= 5 and not re.search(r"[,;|&/]|\band\b|\bund\b", text)


def _declared_authors(tree: HtmlElement) -> list[str]:
    """Return the authors by the page's meta elements, those of the first name that has any."""
    found: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        key = element.get("property") or element.get("name") or element.get("itemprop") or ""
        value = clean(element.get("content"))
        if value:
            found.setdefault(key.strip().lower(), []).append(value)
    programs = " ".join(found.get("generator", [])).casefold()
    for key in AUTHOR_NAMES:
        names: list[str] = []
        for value in found.get(key, []):
            if value.casefold() in programs:
                continue
            names += _catalogued(value, key) or _split_names(value, _BY_ENGLISH)
        if any(map(_reads_as_name, names)):
            return names
    return []


def _catalogued(text: str, key: str) -> list[str]:
    """Return the names in a value written as in a catalogue, "Oldham, Mira; Strand, Ivo, Jr.", put
    in their order; empty if it is written otherwise. ``key`` is the name of its element."""
    if key not in _INVERTED:
        return []
    names = []
    for part in text.split(";"):
        name = in_order(part)
        family = part.partition(",")[0]
        if name is None or (len(family.split()) > 1 and key not in _CITED):
            return []
        names.append(name)
    return names


def _split_names(text: str, said: re.Pattern[str] = BY) -> list[str]:
    """Return the names in one line: "By A. Bee and C. Dee, Staff Writers, 3 May". ``said`` is the
    word before them."""
    text = FOR.split(said.sub("", clean(text)))[0]
    if "|" in text and any(map(str.isdigit, text)):
        text = text.partition("|")[0]  # what else stands before the date may be a place
    text = _without_date(text)
    text = without_degrees(_ADDRESS.sub("", text)).strip(" ()<>")
    if not text or "://" in text or "@" in text or len(text) > 200:
        return []
    names: list[str] = []
    parts = re.split(r"\s*(?:,\s*and\s|,|;|\||/)\s*", text)
    if any(map(_OF_SINGLE_WORDS.fullmatch, parts)) and any(
        part and " " not in part for part in parts
    ):
        return []  # "Oldham, Mira and Strand, Ivo"
    for part in parts:
        both = re.split(r"\s*&\s*|\s+(?:and|und|et|y|e|og|och|en)\s+", part)
        # "García y Vega" is one name, "Ana García y Luis Vega" are two
        names += both if all(len(name.split()) > 1 for name in both) else [part]
    names = [name.strip() for name in names]
    return [name for name in names if 1 < len(name.split()) <= 5] or (
        names if len(names) == 1 and len(names[0].split()) == 1 else []
    )


def _without_date(text: str) -> str:
    """Return a byline's text before its date."""
    words = text.split()
    first = next((n for n, word in enumerate(words) if any(map(str.isdigit, word))), None)
    if first is None:
        return text
    words = words[:first]
    while words and words[-1].strip("|,.:;()–—-·•").lower() in {*STAMP_WORDS, ""}:
        words.pop()
    return " ".join(words).rstrip("|,:;(–—-·• ")


def _marked_authors(tree: HtmlElement, elsewhere: Elsewhere) -> list[str]:
    """Return the authors by the marks of the page's elements: rel, itemprop, and a byline's
    name."""
    for path in (
        '//*[@itemprop="author"]//*[@itemprop="name"]',
        '//a[@rel="author"]',
        '//*[@itemprop="author"]',
        f"//*[{_has_class('author-name')}]",
        '//*[contains(@class,"byline")]//a',
        '//*[contains(@class,"byline")]',
        f"//*[{' or '.join(map(_has_class, _AUTHOR_CLASSES))}]//a",
        f"//*[{' or '.join(map(_has_class, _AUTHOR_CLASSES))}]",
        '//*[contains(@class,"author") and not(contains(@class,"authority"))]//a',
    ):
        found: list[str] = []
        for element in tree.xpath(path)[:8]:
            if elsewhere.holds(element):
                continue
            text = " ".join(" ".join(element.itertext()).split())
            if not 1 < len(text) <= 80 or not (names := _split_names(text)):
                continue
            if " " in names[0] or _WITHOUT_SPACE.fullmatch(names[0]):
                if not path.startswith("//*[@itemprop"):
                    return names
                found += names
        if found:
            return found
    return []


_AUTHOR_CLASSES = "author authors autor autoren auteur auteurs autore autori autores".split()


def _has_class(name: str) -> str:
    return f'contains(concat(" ",normalize-space(@class)," ")," {name} ")'


def _written_authors(
    elsewhere: Elsewhere, blocks: Sequence[PageBlock], title: str
) -> Iterator[str]:
    """Yield the authors from a short line near the title that says "by", or is a date and says
    "by"."""
    for block in blocks_at_head(elsewhere, blocks, title):
        for line in block.text.split("\n"):
            if names := _signed_elsewhere(block, line):
                yield from names
                return
            said = BYLINE_PART.search(line) if len(line.split()) <= 14 else None
            before = line[: said.start()] if said is not None else ""
            if said is None or not (not before or is_stamp(before) or _GIVEN.fullmatch(before)):
                continue
            names = _split_names(line[said.end() :])
            if names and all(word[0].isupper() for word in names[0].split()):
                yield from names
                return


def _signed_elsewhere(block: PageBlock, line: str) -> list[str]:
    """Return the authors whom a line names in the words of other languages than English: "Von Ada
    Olsen, Foghaven". Two words after a comma may be a place or a name: then there are none."""
    if block.kind == "heading" or not is_byline(line):
        return []
    if names := _SIGNED_UNSPACED.findall(line):
        return names
    said = _BY_ELSEWHERE.match(line)
    if said is None:
        return []
    first, *others = re.split(r"\s*[,|–—·•]\s*", line[said.end() :])
    if any(
        len(other.split()) > 1 and not is_stamp(other) for other in others if other[:1].isupper()
    ):
        return []
    names = _split_names(first, _BY_ENGLISH)
    return names if all(" " in name and name[0].isupper() for name in names) else []

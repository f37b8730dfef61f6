"""What the pages show, as plain data: no markup, no request, no file.

Each view names everything that its template prints. Texts are the articles' own, unescaped: the
templates escape them.
"""

# no annotations from __future__ here: typing would compile each one's string
from collections.abc import Callable, Sequence
from typing import NamedTuple

from bot.core.address import Address, parse_address, words_hash
from bot.core.answer import Answer, AnswerKind, Match, TermEvidence
from bot.core.article import Article, Head, Span
from bot.core.citation import Citation, place
from bot.core.seams import Entry
from bot.core.verification import Difference, Verdict
from bot.frontends.web.marking import Run, part, runs
from bot.frontends.web.outside_links import safe_url
from bot.service.page_links import CITED, address_path, cited_path

PARAGRAPHS_A_PAGE = 300
"""Longer articles are shown in parts, so that no page takes a browser, or this program, long."""
ENTRIES_A_PAGE = 50
_RIGHT_TO_LEFT = frozenset({"ar", "dv", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi"})


class Source(NamedTuple):
    """What is known of an article besides its text."""

    title: str
    byline: tuple[str, ...]
    """Author, publisher, section and date, where they are known."""
    digest_of: str | None
    url: str | None
    """The original, where it is a link that a page may have."""
    language: str
    """ISO 639-1, or empty where it is not known."""
    direction: str
    """``ltr``, ``rtl`` or ``auto``."""


class Quotation(NamedTuple):
    """One match: its words, and where they stand."""

    source: Source
    runs: tuple[Run, ...]
    place: str
    """``paragraph 8 of 14``."""
    address: str
    path: str
    """The page that shows it."""
    link: str | None
    """The passage on the original's page."""


class Word(NamedTuple):
    """One word of the question, and what became of it."""

    word: str
    percent: int
    """Its share of the question's weight."""
    found: str


class Why(NamedTuple):
    """Why the first match is the first."""

    words: tuple[Word, ...]
    phrases: tuple[str, ...]
    evidence: tuple[tuple[str, int], ...]
    """A kind of evidence and its share of the score, in per cent; above 0."""
    sure: str
    runner_up: tuple[str, str] | None
    """The second match's address and its path."""


class AnswerView(NamedTuple):
    """What the articles say to a question."""

    question: str
    kind: AnswerKind
    said: str
    """The verdict in words, where the match is not simply the answer."""
    reply: str
    """Plain text that stands in place of a quotation, or beside it; empty where there is none."""
    first: Quotation | None
    others: tuple[Quotation, ...]
    nearest: tuple[tuple[str, str], ...]
    """Titles and paths of what comes nearest where nothing answers."""
    unknown: tuple[str, ...]
    follows: str
    """The question before, where this one was taken together with it."""
    repairs: tuple[tuple[str, str], ...]
    """Words as they were asked, and as they were searched for."""
    why: Why | None


class Paragraph(NamedTuple):
    """One paragraph of an article."""

    number: int
    runs: tuple[Run, ...]
    address: str
    path: str
    page: int | None
    """The original's page, where it is another than that of the paragraph before."""
    cited: bool
    begins: bool
    """Whether the passage that was asked for begins here."""


class Banner(NamedTuple):
    """What became of the words that an address cites."""

    status: str
    """``identical``, ``moved``, ``changed`` or ``gone``."""
    text: str
    differences: tuple[Difference, ...] = ()
    asks_quote: bool = False
    """Whether the words that were quoted, given, would show what changed."""


class ArticleView(NamedTuple):
    """An article, or a part of a long one."""

    source: Source
    slug: str
    path: str
    of: int
    """How many paragraphs it has in all."""
    paragraphs: tuple[Paragraph, ...]
    earlier: str | None
    """The path of the part before."""
    later: str | None
    banner: Banner | None
    here: str | None
    """The address of the passage that was asked for."""


class Listed(NamedTuple):
    """One line of the contents."""

    source: Source
    path: str
    extent: str
    """``14 paragraphs``."""


class ContentsView(NamedTuple):
    """A page of the contents."""

    find: str
    """What the titles were searched for; empty for all."""
    total: int
    entries: tuple[Listed, ...]
    page: int
    """From 1."""
    pages: int


def source_of(head: Head, language: str | None = None) -> Source:
    """An article's head as it is shown."""
    byline = (head.author, head.publisher, head.section)
    known = [part for part in byline if part]
    if head.published:
        known.append(written_date(head.published))
    code = (language or head.language or "").lower()
    if not (code.isascii() and code.replace("-", "").isalnum() and len(code) <= 12):
        code = ""
    direction = "auto" if not code else "rtl" if code[:2] in _RIGHT_TO_LEFT else "ltr"
    url = safe_url(head.url)
    return Source(head.title, tuple(known), head.digest_of, url, code, direction)


_MONTHS = "January February March April May June July August September October November December"


def written_date(published: str) -> str:
    """``2015-11-04`` as ``4 November 2015``; shorter dates with what they have."""
    parts = published.split("-")
    if len(parts) > 3 or not all(part.isascii() and part.isdigit() for part in parts):
        return published
    if len(parts) == 1:
        return parts[0]
    if not 1 <= int(parts[1]) <= 12:
        return published
    day = f"{int(parts[2])} " if len(parts) == 3 else ""
    return f"{day}{_MONTHS.split()[int(parts[1]) - 1]} {parts[0]}"


def quotation_of(match: Match) -> Quotation:
    """A match as it is shown: the answering sentence marked, the words that matched as hits."""
    citation = match.citation
    found = runs(match.passage.text, match.sentence, match.highlights)
    return _quotation(citation, found)


def _quotation(citation: Citation, found: tuple[Run, ...]) -> Quotation:
    return Quotation(
        source_of(citation.head),
        found,
        place(citation),
        citation.address,
        cited_path(parse_address(citation.address)),
        safe_url(citation.link),
    )


_KEPT = "Kept by the editors:"
_SAID: dict[AnswerKind, str] = {
    "answer": "",
    "unsure": "Not sure. The closest passage:",
    "none": "Nothing in the articles answers this.",
    "talk": "",
}


def answer_view(answer: Answer) -> AnswerView:
    """An answer as the page shows it: quoted where it is one, or may be one; else what comes
    nearest by title alone."""
    quoted = [] if answer.kind in ("none", "talk") else list(map(quotation_of, answer.matches))
    nearest = [] if quoted else answer.nearest[:3]
    return AnswerView(
        answer.question,
        answer.kind,
        _KEPT if quoted and answer.matches[0].is_kept else _SAID[answer.kind],
        answer.reply,
        quoted[0] if quoted else None,
        tuple(quoted[1:]),
        tuple((near.title, address_path(Address(near.slug))) for near in nearest),
        answer.unknown[:12],
        answer.follows,
        tuple((repair.asked, repair.searched) for repair in answer.repairs[:3]),
        _why(answer) if quoted else None,
    )


_FOUND = {
    "word": "as you asked it",
    "stem": "in another form",
    "relative": "not in this passage, but “{}” is",
    "no": "not in this passage",
}
_EVIDENCE = {
    "words": "your words in the passage",
    "phrases": "your words next to each other",
    "sentence": "your words in one sentence",
    "spelling": "words spelt like yours",
    "opening": "what the passage opens with",
    "length": "taken off for the passage’s length",
    "kind": "the kind of answer you asked for",
    "kept": "a question that editors keep with it",
}


def _why(answer: Answer) -> Why | None:
    explanation = answer.explanation
    if explanation is None:
        return None
    sure = "over 99 %" if answer.confidence > 0.99 else f"{answer.confidence:.0%}"
    runner_up = explanation.runner_up
    return Why(
        tuple(_word(term) for term in explanation.terms[:12]),
        explanation.phrases[:8],
        tuple(
            (_EVIDENCE.get(name, name), round(100 * share))
            for name, _, share in explanation.features
            if round(100 * share) > 0
        ),
        sure,
        (runner_up, cited_path(parse_address(runner_up))) if runner_up else None,
    )


def _word(term: TermEvidence) -> Word:
    passages = f"{term.frequency:,} passage{'' if term.frequency == 1 else 's'}"
    found = _FOUND.get(term.matched, term.matched).replace("{}", term.relative)
    return Word(term.word, round(100 * term.weight), f"{found}; in {passages}")


def article_view(
    article: Article,
    address: Address,
    verdict: Verdict | None,
    *,
    path: Callable[[Address], str] = address_path,
    start: int = 1,
) -> ArticleView:
    """An article with the passage that an address names marked.

    ``verdict`` says what became of the words it cites, None where it cites none. ``path`` gives
    the page of an address in this article. ``start`` is the first paragraph to show where the
    address names none.
    """
    place = address if verdict is None else verdict.address
    marked = _marked(article, place, verdict)
    of = len(article.paragraphs)
    first = place.first if place.first is not None and place.first <= of else start
    begin = (min(max(first, 1), max(of, 1)) - 1) // PARAGRAPHS_A_PAGE * PARAGRAPHS_A_PAGE
    end = min(of, begin + PARAGRAPHS_A_PAGE)
    own = path(Address(article.slug))
    banner = _banner(article, address, verdict)
    here = None
    if marked is not None:
        words = words_hash(article.text[marked.start : marked.end])
        here = str(place._replace(hash=words))
    return ArticleView(
        source_of(article.head),
        article.slug,
        own,
        of,
        tuple(_paragraphs(article, begin, end, marked, path)),
        f"{own}?from={begin - PARAGRAPHS_A_PAGE + 1}" if begin else None,
        f"{own}?from={end + 1}" if end < of else None,
        banner,
        here,
    )


def _marked(article: Article, place: Address, verdict: Verdict | None) -> Span | None:
    """Where in the article's text the passage stands; a piece of a huge paragraph only where the
    piece was quoted."""
    if place.first is None or place.last is None or place.last > len(article.paragraphs):
        return None
    start = article.paragraphs[place.first - 1].start
    end = article.paragraphs[place.last - 1].end
    if verdict is not None and verdict.holds and verdict.text:
        at = article.text.find(verdict.text, start, end)
        if at >= 0:
            return Span(at, at + len(verdict.text))
    return Span(start, end)


def _paragraphs(
    article: Article, begin: int, end: int, marked: Span | None, path: Callable[[Address], str]
) -> list[Paragraph]:
    found = []
    begun = False
    for index in range(begin, end):
        span = article.paragraphs[index]
        text = article.text[span.start : span.end]
        inside = part(marked, span)
        number = index + 1
        address = Address(article.slug, number, number, words_hash(text))
        page = article.pages[index] if index < len(article.pages) else None
        if page is not None and index > begin and page == article.pages[index - 1]:
            page = None
        found.append(
            Paragraph(
                number,
                runs(text, inside),
                str(address),
                f"{path(address)}#{CITED}",
                page,
                inside is not None,
                inside is not None and not begun,
            )
        )
        begun = begun or inside is not None
    return found


def _banner(article: Article, address: Address, verdict: Verdict | None) -> Banner | None:
    of = len(article.paragraphs)
    extent = f"The article has {of:,} paragraph{'' if of == 1 else 's'} now."
    if verdict is None:
        if address.last is not None and address.last > of:
            return Banner("gone", f"There is no {_named(address)} in this article. {extent}")
        return None
    if verdict.status == "identical":
        return Banner("identical", "These are the words that were quoted, where they were quoted.")
    if verdict.status == "moved":
        return Banner(
            "moved",
            f"The words quoted from {_named(address)} are the same; "
            f"they now stand in {_named(verdict.address)}.",
        )
    if verdict.status == "gone":
        text = f"There is no {_named(address)} any more, and the words that were quoted are not "
        return Banner("gone", f"{text}in this article. {extent}")
    return Banner(
        "changed",
        f"Other words stand in {_named(address)} now than those that were quoted.",
        verdict.differences,
        asks_quote=not verdict.differences,
    )


def _named(address: Address) -> str:
    if address.first == address.last:
        return f"paragraph {address.first:,}"
    return f"paragraphs {address.first:,} to {address.last:,}"


def contents_view(entries: Sequence[Entry], find: str, page: int) -> ContentsView:
    """A page of the contents; ``page`` counts from 1 and is brought into range. ``find`` keeps the
    articles whose title, author, publisher or slug holds every word of it."""
    wanted = find.casefold().split()
    kept = [entry for entry in entries if all(word in _searched(entry) for word in wanted)]
    pages = max(1, -(-len(kept) // ENTRIES_A_PAGE))
    page = min(max(page, 1), pages)
    shown = kept[(page - 1) * ENTRIES_A_PAGE : page * ENTRIES_A_PAGE]
    listed = tuple(
        Listed(
            source_of(entry.head, entry.language),
            address_path(Address(entry.slug)),
            f"{entry.paragraphs:,} paragraph{'' if entry.paragraphs == 1 else 's'}",
        )
        for entry in shown
    )
    return ContentsView(find, len(kept), listed, page, pages)


def _searched(entry: Entry) -> str:
    head = entry.head
    known = (head.title, head.author, head.publisher, entry.slug)
    return "\n".join(part for part in known if part).casefold()

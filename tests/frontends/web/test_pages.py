"""The pages as a browser without scripts gets them."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from bot.core.passages.address import words_hash
from tests.frontends.web.browsing import LIGHTHOUSE, OWN, SERVER, Browsing, browsing, run

STORM = (
    "A storm in the winter of 1902 tore the gallery away. The keeper, Marta Quill, carried the "
    "lamp down."
)
HASH = words_hash(STORM)


class Outline(HTMLParser):
    """The elements of a page, and the text in some of them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, list[str]] = {}
        self._open: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in ("meta", "link", "input"):
            self._open.append(tag)
            self.texts.setdefault(tag, []).append("")

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        for tag in set(self._open):
            self.texts[tag][-1] += data

    def links(self) -> list[str]:
        return [found["href"] or "" for tag, found in self.tags if tag == "a"]

    def text(self, tag: str) -> list[str]:
        return [" ".join(text.split()) for text in self.texts.get(tag, [])]


def test_a_question_is_answered_with_its_passage(tmp_path: Path) -> None:
    async def scene() -> None:
        async with browsing(tmp_path) as site:
            empty = Outline((await site.get("/")).text)
            assert empty.text("h1") == ["Ask the articles"]
            reply = await site.get("/?q=Who+carried+the+lamp+down+in+the+storm%3F")
            page = Outline(reply.text)
            assert reply.status == 200
            assert STORM in page.text("blockquote")[0]
            assert page.text("mark") == ["The keeper, Marta Quill, carried the lamp down."]
            assert page.text("cite")[0] == "The lighthouse on Skerry Rock"
            (path,) = (link for link in page.links() if link.endswith("#cited"))
            address = path.removeprefix("/a/").removesuffix("#cited").replace("/", "#")
            assert address in page.text("code")
            assert any(link.startswith("https://example.org/skerry#") for link in page.links())
            assert "Why this passage?" in page.text("summary")
            followed = Outline((await site.get(path.removesuffix("#cited"))).text)
            assert "Identical." in followed.text("aside")[0]
            assert STORM in followed.text("mark")

    run(scene())


def test_what_nothing_answers_names_the_missing_words(tmp_path: Path) -> None:
    async def scene() -> None:
        async with browsing(tmp_path) as site:
            page = Outline((await site.get("/?q=Which+marmalade+cup+did+Zanzibar+win%3F")).text)
            assert page.text("h2") == ["Nothing in the articles answers this."]
            assert page.text("blockquote") == []
            assert any("“marmalade”" in text for text in page.text("p"))

    run(scene())


def test_the_contents_are_paged_and_searched(tmp_path: Path) -> None:
    corpus = {
        f"number-{n}.md": f"---\ntitle: Number {n:03}\n---\n\nText {n}.\n" for n in range(120)
    }

    async def scene() -> None:
        async with browsing(tmp_path, corpus) as site:
            first = Outline((await site.get("/articles")).text)
            assert [link for link in first.links() if link.startswith("/a/")] == [
                f"/a/number-{n}" for n in range(50)
            ]
            last = Outline((await site.get("/articles?page=99")).text)
            assert "120 articles · page 3 of 3" in last.text("p")
            assert "/articles?find=&page=2" in last.links()
            found = Outline((await site.get("/articles?find=NUMBER+077")).text)
            assert [link for link in found.links() if link.startswith("/a/")] == ["/a/number-77"]
            assert (await site.get("/articles?page=x")).status == 400

    run(scene())


@pytest.mark.parametrize(
    ("path", "status", "banner"),
    [
        ("/a/lighthouse", 200, None),
        ("/a/lighthouse/2", 200, None),
        (f"/a/lighthouse/2@{HASH}", 200, "Identical."),
        (f"/a/lighthouse/2-2@{HASH.upper()}", 200, "Identical."),
        (f"/a/lighthouse/1@{HASH}", 200, "Moved. The words quoted from paragraph 1 are the same; "),
        (f"/a/lighthouse/99@{HASH}", 200, "Moved. "),
        ("/a/lighthouse/2@00000000", 200, "Changed. Other words stand in paragraph 2 now"),
        ("/a/lighthouse/9@00000000", 200, "Gone. There is no paragraph 9 any more"),
        ("/a/lighthouse/9", 200, "Gone. There is no paragraph 9 in this article. The article has"),
        ("/a/nothing", 404, None),
        (f"/a/nothing/2@{HASH}", 404, None),
        ("/a/lighthouse/0", 404, None),
        ("/a/lighthouse/x", 404, None),
    ],
)
def test_what_became_of_a_citation(
    tmp_path: Path, path: str, status: int, banner: str | None
) -> None:
    async def scene() -> None:
        async with browsing(tmp_path) as site:
            reply = await site.get(path)
            assert reply.status == status
            page = Outline(reply.text)
            asides = page.text("aside")
            assert len(asides) == (banner is not None)
            assert banner is None or asides[0].startswith(banner)
            cited = [found for _, found in page.tags if found.get("id") == "cited"]
            assert len(cited) == (page.text("mark") != [])
            if cited:
                assert "autofocus" in cited[0]
                assert page.text("mark")[0] == STORM

    run(scene())


def test_what_changed_is_shown_word_by_word(tmp_path: Path) -> None:
    async def scene() -> None:
        async with browsing(tmp_path) as site:
            quoted = STORM.replace("winter", "autumn").replace(" down", "")
            page = Outline(
                (await site.send("POST", "/a/lighthouse/2@00000000", data={"quote": quoted})).text
            )
            assert page.text("del") == ["[no longer: autumn]", "[no longer: lamp.]"]
            assert page.text("ins") == ["[new: winter]", "[new: lamp down.]"]
            answer = await site.send("POST", "/a/lighthouse/1@00000000", data={"quote": quoted})
            assert "Other words stand in paragraph 2 now" in answer.text  # where it was not cited
            assert Outline(answer.text).text("del") == page.text("del")

    run(scene())


def test_every_paragraph_offers_its_address(tmp_path: Path) -> None:
    async def scene() -> None:
        async with browsing(tmp_path) as site:
            page = Outline((await site.get("/a/lighthouse")).text)
            offered = [code for code in page.text("code") if "#" in code]
            assert len(offered) == 3
            for address in offered:
                slug, _, place = address.partition("#")
                assert f"/a/{slug}/{place}#cited" in page.links()
                assert "Identical." in (await site.get(f"/a/{slug}/{place}")).text

    run(scene())


def test_a_long_article_comes_in_parts(tmp_path: Path) -> None:
    text = "---\ntitle: Long\n---\n\n" + "\n\n".join(f"Paragraph {n} of it." for n in range(1, 701))

    async def scene() -> None:
        async with browsing(tmp_path, {"long.md": text}) as site:
            page = Outline((await site.get("/a/long")).text)
            assert page.links()[-1] == "/a/long?from=301"
            numbers = re.findall(r'id="p(\d+)"', (await site.get("/a/long/650")).text)
            assert (numbers[0], numbers[-1]) == ("601", "700")
            assert (await site.get("/a/long?from=999999")).status == 200

    run(scene())


def test_a_piece_of_a_huge_paragraph_is_marked_alone(tmp_path: Path) -> None:
    sentences = " ".join(
        f"Sentence {n} is about the number {n} and its friends." for n in range(90)
    )
    corpus = {"huge.md": f"---\ntitle: Huge\n---\n\n{sentences}\n"}

    async def scene() -> None:
        async with browsing(tmp_path, corpus) as site:
            passages = site.site.library().check(f"huge#1@{words_hash(sentences)}")
            assert passages[0].status == "identical"
            found = await site.get("/?q=number+77+and+its+friends")
            path = next(link for link in Outline(found.text).links() if "#cited" in link)
            page = Outline((await site.get(path.removesuffix("#cited"))).text)
            (mark,) = page.text("mark")
            assert "number 77" in mark
            assert len(mark) < len(sentences) / 2
            assert "Identical." in page.text("aside")[0]

    run(scene())


def test_right_to_left_and_other_languages_say_so(tmp_path: Path) -> None:
    async def scene() -> None:
        async with browsing(tmp_path) as site:
            page = Outline((await site.get("/a/harbour")).text)
            (article,) = [found for tag, found in page.tags if tag == "article"]
            assert article == {"lang": "ar", "dir": "rtl"}

    run(scene())


def test_nothing_of_an_article_becomes_markup(tmp_path: Path) -> None:
    async def scene() -> None:
        async with browsing(tmp_path) as site:
            for path in ("/a/hostile", "/a/hostile/1", "/articles", "/?q=zebras+wear+stripes"):
                reply = await site.get(path)
                page = Outline(reply.text)
                assert {tag for tag, _ in page.tags} <= KNOWN, path
                for tag, found in page.tags:
                    assert not any(name.startswith("on") for name in found), (path, tag)
                    assert "style" not in found
                    for name in ("href", "src", "action"):
                        assert (
                            not (found.get(name) or "").lower().startswith(("javascript", "data"))
                        )
                assert "<script>alert(1)</script>" in " ".join(page.text("main"))
                assert "49" not in page.text("title")[0]
                assert "&lt;script&gt;" in reply.text

    run(scene())


KNOWN = set(
    "html head meta title link body a header nav span main h1 h2 form label div input button p "
    "section figure blockquote mark em figcaption cite code details summary table thead tr th "
    "tbody td svg rect ul li footer article aside bdi strong textarea del ins".split()
)


def test_a_page_is_small_without_its_article(tmp_path: Path) -> None:
    async def scene() -> None:
        async with browsing(tmp_path) as site:
            style = len((await site.get("/style.css")).body)
            for path in ("/", "/a/lighthouse/2", "/articles", "/?q=lamp"):
                assert len((await site.get(path)).body) + style < 30_000

    run(scene())


def test_what_is_known_already_is_not_sent_again(tmp_path: Path) -> None:
    async def scene() -> None:
        async with browsing(tmp_path) as site:
            for path in ("/a/lighthouse", "/?q=lamp", "/articles", "/api/articles"):
                first = await site.get(path)
                again = await site.send(
                    "GET", path, headers={"If-None-Match": first.headers["Etag"]}
                )
                assert (again.status, again.body) == (304, b"")
                assert again.headers["Content-Security-Policy"]
            (site.settings.corpus.folder / "lighthouse.md").write_text(
                LIGHTHOUSE.replace("1902", "1903"), "utf-8"
            )
            await site.site.workers(site.site.answering.shelves.refresh)
            first = await site.get("/a/lighthouse")
            assert "1903" in first.text

    run(scene())


def test_static_files_may_be_kept_under_the_address_that_pages_give_them(tmp_path: Path) -> None:
    async def scene() -> None:
        async with browsing(tmp_path) as site:
            page = (await site.get("/")).text
            found = re.findall(r'(?:href|src)="(/[a-z]+\.[a-z]+\?[0-9a-f]+)"', page)
            assert len(found) == 2
            for path in found:
                reply = await site.get(path)
                assert reply.status == 200
                assert "immutable" in reply.headers["Cache-Control"]
                assert (await site.get(path.partition("?")[0])).headers[
                    "Cache-Control"
                ] == "no-cache"
                assert "http" not in reply.text.replace("http://www.w3.org/2000/svg", "")

    run(scene())


# Servers' own articles


def signed(site: Browsing, slug: str, place: str = "") -> str:
    assert site.site.signer is not None
    return site.site.signer.path(int(SERVER.name), slug, place)


def test_a_servers_article_is_read_by_a_signed_link_alone(tmp_path: Path) -> None:
    async def scene() -> None:
        own = {"handbook.md": OWN}
        async with browsing(tmp_path, own=own, server_articles=True) as site:
            reply = await site.get(signed(site, "handbook", "1"))
            assert reply.status == 200
            page = Outline(reply.text)
            assert page.text("mark") == ["The password of the treehouse is marmalade."]
            assert reply.headers["X-Robots-Tag"] == "noindex, nofollow"
            assert reply.headers["Referrer-Policy"] == "no-referrer"
            assert reply.headers["Cache-Control"] == "private, no-store"
            for link in page.links():
                if link.startswith("/s/"):
                    assert (await site.get(link.partition("#")[0])).status == 200

            nothing = await site.get("/a/never-was")
            token = signed(site, "handbook").split("/")[2]
            refused = [
                "/a/handbook",
                "/a/42%2Fhandbook",
                "/a/42%2Fhandbook/1",
                f"/s/{token}/lighthouse",
                f"/s/{token}/42%2Fhandbook",
                f"/s/{token[:-4]}{'B' if token[-4] == 'A' else 'A'}{token[-3:]}/handbook",
                "/s/x/handbook",
                f"/s/{token}/handbook/x",
                f"{signed(site, 'never-was')}",
            ]
            for path in refused:
                reply = await site.get(path)
                assert (reply.status, reply.body) == (404, nothing.body), path
                assert alike(reply.headers) == alike(nothing.headers), path
            for path in (
                "/api/show?address=42/handbook",
                "/api/ask?q=password&article=42/handbook",
            ):
                assert (await site.get(path)).status == 404
            for path in ("/articles", "/api/articles", "/?q=marmalade+password+of+the+treehouse"):
                assert "treehouse is" not in (await site.get(path)).text
                assert "handbook" not in (await site.get(path)).text

            link = signed(site, "handbook")
            site.records.memberships.leave(SERVER)
            assert (await site.get(link)).body == nothing.body
            site.records.memberships.join(SERVER)
            assert (await site.get(link)).status == 200
            site.clock.seconds += 8 * 86_400
            assert (await site.get(link)).body == nothing.body

    run(scene())


def alike(headers: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in headers.items() if name != "Date"}


def test_without_the_setting_no_link_opens_anything(tmp_path: Path) -> None:
    async def scene() -> None:
        async with browsing(tmp_path, own={"handbook.md": OWN}, server_articles=True) as site:
            link = signed(site, "handbook")
        async with browsing(tmp_path, own={"handbook.md": OWN}) as site:
            assert (await site.get(link)).status == 404

    run(scene())

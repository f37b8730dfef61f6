"""From an answer on Discord to the page that shows its passage."""

from __future__ import annotations

import asyncio
import signal
import socket
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from bot.core.passages.address import parse_address
from bot.service.presentation.page_links import PageLinks
from bot.service.presentation.signed_links import LinkSigner
from tests.chromium import PROGRAM, chromium
from tests.fakes.clock import Clock
from tests.frontends.discord_bot.playing import run
from tests.frontends.discord_bot.test_library import TEXT, add, guild_of
from tests.frontends.discord_bot.test_run_bot import Program, ended, said
from tests.loopback import markdown
from tests.loopback.server import LoopbackDiscord
from tests.loopback.world import Message, Person

ADA = Person("Ada")


def link_of(message: Message, label: str) -> str | None:
    """Return the link of a button under a message."""
    button = message.buttons.get(label)
    return None if button is None else str(button["url"])


def fetch(url: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(url) as reply:  # noqa: S310 - it is our own
            return reply.status, reply.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()


def cited_links(message: Message) -> list[str]:
    """Return the links in a message's texts."""
    return [url for text in message.texts for _, url in markdown.links(markdown.parse(text))]


async def stand_before(link: str, sentence: str) -> None:
    """Follow a link in a browser, on a phone and on a wide screen, light and dark, and find the
    passage in sight, with the sentence that the answer showed marked."""
    async with chromium() as browser:
        for scheme in ("light", "dark"):
            for width, height in ((390, 420), (1280, 420)):
                await browser.look_as(width, height, scheme)
                await browser.open(link)
                top, bottom = await browser.evaluate(
                    "(r => [r.top, r.bottom])(document.getElementById('cited')"
                    ".getBoundingClientRect())"
                )
                assert bottom > 0, (scheme, width)
                assert top < height, (scheme, width)
                marked = await browser.evaluate(
                    "[...document.querySelectorAll('.cited mark')]"
                    ".map(m => m.textContent).join(' ')"
                )
                assert sentence in " ".join(marked.split()), (scheme, width)
                banner = await browser.evaluate("document.body.innerText")
                assert "Identical." in banner
                assert browser.errors == []


def test_a_link_from_an_answer_leads_to_its_passage(tmp_path: Path) -> None:
    async def scene() -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            base = f"http://127.0.0.1:{free.getsockname()[1]}"
        async with LoopbackDiscord() as discord:
            north = guild_of(discord)
            program = Program(tmp_path, discord)
            config = tmp_path / "config.toml"
            config.write_text(
                f"{config.read_text()}user_cooldown = 0.0\nserver_cooldown = 0.0\n"
                f"[reader]\nlisten = '{base.removeprefix('http://')}'\n"
                f"public_url = '{base}/'\nserver_articles = true\n"
            )
            process = await program.start("run", token=discord.token)
            assert f"the pages are at {base}" in await said(process, "can be asked")
            async with asyncio.timeout(30):
                await discord.gateway.ready.wait()

            asked = await discord.slash(ADA, north.channel, "ask", question="Why do meanders grow?")
            answer = await discord.answered(asked)
            link = link_of(answer, "Read")
            assert link is not None
            assert link.startswith(f"{base}/a/how-rivers-bend/")
            (tapped,) = cited_links(answer)
            assert tapped == link
            status, page = await asyncio.to_thread(fetch, link)
            assert status == 200
            assert "<strong>Identical.</strong>" in page
            if PROGRAM is not None:
                await stand_before(tapped, "That is why meanders grow")

            await add(discord, north, title="The clock", text=TEXT)
            asked = await discord.slash(
                ADA, north.channel, "ask", question="When does the tower strike?"
            )
            link = link_of(await discord.answered(asked), "Read")
            assert link is not None
            assert link.startswith(f"{base}/s/")
            status, page = await asyncio.to_thread(fetch, link)
            assert status == 200
            assert "strikes thirteen" in page
            status, _ = await asyncio.to_thread(fetch, link.replace("/s/", "/s/A"))
            assert status == 404

            process.send_signal(signal.SIGTERM)
            left = await ended(process)
            assert left.status == 0
            assert "Traceback" not in left.err

    run(scene())


@pytest.mark.parametrize(
    ("links", "expected"),
    [
        (PageLinks(), (None, None)),
        (PageLinks("https://a.example"), ("https://a.example/a/slug/8@3f9c2a1b#cited", None)),
    ],
)
def test_links_are_where_pages_are(links: PageLinks, expected: tuple[str | None, ...]) -> None:
    assert (links.to("slug#8@3f9c2a1b"), links.to("42/slug#8@3f9c2a1b")) == expected


def test_a_servers_article_is_linked_by_a_signature() -> None:
    signer = LinkSigner(bytes(32), 7, Clock())
    link = PageLinks("https://a.example", signer).to("42/slug#7-8@3f9c2a1b")
    assert link is not None
    head, token, slug, place = link.removeprefix("https://a.example/").split("/")
    assert (head, slug, place) == ("s", "slug", "7-8@3f9c2a1b#cited")
    assert signer.check(token, "slug") == (42, "slug")
    assert parse_address("slug#7-8@3f9c2a1b").last == 8

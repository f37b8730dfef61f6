"""/library: a server's own articles, added and removed by those who may."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path
from typing import Any

from aiohttp import web

from bot import wiring
from bot.config import Settings, WebSettings
from bot.core.article import Draft
from bot.core.errors import ArticleError
from bot.frontends.discord.commands.library_commands import ALREADY_GONE, EVERYONES
from bot.frontends.discord.commands.permitting import NOT_ALLOWED, ONLY_MANAGERS
from bot.frontends.discord.commands.uploads import NO_LINK, NOTHING_GIVEN
from bot.service.answers.answering import Answering
from bot.service.events.stream import Events
from bot.service.shelves.shelves import Quota, Shelves
from bot.service.tenants import Tenant
from bot.sources.corpus.intake import Intake
from bot.wiring import folders
from tests.fakes.clock import Clock
from tests.frontends.discord_bot.playing import DAY, connected, playing, run
from tests.loopback.server import LoopbackDiscord
from tests.loopback.world import EVERYDAY, MANAGE_GUILD, Guild, Message, Person

BOSS, HELPER, ADA = Person("Boss"), Person("Helper"), Person("Ada")
TEXT = "The clock tower strikes thirteen on Fridays. Nobody knows who winds it."

PAGE = (
    "<html><head><title>The weather vane</title></head><body><article><h1>The weather vane</h1>"
    + "".join(f"<p>The vane on roof number {n} points to the north when the wind comes.</p>"
              for n in range(8))
    + "</article></body></html>"
)  # fmt: skip


def guild_of(discord: LoopbackDiscord, name: str = "North") -> Guild:
    """A server that Boss manages."""
    guild = discord.add_guild(name)
    guild.permissions[BOSS.id] = EVERYDAY | MANAGE_GUILD
    return guild


async def add(
    discord: LoopbackDiscord, guild: Guild, person: Person = BOSS, **fields: Any
) -> Message:
    """Fill in the modal of /library add and send it; returns what is said then."""
    opened = await discord.slash(person, guild.channel, "library add")
    await discord.until(opened, lambda: opened.modal is not None)
    return await discord.answered(await discord.submit(person, opened, fields))


async def ask(discord: LoopbackDiscord, guild: Guild, question: str) -> Message:
    return await discord.answered(await discord.slash(ADA, guild.channel, "ask", question=question))


class SlowIntake(Intake):
    """Reads a paste only once it is allowed to."""

    def __init__(self, settings: Settings, tenant: Tenant, allowed: threading.Event) -> None:
        store = folders.Folders(settings, wiring.analyzer()).store(tenant)
        super().__init__(store, 1_000_000)
        self._allowed = allowed

    def read_text(self, data: bytes) -> list[Draft]:
        if not self._allowed.wait(10.0):
            raise ArticleError("link.robots", host="nobody")
        return super().read_text(data)


class SlowFolders(folders.Folders):
    """Folders whose intakes are slow."""

    def __init__(self, settings: Settings, allowed: threading.Event) -> None:
        super().__init__(settings, wiring.analyzer())
        self._own_settings = settings
        self._allowed = allowed

    def intake(self, tenant: Tenant) -> Intake:
        return SlowIntake(self._own_settings, tenant, self._allowed)


def test_nobody_waits_for_a_paste_that_takes_long_to_read(tmp_path: Path) -> None:
    async def scene() -> None:
        async with playing(tmp_path) as (discord, settings):
            north, allowed, events = guild_of(discord), threading.Event(), Events()
            folders = SlowFolders(settings, allowed)
            shelves = Shelves(folders, wiring.analyzer(), Quota(), events)
            answering = Answering(shelves, events)
            async with connected(discord, settings, answering=answering):
                adding = asyncio.create_task(add(discord, north, title="The clock", text=TEXT))
                await asyncio.sleep(0)
                assert "meanders" in (await ask(discord, north, "Why do meanders grow?")).text
                assert not adding.done()
                allowed.set()
                assert "Added **The clock**." in (await adding).text

    run(scene())


def test_a_paste_becomes_an_article_of_the_server(tmp_path: Path) -> None:
    async def scene() -> None:
        async with playing(tmp_path) as (discord, settings):
            north = guild_of(discord)
            async with connected(discord, settings):
                said = await add(
                    discord, north, title="The clock", link="https://example.org/clock", text=TEXT
                )
                assert (said.texts, said.seen_by) == (["Added **The clock**."], BOSS)
                message = await ask(discord, north, "When does the tower strike thirteen?")
                assert "**The clock tower strikes thirteen on Fridays.**" in message.text
                assert f"`{north.id}/the-clock#1@" in message.text
                link = message.buttons["Source"]["url"]
                assert link.startswith("https://example.org/clock#:~:text=")
                folder = settings.discord.data / "servers" / str(north.id)
                assert [path.name for path in folder.iterdir()] == ["the-clock.md"]
                again = await add(
                    discord, north, title="The clock", link="https://example.org/clock", text=TEXT
                )
                assert again.texts == ["**The clock** was there already, with the same text."]
                changed = await add(
                    discord,
                    north,
                    title="The clock",
                    link="https://example.org/clock",
                    text=TEXT.replace("Fridays", "Mondays"),
                )
                assert changed.texts == ["Replaced **The clock** with what you sent."]
                message = await ask(discord, north, "When does the tower strike thirteen?")
                assert "on Mondays" in message.text
                helped = await discord.slash(ADA, north.channel, "help")
                text = (await discord.answered(helped)).text
                assert "3 articles, 1 of them this server’s own" in text

    run(scene())


def test_an_article_that_is_nearly_the_same_as_another_is_named(tmp_path: Path) -> None:
    async def scene() -> None:
        async with playing(tmp_path) as (discord, settings):
            north, south = guild_of(discord), guild_of(discord, "South")
            async with connected(discord, settings):
                await add(discord, north, title="The *old* clock", text=TEXT)
                again = TEXT.replace("Nobody", "No one")
                said = await add(discord, north, title="The new clock", text=again)
                assert said.texts == [
                    "Added **The new clock**.\n"
                    "-# It is nearly the same as **The \\*old\\* clock**; no answer shows both."
                ]
                elsewhere = await add(discord, south, title="A clock", text=TEXT)
                assert elsewhere.texts == ["Added **A clock**."]

    run(scene())


def test_files_are_read_and_those_that_cannot_be_are_named(tmp_path: Path) -> None:
    async def scene() -> None:
        async with playing(tmp_path) as (discord, settings):
            north = guild_of(discord)
            async with connected(discord, settings):
                files = [
                    discord.upload("tower.md", f"# The tower\n\n{TEXT}\n".encode()),
                    discord.upload("photo.md", b"\x00\x01binary"),
                    discord.upload("page.html", PAGE.encode()),
                    discord.upload("**@everyone**.exe", b"MZ"),
                ]
                said = await add(discord, north, files=files)
                lines = said.text.split("\n")
                assert lines[:2] == ["Added **The tower**.", "Added **The weather vane**."]
                assert lines[2] == "photo.md was not added: it is binary, not text."
                assert lines[3].startswith(
                    "\\*\\*\\@everyone\\*\\*.exe was not added: a file of this kind"
                )
                both = await add(
                    discord,
                    north,
                    text="A paste without a title.",
                    link="javascript:alert(1)",
                    files=[discord.upload("sun.txt", b"The sundial is right at noon.")],
                )
                assert both.text.split("\n") == [
                    "Added **A paste without a title.**.",
                    "Added **sun**.",
                    f"-# {NO_LINK}",
                ]
                nothing = await add(discord, north)
                assert nothing.texts == [NOTHING_GIVEN]

    run(scene())


def test_only_those_who_may_add_and_remove(tmp_path: Path) -> None:
    async def scene() -> None:
        async with playing(tmp_path) as (discord, settings):
            north = guild_of(discord)
            helpers = north.add_role("Helpers")
            north.members[HELPER.id] = {helpers}
            async with connected(discord, settings):
                for person in (ADA, HELPER):
                    for name, options in (("add", {}), ("remove", {"title": "x"})):
                        tried = await discord.slash(
                            person, north.channel, f"library {name}", **options
                        )
                        assert (await discord.answered(tried)).texts == [NOT_ALLOWED]
                    tried = await discord.role_command(
                        person, north.channel, "library role", role=helpers
                    )
                    assert (await discord.answered(tried)).texts == [ONLY_MANAGERS]
                given = await discord.role_command(
                    BOSS, north.channel, "library role", role=helpers
                )
                assert (await discord.answered(given)).texts == [
                    "Members with **Helpers** may add and remove articles now."
                ]
                said = await add(discord, north, HELPER, title="By a helper", text=TEXT)
                assert said.texts == ["Added **By a helper**."]
                # The modal is open while the role is taken away: it is checked again.
                opened = await discord.slash(HELPER, north.channel, "library add")
                await discord.until(opened, lambda: opened.modal is not None)
                taken = await discord.role_command(BOSS, north.channel, "library role")
                assert (await discord.answered(taken)).texts == [
                    "Only people who manage this server may add and remove articles now."
                ]
                late = await discord.submit(HELPER, opened, {"title": "Late", "text": TEXT})
                assert (await discord.answered(late)).texts == [NOT_ALLOWED]

    run(scene())


def test_removing_asks_first(tmp_path: Path) -> None:
    async def scene() -> None:
        async with playing(tmp_path) as (discord, settings):
            north = guild_of(discord)
            async with connected(discord, settings):
                await add(discord, north, title="The clock", text=TEXT)
                offered = await discord.autocomplete(
                    BOSS, north.channel, "library remove", "title", "clokc"
                )
                assert offered == [{"name": "The clock", "value": f"{north.id}/the-clock"}]
                everyones = await discord.slash(
                    BOSS, north.channel, "library remove", title="How rivers bend"
                )
                assert (await discord.answered(everyones)).text == EVERYONES.format(
                    title="How rivers bend"
                )
                for label, said in (
                    ("Keep it", "Nothing was removed."),
                    ("Remove", "Removed **The clock**."),
                ):
                    tried = await discord.slash(
                        BOSS, north.channel, "library remove", title=f"{north.id}/the-clock"
                    )
                    question = await discord.answered(tried)
                    assert question.seen_by == BOSS
                    assert question.texts == [
                        "Remove **The clock** from this server’s shelf? It cannot be undone."
                    ]
                    again = {**question.buttons}
                    await discord.answered(await discord.press(BOSS, question, label))
                    assert question.texts == [said]
                question.components = [{"type": 1, "components": list(again.values())}]
                await discord.answered(await discord.press(BOSS, question, "Remove"))
                assert question.texts == [ALREADY_GONE]
                message = await ask(discord, north, "When does the tower strike thirteen?")
                assert "Nothing in the articles answers this" in message.text
                # What was removed is not on the disk any more either.
                assert list((settings.discord.data / "servers" / str(north.id)).iterdir()) == []

    run(scene())


def test_a_server_has_a_quota(tmp_path: Path) -> None:
    async def scene() -> None:
        async with playing(tmp_path, quota_articles=2, quota_mb=0.001) as (discord, settings):
            north = guild_of(discord)
            async with connected(discord, settings):
                large = await add(discord, north, title="Large", text="word " * 300)
                assert large.text.startswith("This server’s shelf holds at most 0.001 MB;")
                file = discord.upload("large.md", b"word " * 300)
                large = await add(discord, north, files=[file])
                assert large.text == "large.md was not added: it is larger than 0.001 MB."
                for title in ("One", "Two"):
                    said = await add(
                        discord, north, title=title, text=f"{title} is a number of boats."
                    )
                    assert said.texts == [f"Added **{title}**."]
                full = await add(discord, north, title="Three", text="Three is a number.")
                assert full.texts == [
                    "This server’s shelf holds 2 articles; 2 are the most. Remove one first."
                ]
                other = await add(discord, north, title="Two", text="Two is twice one.")
                assert other.texts == full.texts
                again = await add(discord, north, title="Two", text="Two is a number of ships.")
                assert again.texts[0].startswith("Replaced **Two**")

    run(scene())


def test_a_shelf_is_erased_some_time_after_the_bot_was_removed(tmp_path: Path) -> None:
    async def scene() -> None:
        clock = Clock()
        async with playing(tmp_path, erase_after_days=30.0) as (discord, settings):
            north, south = guild_of(discord), guild_of(discord, "South")
            folders = [settings.discord.data / "servers" / str(g.id) for g in (north, south)]
            async with connected(discord, settings, clock=clock) as play:
                for guild in (north, south):
                    await add(discord, guild, title="The clock", text=TEXT)
                await discord.leave(north)
                clock.seconds += 29 * DAY
                await play.bot.periodic.tidy()
                assert [folder.is_dir() for folder in folders] == [True, True]
                # Back in time: nothing is lost.
                await discord.join(north)
                message = await ask(discord, north, "When does the tower strike thirteen?")
                assert "strikes thirteen" in message.text
                clock.seconds += 2 * DAY
                await play.bot.periodic.tidy()
                assert [folder.is_dir() for folder in folders] == [True, True]
            # Removed while nobody was looking: noticed at the next start.
            north.installed = False
            async with connected(discord, settings, clock=clock) as play:
                await discord.gateway.live[-1].dispatch("GUILD_CREATE", south.payload(discord.bot))
                while not play.bot.is_ready():
                    await play.bot.wait_until_ready()
                await play.bot.on_ready()
                clock.seconds += 31 * DAY
                await play.bot.periodic.tidy()
                assert [folder.is_dir() for folder in folders] == [False, True]
                indexes = list((tmp_path / "index").iterdir())
                assert len(indexes) == 2  # the operator's and South's

    run(scene())


def test_a_link_alone_is_fetched_but_not_from_within(tmp_path: Path) -> None:
    async def page(_: web.Request) -> web.StreamResponse:
        return web.Response(text=PAGE_ON_THE_WEB, content_type="text/html")

    async def scene() -> None:
        app = web.Application()
        app.router.add_get("/vane", page)
        site = web.AppRunner(app)
        await site.setup()
        await web.TCPSite(site, "127.0.0.1", 0).start()
        link = f"http://127.0.0.1:{site.addresses[0][1]}/vane"
        async with playing(tmp_path) as (discord, settings):
            north = guild_of(discord)
            # what the operator may reach is nobody's who manages a server
            for web_settings in (WebSettings(), WebSettings(allow=("127.0.0.1",))):
                async with connected(discord, settings._replace(web=web_settings)):
                    refused = await add(discord, north, link=link)
                    assert "it is at no public address" in refused.text
            allowed = settings._replace(web=WebSettings(servers_allow=("127.0.0.1",)))
            async with connected(discord, allowed):
                said = await add(discord, north, link=link)
                assert said.texts == ["Added **The golden vane**."]
        await site.cleanup()

    run(scene())


PAGE_ON_THE_WEB = (
    "<title>The golden vane</title><article><p>The weather vane on the town hall was gilded in "
    "1901, and again after the storm of 1954 had bent it double.</p></article>"
)


def test_a_title_that_nobody_would_see_is_none(tmp_path: Path) -> None:
    async def scene() -> None:
        async with playing(tmp_path) as (discord, settings), connected(discord, settings):
            north = guild_of(discord)
            said = await add(
                discord, north, name="\u200b\u3164", text="# The vane\n\nIt is gilded."
            )
            assert said.texts == ["Added **The vane**."]

    run(scene())

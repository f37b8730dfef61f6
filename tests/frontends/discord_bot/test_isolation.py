"""A server's articles are that server's alone: two servers played against each other.

A spy in other places tries every command, button, address and forged custom_id, once while North
has a secret article and once while it has none. What the spy sees may not differ in a word.
"""

from __future__ import annotations

import asyncio
import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from bot import wiring
from bot.config import Settings, StorageSettings
from bot.core.errors import AddressError
from bot.core.passages.address import words_hash
from bot.frontends.discord.cards.stale_notes import NOT_KEPT
from bot.frontends.discord.commands.commands import ASK_ABOUT
from bot.frontends.discord.commands.gap_menus import GAP_CHANGED
from bot.frontends.discord.commands.library_commands import ALREADY_GONE
from bot.service.learning.keeping import Keeping
from bot.service.tenants import EVERYONE, discord_server
from bot.wiring.database import connections
from bot.wiring.moving import move
from bot.wiring.search_cluster import search_cluster
from tests.cluster.opensearch.running import RunningCluster
from tests.cluster.postgres.servers import shared_server
from tests.frontends.discord_bot.playing import connected, playing, run
from tests.frontends.discord_bot.test_library import BOSS, add, guild_of
from tests.loopback.server import LoopbackDiscord
from tests.loopback.world import EVERYDAY, MANAGE_GUILD, Guild, Message, Person, Place

SPY = Person("Spy")
TITLE = "Xylophone vault"
HIDDEN = "The xylophone in the vault plays at midnight. Its marmalade is renewed in winter."
QUESTION = "What does the xylophone in the vault play?"
NO_KEY = "AAAAAAAAAAAAAAAA"


class Tour:
    """The spy's tour: everything that is tried, and everything that is seen."""

    def __init__(
        self,
        discord: LoopbackDiscord,
        north: Guild,
        custom_ids: list[str],
        menus: list[tuple[str, str]],
    ) -> None:
        """``menus`` are the custom_ids of menus, each with a value to choose."""
        self.discord = discord
        self.menus = menus
        self.slug = f"{north.id}/xylophone-vault"
        self.address = f"{self.slug}#1@{words_hash(HIDDEN)}"
        self.custom_ids = custom_ids
        self.seen: list[str] = []
        self._north = str(north.id)

    async def visit(self, place: Place) -> None:
        """Try everything in one place."""
        for question in (QUESTION, "marmalade", self.address, self.slug):
            await self.command(place, "ask", question=question)
        sought = (self.slug, TITLE, self.address, "xylophone", self._north, f"../{self.slug}", "/")
        for text in sought:
            await self.command(place, "ask", question="What plays at midnight?", article=text)
            await self.command(place, "article", title=text)
        await self.command(place, "articles")
        await self.command(place, "help")
        await self.command(place, "privacy")
        await self.command(place, "privacy", do="show what is kept about me")
        for typed in ("", "xylophone", self._north, "valut"):
            for command, option in (("ask", "article"), ("article", "title")):
                self.note(await self.discord.autocomplete(SPY, place, command, option, typed))
        said = await self.discord.say(SPY, place, QUESTION)
        asked = await self.discord.message_command(SPY, place, ASK_ABOUT, said)
        self.note((await self.discord.answered(asked)).text)
        for custom_id in self.custom_ids:
            message = forged(place, self.discord, custom_id)
            pressed = await self.discord.press(SPY, message, "Forged")
            self.note((await self.discord.answered(pressed)).text)
        for custom_id, value in self.menus:
            message = forged(place, self.discord, custom_id, value)
            chosen = await self.discord.choose(SPY, message, "Forged")
            self.note((await self.discord.answered(chosen)).text)

    async def command(self, place: Place, name: str, **options: str) -> None:
        asked = await self.discord.slash(SPY, place, name, **options)
        self.note((await self.discord.answered(asked)).text)

    def note(self, seen: object) -> None:
        said = re.sub(r"</([a-z ]+):\d+>", r"/\1", str(seen))  # each Discord has ids of its own
        self.seen.append(said.replace(self._north, "NORTH"))


def keep(settings: Settings, north: Guild) -> None:
    """Have North keep answers to what the spy asks: a passage of its own, and one of everyone's."""
    keeping, tenant = Keeping(wiring.answering(settings)), discord_server(north.id)
    keeping.keep(tenant, QUESTION, f"{north.id}/xylophone-vault#1")
    keeping.keep(tenant, "What plays at midnight?", "how-rivers-bend#1")


def forged(
    place: Place, discord: LoopbackDiscord, custom_id: str, value: str | None = None
) -> Message:
    """A message with a button of somebody's own making, or with a menu that has this value."""
    made = {"type": 2, "id": 4, "style": 2, "label": "Forged", "custom_id": custom_id}
    if value is not None:
        options = [{"label": "Forged", "value": value}]
        made = {"type": 3, "id": 4, "custom_id": custom_id, "options": options}
    inside = [{"type": 10, "id": 2, "content": "x"}, {"type": 1, "id": 3, "components": [made]}]
    components = [{"type": 17, "id": 1, "components": inside}]
    return discord.keep(Message(discord.bot, place, components=components, flags=1 << 15))


def as_they_are(settings: Settings) -> Settings:
    return settings


async def tour(
    folder: Path, *, hidden: bool, over: Callable[[Settings], Settings] = as_they_are
) -> list[str]:
    """Return what the spy sees, with or without a secret article in North; ``over`` changes the
    settings."""
    folder.mkdir()
    async with playing(folder) as (discord, settings):
        settings = await asyncio.to_thread(over, settings)  # it may start an event loop of its own
        north, south = guild_of(discord), guild_of(discord, "South")
        away = discord.add_guild("Away", installed=False)
        for guild in (south, away):
            guild.permissions[SPY.id] = EVERYDAY | MANAGE_GUILD
        async with connected(discord, settings) as play:
            key, removal = NO_KEY, "library:remove:0123456789abcdef"
            gap = passage = "0123456789abcdef"
            if hidden:
                await add(discord, north, title=TITLE, text=HIDDEN)
                keep(settings, north)
                asked = await discord.slash(BOSS, north.channel, "ask", question=QUESTION)
                secret = await discord.answered(asked)
                shown = await discord.slash(BOSS, north.channel, "library settings")
                panel = await discord.answered(shown)
                await discord.answered(await discord.choose(BOSS, panel, "Deutsch"))
                await discord.answered(await discord.press(BOSS, secret, "👎"))
                for wording in (
                    "Who hid the tuba?",
                    "tuba in the vault",
                    "the tuba by the xylophone",
                ):
                    play.clock.seconds += 3  # what was asked at one moment has no order
                    await discord.answered(
                        await discord.slash(BOSS, north.channel, "ask", question=wording)
                    )
                assert "xylophone in the vault plays" in secret.text
                shown = await discord.slash(BOSS, north.channel, "library gaps")
                listed = await discord.answered(shown)
                label = next(each for each in listed.choices if "vault" in each and "tuba" in each)
                gap = listed.choices[label][1]["value"]
                near = await discord.answered(await discord.choose(BOSS, listed, label))
                passage = next(option["value"] for _, option in near.choices.values())
                key = secret.buttons["👍"]["custom_id"].split(":")[1]
                removing = await discord.slash(BOSS, north.channel, "library remove", title=TITLE)
                question = await discord.answered(removing)
                removal = question.buttons["Remove"]["custom_id"]
            whats = [*("next", "previous", "context", "why", "share", "delete", "x")]
            whats += ["tell", "helpful", "unhelpful", "address", "keep", "nearest"]
            custom_ids = [f"answer:{key}:{what}:{n}" for what in whats for n in (0, 1, 9999)]
            custom_ids += [f"article:{north.id}/xylophone-vault", "article:xylophone-vault"]
            custom_ids += ["privacy:show", "privacy:forget", "gaps", f"gap:{gap}"]
            custom_ids += [f"articles:next:{page}" for page in (0, 1, 999_999)]
            menus = [(f"other:{key}:0", value) for value in ("none", "0", "1")]
            menus += [(f"more:{key}:0", what) for what in whats]
            menus += [("titles", f"{north.id}/xylophone-vault"), ("gaps", gap)]
            menus += [(f"gap:{gap}", passage)]
            spy = Tour(discord, north, custom_ids, menus)
            for place in (south.channel, away.channel, discord.direct(), discord.group()):
                await spy.visit(place)
            assert spy.seen.count(NOT_KEPT) == 4 * (len(whats) * 3 + len(whats) + 2)
            assert spy.seen.count(GAP_CHANGED) == 4  # the others may not, or it is not installed
            for place in (south.channel, discord.direct()):
                said = await discord.say(SPY, place, QUESTION, mention=place.guild is not None)
                spy.note((await discord.reply_to(said)).text)
            for title in (spy.slug, TITLE, "xylophone"):
                await spy.command(south.channel, "library remove", title=title)
            spy.note(
                await discord.autocomplete(SPY, south.channel, "library remove", "title", "xylo")
            )
            message = forged(south.channel, discord, removal)
            await discord.answered(await discord.press(SPY, message, "Forged"))
            assert message.texts == [ALREADY_GONE]
            answer = {"question": QUESTION, "address": spy.address}
            for name, options in (
                *(("add", {}), ("remove", {"title": TITLE}), ("role", {})),
                *(
                    ("answer", answer),
                    ("answer", {"question": QUESTION}),
                    ("gaps", {}),
                    ("settings", {}),
                ),
            ):
                await spy.command(away.channel, f"library {name}", **options)
            spy.note(await discord.autocomplete(SPY, away.channel, "library remove", "title", ""))
            # The same words of South's own: no word of a twin, and only South's are removed.
            for text in (HIDDEN, HIDDEN):
                spy.note((await add(discord, south, SPY, title=TITLE, text=text)).text)
            for label in ("Keep it", "Remove"):
                asked = await discord.slash(SPY, south.channel, "library remove", title=TITLE)
                message = await discord.answered(asked)
                spy.note(message.text)
                await discord.answered(await discord.press(SPY, message, label))
                spy.note(message.text)
            await spy.command(south.channel, "library role")
            await spy.command(south.channel, "library gaps")
            await spy.command(south.channel, "library settings")
            for address in (spy.address, spy.slug, f"{TITLE}#1", "xylophone-vault#1"):
                await spy.command(
                    south.channel, "library answer", question=QUESTION, address=address
                )
            await spy.command(south.channel, "library answer", question=QUESTION)
            if hidden:  # and it is all still there for those whose it is
                pressed = await discord.press(SPY, secret, "Context")
                assert "marmalade" in (await discord.answered(pressed)).text
        return spy.seen


def test_no_other_place_sees_a_word_of_it_or_that_it_exists(tmp_path: Path) -> None:
    with_secret = asyncio.run(tour(tmp_path / "with", hidden=True))
    without = asyncio.run(tour(tmp_path / "without", hidden=False))
    assert len(without) > 200
    assert with_secret == without
    assert not any("midnight." in text or "renewed" in text for text in with_secret)


@pytest.mark.skipif(
    not os.environ.get("CLUSTER_THOROUGH"),
    reason="takes minutes; CLUSTER_THOROUGH=1 asks for it (tests/cluster has shorter ones)",
)
def test_nor_where_the_articles_are_in_a_database_and_found_by_a_cluster(
    tmp_path: Path, opensearch: RunningCluster
) -> None:
    def over(settings: Settings) -> Settings:
        urls = tuple(opensearch.nodes.urls)
        search = settings.search._replace(engine="opensearch", opensearch=urls)
        storage = StorageSettings(server.new_database())
        shared = settings._replace(search=search, storage=storage)
        assert all(moved.is_whole for moved in move(shared, "postgres"))
        answering = wiring.answering(shared)
        answering.shelves.refresh()
        for question in (QUESTION, "marmalade"):  # a node's first search takes it seconds
            answering.ask(EVERYONE, question)
        opened.append(shared)
        return shared

    server = shared_server()  # it ends with the thread that starts it: this one, no tour's
    opened: list[Settings] = []
    with_secret = asyncio.run(tour(tmp_path / "with", hidden=True, over=over))
    without = asyncio.run(tour(tmp_path / "without", hidden=False, over=over))
    assert with_secret == without
    assert not any("midnight." in text or "renewed" in text for text in with_secret)
    for settings in opened:
        sessions = connections(settings.storage.postgres)
        search_cluster(settings.search, sessions).loop.close()
        sessions.close()


def test_an_address_resolves_in_its_own_server_alone(tmp_path: Path) -> None:
    async def scene() -> None:
        async with playing(tmp_path) as (discord, settings):
            north, south = guild_of(discord), guild_of(discord, "South")
            async with connected(discord, settings):
                for guild, text in ((north, HIDDEN), (south, "The sundial is right at noon.")):
                    await add(discord, guild, title=TITLE, text=text)
                asked = await discord.slash(BOSS, north.channel, "ask", question=QUESTION)
                address = (await discord.answered(asked)).texts[2].split("`")[1]
            own = wiring.library(settings, discord_server(north.id))
            own.refresh()
            assert own.verify(address).status == "identical"
            assert own.show(address)[0].text == HIDDEN
            for tenant in (EVERYONE, discord_server(south.id)):
                other = wiring.library(settings, tenant)
                other.refresh()
                assert [entry for entry in other.entries() if str(north.id) in entry.slug] == []
                with pytest.raises(AddressError):
                    other.show(address)
                assert other.verify(address).status == "gone"

    run(scene())

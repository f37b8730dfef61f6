"""Two servers: whatever is done in one, a walk through everything in the other sees the same.

See `tests.frontends.discord_bot.test_isolation` for somebody who forges what they send.
"""

from __future__ import annotations

import re
from pathlib import Path

from bot.service.records import ServerSettings
from bot.service.tenants import discord_server
from tests.frontends.discord_bot.playing import Play, connected, playing, run
from tests.frontends.discord_bot.test_library import BOSS, add, guild_of
from tests.frontends.discord_bot.walkthrough import (
    Walkthrough,
    Wording,
    everything_there_is,
    played,
)
from tests.languages.escapes import latin_words
from tests.loopback.server import LoopbackDiscord
from tests.loopback.world import EVERYDAY, MANAGE_GUILD, Guild, Person

ARTICLES = {
    "mayak.md": (
        "---\ntitle: Маяк на мысу\nauthor: Анна Орлова\npublished: 2021-03-04\n---\n\n"
        "Маяк на мысу построили в 1871 году рабочие из деревни. Его лампа горела на китовом жире.\n"
    ),
    **{
        f"kamen-{number}.md": (
            f"---\ntitle: Камень номер {number}\n---\n\n"
            f"Камень номер {number} нашли в реке у старой мельницы весной.\n"
        )
        for number in range(12)
    },
}
IN_SOUTH = Wording(
    question="Какой камень нашли в реке у мельницы?",
    miss="Какой дирижабль возит лампы и камень в Занзибар?",
    follow_up="а когда?",
    title="Маяк на мысу",
    own_title="Солнечные часы",
    own_text="Солнечные часы во дворе идут верно в полдень. Зимой на них никто не смотрит.",
    language="ru",
)
IN_NORTH = Wording(
    question="What does the xylophone in the vault play?",
    miss=IN_SOUTH.miss,
    follow_up="and who winds it?",
    title=IN_SOUTH.title,
    own_title="The vault",
    own_text="The vault's door is opened at noon. Its marmalade is renewed in winter.",
)
SECRETS = (
    "The xylophone in the vault plays at midnight.",
    "A second xylophone in the vault plays at breakfast.",
    "Дирижабль, который возит лампы и камень в Занзибар, зовут Мармелад.",
)
NOT_OURS = {
    "Discord", "Apps", "Keepers", "PDF",
    # options of commands, and a value
    "question", "article", "title", "private", "True", "False",
    # languages under their own names
    "English", "Deutsch", "Espa", "Fran", "ais", "Italiano", "Polski", "Portugu", "ol", "rk",
}  # fmt: skip


async def fill(discord: LoopbackDiscord, north: Guild, walk: Walkthrough) -> None:
    """Leave every trace in North that there can be."""
    for number, text in enumerate(SECRETS[:2]):
        await add(discord, north, title=f"Secret {number}", text=text)
    await walk.everything()
    for question in (IN_SOUTH.question, IN_SOUTH.miss, IN_SOUTH.follow_up, "Whose is the tuba?"):
        asked = await discord.answered(
            await discord.slash(BOSS, north.channel, "ask", question=question)
        )
        for label in ("👎", "Tell me", "Keep as the answer"):
            if label in asked.buttons or label in asked.choices:
                await discord.answered(await discord.press(BOSS, asked, label))
    panel = await discord.answered(await discord.slash(BOSS, north.channel, "library settings"))
    for what, number in (
        ("channels", north.channel.id), ("help", walk.forum.id), ("role", walk.role),
        ("voters", walk.role),
    ):  # fmt: skip
        await discord.answered(await discord.pick(BOSS, panel, f"settings:{what}", number))
    for labels in (
        ("Only the asker sees an answer", "Only the asker sees that there is none"),
        ("Français",),
    ):
        await discord.answered(await discord.choose(BOSS, panel, *labels))


async def of_north(play: Play, north: Guild) -> tuple[object, ...]:
    """Return what is kept of North."""
    records, tenant = play.replies.records, discord_server(north.id)
    return (
        records.settings.get(tenant),
        records.memberships.role(tenant),
        records.misses.since(0.0, tenant),
        records.votes.voted_down(0.0, tenant),
        [tell for tell in records.tells.open() if tell.chat.tenant == tenant],
        play.replies.shelves.kept(tenant).pairs(),
        sorted(path.name for path in (play.settings.discord.data).rglob("*.md")),
    )


async def walk_in_south(
    folder: Path, *, is_filled: bool
) -> tuple[list[str], set[str], set[str], set[str]]:
    """Return what somebody sees who tries everything in South, with or without traces in North;
    what there is, and what was played in South and in North."""
    folder.mkdir()
    async with playing(folder, ARTICLES, by_description=False) as (discord, settings):
        north, south = guild_of(discord), guild_of(discord, "South")
        visitor = Person("Анна", locale="ru")
        south.locale = "ru"
        south.permissions[visitor.id] = EVERYDAY | MANAGE_GUILD
        in_north = Walkthrough(discord, north, BOSS, IN_NORTH)
        walk = Walkthrough(discord, south, visitor, IN_SOUTH)
        async with connected(discord, settings) as play:
            if is_filled:
                await fill(discord, north, in_north)
                assert play.replies.records.settings.get(discord_server(north.id)) != (
                    ServerSettings()
                )
            missed = await walk.command("ask", question=IN_SOUTH.miss)
            await walk.press(missed, "tell")
            if is_filled:  # what the visitor waits for, in the wrong server
                await add(discord, north, title="Secret 2", text=SECRETS[2])
                await play.bot.teller.tell()
            before = await of_north(play, north)
            await walk.everything()
            assert await of_north(play, north) == before
            await play.bot.teller.tell()
            await play.bot.finish(5)
            written = sorted(
                each.text
                for each in discord.messages.values()
                if each.author is discord.bot and each.place.guild not in (north, None)
            )
            await walk.leave()
            await play.bot.finish(5)
            assert await of_north(play, north) == before
            there_is = everything_there_is(play.bot)
        # each world has ids of its own
        ids = re.compile(r"\d{15,}")
        seen = [ids.sub("1", text) for text in [*walk.seen, *written]]
        return seen, there_is, played(discord, south), played(discord, north)


def test_everything_in_one_server_is_as_if_there_were_no_other(tmp_path: Path) -> None:
    """And everything that there is was played, in both; and nothing that somebody in a Russian
    server was shown was left in English."""

    async def scene() -> None:
        seen, there_is, in_south, in_north = await walk_in_south(tmp_path / "a", is_filled=True)
        alone, *_ = await walk_in_south(tmp_path / "b", is_filled=False)
        assert seen == alone
        assert len(seen) > 120
        for word in ("xylophone", "vault", "Мармелад", "Secret"):
            assert not any(word in text for text in seen), word
        lines = {line for text in seen for line in text.split("\n")}
        assert {line for line in lines if latin_words(line, NOT_OURS)} == set()
        assert there_is - in_south == set()
        left = {name for name in there_is - in_north if not name.startswith("event ")}
        assert left == set()

    run(scene())

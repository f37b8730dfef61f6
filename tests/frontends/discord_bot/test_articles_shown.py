"""Commands that show articles and help, over the loopback Discord."""

from __future__ import annotations

from pathlib import Path

from bot import wiring
from bot.frontends.discord.commands.commands import ASK_ABOUT
from bot.service.presentation.chat_commands import COMMANDS
from tests.frontends.discord_bot.playing import connected, in_channel, playing, run
from tests.loopback.world import EVERYDAY, MANAGE_GUILD, Person

ADA, BEN = Person("Ada"), Person("Ben")


def test_articles_are_listed_a_page_at_a_time(tmp_path: Path) -> None:
    corpus = {f"a{n:02}.md": f"# Article {n:02}\n\nText number {n}.\n" for n in range(23)}

    async def scene() -> None:
        async with in_channel(tmp_path, corpus=corpus) as (discord, place, _):
            listed = await discord.slash(ADA, place, "articles")
            message = await discord.answered(listed)
            assert message.seen_by == ADA
            assert [*message.choices] == [f"Article {n:02}" for n in range(10)]
            shown = await discord.answered(await discord.choose(ADA, message, "Article 03"))
            assert shown.seen_by == ADA
            assert shown.texts[0].startswith("### Article 03\n")
            assert message.texts == [
                "### 23 articles\n-# page 1 of 3",
                *(f"**Article {n:02}**\n-# 1 paragraph" for n in range(10)),
            ]
            assert [*message.buttons] == ["Next page"]
            for _ in range(2):
                await discord.answered(await discord.press(ADA, message, "Next page"))
            assert message.texts == [
                "### 23 articles\n-# page 3 of 3",
                *(f"**Article {n}**\n-# 1 paragraph" for n in (20, 21, 22)),
            ]
            assert [*message.buttons] == ["Previous page"]

    run(scene())


def test_one_article_is_shown_with_its_beginning_and_its_link(tmp_path: Path) -> None:
    async def scene() -> None:
        async with in_channel(tmp_path) as (discord, place, _):
            shown = await discord.slash(ADA, place, "article", title="How rivers bend")
            message = await discord.answered(shown)
            assert message.seen_by == ADA
            assert message.texts[0] == (
                "### How rivers bend\nThe Meander · 4 March 2021 · 4 paragraphs\n"
                "-# `how-rivers-bend`"
            )
            assert message.texts[1].startswith("A river never runs straight for long.")
            url = message.buttons["Source"]["url"]
            assert url == "https://example.org/rivers"
            missing = await discord.slash(ADA, place, "article", title="How lakes bend")
            assert (await discord.answered(missing)).texts == [
                "I know of no article called “How lakes bend”.\nDid you mean:\n"
                "-# Choose from the titles offered while you type, or see `/articles`."
            ]

    run(scene())


def test_help_counts_the_articles(tmp_path: Path) -> None:
    corpus = {
        "bread.md": "# Why bread rises\n\nYeast gives off carbon dioxide, so bread rises.\n",
        "oxbow.md": "# Lakes\n\nAn oxbow lake is a loop that a river has left behind.\n",
    }

    async def scene() -> None:
        async with in_channel(tmp_path, corpus) as (discord, place, _):
            message = await discord.answered(await discord.slash(ADA, place, "help"))
            assert message.ephemeral
            assert "I answer questions in the words of 2 articles.\n" in message.texts[0]
            ids = {each["name"]: each["id"] for each in discord.rest.commands[None]}
            for name in ({command.name for command in COMMANDS} | {"privacy"}) - {"help"}:
                assert f"</{name}:{ids[name]}>" in message.text
            assert "For example:\n- Why bread rises?\n- What is an oxbow lake?\n" in message.text
            assert "</library" not in message.text
            assert place.guild is not None
            place.guild.permissions[BEN.id] = EVERYDAY | MANAGE_GUILD
            bens = await discord.answered(await discord.slash(BEN, place, "help"))
            assert f"</library add:{ids['library']}>" in bens.text
            direct = await discord.slash(ADA, discord.direct(), "help")
            assert "/library" not in (await discord.answered(direct)).text

    run(scene())


def test_help_without_articles_counts_none(tmp_path: Path) -> None:
    async def scene() -> None:
        async with playing(tmp_path, corpus={}) as (discord, settings):
            place = discord.add_guild("North").channel
            async with connected(discord, settings):
                message = await discord.answered(await discord.slash(ADA, place, "help"))
                assert "There are no articles yet" in message.text
                assert " 0 " not in message.text
                assert "For example" not in message.text
            async with connected(discord, settings):  # the commands were given before
                message = await discord.answered(await discord.slash(ADA, place, "help"))
                assert "</ask:" in message.text

    run(scene())


def test_autocomplete_finds_titles_by_their_words_and_forgives_an_error(tmp_path: Path) -> None:
    async def scene() -> None:
        async with in_channel(tmp_path) as (discord, place, _):
            for typed, titles in {
                "": ["How rivers bend", "Why bread rises"],
                "RISES": ["Why bread rises"],
                "ise": [],
                "rises bre": ["Why bread rises"],
                "ries": ["Why bread rises"],
                "rivesr be": ["How rivers bend"],
                "zebra": [],
            }.items():
                offered = await discord.autocomplete(ADA, place, "ask", "article", typed)
                assert [choice["name"] for choice in offered] == titles
            offered = await discord.autocomplete(ADA, place, "article", "title", "bread")
            assert offered == [{"name": "Why bread rises", "value": "why-bread-rises"}]

    run(scene())


def test_what_is_put_into_the_folder_meanwhile_is_taken_up(tmp_path: Path) -> None:
    async def scene() -> None:
        async with playing(tmp_path) as (discord, settings):
            place = discord.add_guild("North").channel
            async with connected(discord, settings) as play:
                (play.corpus / "new.md").write_text("# Fresh news\n\nThe harbour froze over.\n")
                wiring.library(settings).refresh()  # as another process does it
                await play.bot.periodic.refresh()
                offered = await discord.autocomplete(ADA, place, "ask", "article", "fresh")
                assert offered == [{"name": "Fresh news", "value": "new"}]
                asked = await discord.slash(ADA, place, "ask", question="What froze over?")
                assert "**The harbour froze over.**" in (await discord.answered(asked)).text

    run(scene())


def test_discord_is_given_the_table_of_commands(tmp_path: Path) -> None:
    kinds = {"text": 3, "title": 3, "flag": 5}

    async def scene() -> None:
        async with playing(tmp_path) as (discord, settings):
            async with connected(discord, settings):
                given = {command["name"]: command for command in discord.rest.commands[None]}
            for row in COMMANDS:
                command = given.pop(row.name)
                assert command["description"] == row.description
                assert command["contexts"] == [0, 1, 2]
                assert command["integration_types"] == [0, 1]
                assert [
                    (
                        option["name"],
                        option["description"],
                        option.get("required", False),
                        option["type"],
                        option.get("autocomplete", False),
                    )
                    for option in command.get("options", [])
                ] == [
                    (o.name, o.description, o.required, kinds[o.kind], o.kind == "title")
                    for o in row.options
                ]
            assert given.pop(ASK_ABOUT)["type"] == 3
            assert given.pop("privacy")["contexts"] == [0, 1, 2]
            library = given.pop("library")
            assert (library["contexts"], library["integration_types"]) == ([0], [0])
            assert library["default_member_permissions"] is None
            assert [option["name"] for option in library["options"]] == [
                "add",
                "remove",
                "role",
                "answer",
                "gaps",
                "settings",
            ]
            assert given == {}
            identified = discord.gateway.identifies[0]
            assert identified["intents"] == 1 << 0 | 1 << 9 | 1 << 12  # none is privileged

    run(scene())

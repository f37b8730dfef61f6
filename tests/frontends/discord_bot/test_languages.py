"""Discord in the language of who asks."""

from __future__ import annotations

import asyncio
from pathlib import Path

import discord
import pytest
from discord import app_commands

from bot.frontends.discord.answering_client import AskerLocales
from bot.frontends.discord.cards import answer_buttons
from bot.frontends.discord.cards.answer_buttons import answer_rows
from bot.frontends.discord.cards.cards import Button, Menu
from bot.frontends.discord.command_registration import (
    LONGEST_DESCRIPTION,
    LONGEST_MENU_NAME,
    CommandLocalisations,
)
from bot.frontends.discord.commands.gap_menus import QuestionModal
from bot.frontends.discord.commands.uploads import AddModal
from bot.frontends.languages import CATALOGUES, language
from bot.service.records import ServerSettings
from bot.service.tenants import discord_server
from tests.frontends.discord_bot.playing import connected, playing, run
from tests.loopback.world import Person

ADA, BEN = Person("Ada", locale="de"), Person("Ben", locale="sv-SE")


def test_each_is_answered_in_their_own_language_and_else_in_english(tmp_path: Path) -> None:
    async def scene() -> None:
        async with playing(tmp_path) as (server, settings):
            north = server.add_guild("North")
            async with connected(server, settings):
                asked = await server.slash(ADA, north.channel, "ask", question="Who is Zork?")
                german = await server.answered(asked)
                assert "**Nichts in den Artikeln beantwortet das.**" in german.text
                asked = await server.slash(BEN, north.channel, "ask", question="Who is Zork?")
                english = await server.answered(asked)
                assert "**Nothing in the articles answers this.**" in english.text
                asked = await server.slash(ADA, north.channel, "help")
                assert "### Die Artikel befragen" in (await server.answered(asked)).text

    run(scene())


def test_whose_language_is_not_spoken_gets_the_servers(tmp_path: Path) -> None:
    """The asker's language counts first, then what the server's settings say, then what the server
    told Discord; also for the first who asks after a start, whatever they ask."""

    async def scene() -> None:
        async with playing(tmp_path) as (server, settings):
            north = server.add_guild("North")
            tenant = discord_server(north.id)
            async with connected(server, settings) as play:
                await play.replies.rules.put(tenant, ServerSettings(language="fr"))
            async with connected(server, settings):
                asked = await server.slash(BEN, north.channel, "help")
                french = language("fr").gettext("Ask the articles")
                assert (await server.answered(asked)).text.startswith(f"### {french}")
                asked = await server.slash(ADA, north.channel, "help")
                assert "### Die Artikel befragen" in (await server.answered(asked)).text
                said = await server.say(BEN, north.channel, "Who is Zork?", mention=True)
                nothing = language("fr").gettext("Nothing in the articles answers this.")
                assert f"**{nothing}**" in (await server.reply_to(said)).text

    run(scene())


def test_messages_are_answered_in_the_language_that_their_writer_was_seen_with(
    tmp_path: Path,
) -> None:
    """Discord tells no locale with a message: one that came with a command is remembered, and a
    direct message from somebody unknown is answered in the language of the question."""
    nothing = "Nothing in the articles answers this."

    async def scene() -> None:
        async with playing(tmp_path) as (server, settings):
            north = server.add_guild("North")
            async with connected(server, settings):
                said = await server.say(ADA, north.channel, "Who is Zork?", mention=True)
                assert nothing in (await server.reply_to(said)).text
                await server.answered(await server.slash(ADA, north.channel, "help"))
                for place in (north.channel, server.direct_to(ADA)):
                    said = await server.say(ADA, place, "Who is Zork?", mention=True)
                    assert language("de").gettext(nothing) in (await server.reply_to(said)).text
                said = await server.say(BEN, server.direct_to(BEN), "Кто такой Зорк?")
                assert language("ru").gettext(nothing) in (await server.reply_to(said)).text

    run(scene())


def test_only_so_many_locales_are_remembered() -> None:
    locales = AskerLocales()
    locales.note(1, "de")
    for person in range(2, 10_001):
        locales.note(person, "fr")
    locales.note(1, "pl")
    locales.note(10_001, "it")
    assert [locales.of(person) for person in (1, 2, 3, 10_001)] == ["pl", "", "fr", "it"]


def test_commands_are_registered_in_each_language(tmp_path: Path) -> None:
    async def scene() -> None:
        async with playing(tmp_path) as (server, settings), connected(server, settings) as play:
            translator = CommandLocalisations()
            seen = set()
            for command in play.bot.tree.get_commands():
                payload = await command.get_translated_payload(play.bot.tree, translator)
                seen |= set(_check(payload, isinstance(command, app_commands.ContextMenu)))
            assert seen == {"de", "es-ES", "es-419", "fr", "it", "ja", "pl", "pt-BR", "ru", "tr",
                            "zh-CN"}  # fmt: skip

    run(scene())


def _check(part: dict[str, object], is_menu: bool) -> list[str]:
    """Check the limits of a command's texts, and of its parts'; return the languages."""
    names = part.get("name_localizations") or {}
    told = part.get("description_localizations") or {}
    assert isinstance(names, dict)
    assert isinstance(told, dict)
    assert is_menu or not names
    assert all(0 < len(name) <= LONGEST_MENU_NAME for name in names.values())
    assert all(0 < len(text) <= LONGEST_DESCRIPTION for text in told.values())
    found = [*names, *told]
    choices = part.get("choices") or []
    assert isinstance(choices, list)
    for choice in choices:
        found += choice["name_localizations"]
        assert all(0 < len(name) <= 100 for name in choice["name_localizations"].values())
    options = part.get("options") or []
    assert isinstance(options, list)
    for option in options:
        found += _check(option, is_menu=False)
    return found


@pytest.mark.parametrize("code", CATALOGUES)
def test_every_description_of_a_command_fits_and_so_is_shown(code: str, tmp_path: Path) -> None:
    async def scene() -> None:
        async with playing(tmp_path) as (server, settings), connected(server, settings) as play:
            for command in play.bot.tree.walk_commands():
                assert isinstance(command, app_commands.Command | app_commands.Group)
                texts = [command.description]
                if isinstance(command, app_commands.Command):
                    texts += [str(each.description) for each in command.parameters]
                for text in texts:
                    assert len(language(code).gettext(text)) <= LONGEST_DESCRIPTION, text

    run(scene())


@pytest.mark.parametrize("code", CATALOGUES)
def test_buttons_menus_and_forms_fit_into_what_discord_takes(code: str) -> None:
    spoken = language(code)
    for row in answer_rows(
        "k" * 16, 1, 3, link="https://a.test", page=None, can_share=True, in_server=True,
        language=spoken,
    ):  # fmt: skip
        if isinstance(row, Menu):
            assert len(row.placeholder) <= 150
            assert all(len(each.label) <= 100 for each in row.choices)
            assert all(len(each.description or "") <= 100 for each in row.choices)
        else:
            # five in one row on a phone: what has words is short
            assert all(isinstance(each, Button) and len(each.label) <= 80 for each in row)
            assert sum(len(each.label) for each in row) <= 40, [each.label for each in row]

    async def form() -> None:
        made = AddModal(spoken)
        assert len(made.title) <= 45
        fields = [child for child in made.children if isinstance(child, discord.ui.Label)]
        assert len(fields) == 4
        asking = QuestionModal("words", "some-article#1", spoken)
        assert len(asking.title) <= 45
        fields += [child for child in asking.children if isinstance(child, discord.ui.Label)]
        assert len(fields) == 5
        for field in fields:
            assert len(field.text) <= 45
            assert len(field.description or "") <= 100

    asyncio.run(form())
    assert spoken.gettext(answer_buttons.DELETE) != answer_buttons.DELETE

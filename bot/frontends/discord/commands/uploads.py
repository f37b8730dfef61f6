"""/library add: the form, and the articles made of a text, a link and files."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from functools import partial
from typing import Any, cast

import aiohttp
import discord
from discord import ui

from bot.core.article import Draft
from bot.core.errors import ArticleError, BotError
from bot.frontends.discord.cards.cards import note, web_address
from bot.frontends.discord.cards.escaping import label
from bot.frontends.discord.commands.buttons import Form
from bot.frontends.discord.commands.permitting import allowed
from bot.frontends.discord.interactions import Incoming, acknowledge, deliver, language_of
from bot.frontends.error_words import in_words
from bot.frontends.languages import Language, mark
from bot.service.ports import ArticleIntake
from bot.service.shelves.shelves import Addition, QuotaError

NOTHING_GIVEN = mark("There was neither a text nor a file in that, so nothing was added.")
NO_LINK = mark("The link was left out: it has to begin with http:// or https://.")

PASTE_LIMIT = 4000
FILES = 5
_UPLOAD_SECONDS = 20.0
_KINDS = {
    "added": mark("Added **{title}**."),
    "known": mark("**{title}** was there already, with the same text."),
    "replaced": mark("Replaced **{title}** with what you sent."),
}


class AddModal(Form, title=mark("Add an article to this server")):
    """The form that a user fills in for /library add."""

    name: ui.Label[Any] = ui.Label(
        text=mark("Title"),
        description=mark("Leave it out to take it from the text"),
        component=ui.TextInput(required=False, max_length=200, custom_id="title"),
    )
    link: ui.Label[Any] = ui.Label(
        text=mark("Link"),
        description=mark("The article’s web address; by itself, the article is fetched from there"),
        component=ui.TextInput(required=False, max_length=500, custom_id="link"),
    )
    text: ui.Label[Any] = ui.Label(
        text=mark("Text"),
        description=mark("A paste of up to 4,000 characters, or leave it empty and upload a file"),
        component=ui.TextInput(
            style=discord.TextStyle.paragraph,
            required=False,
            max_length=PASTE_LIMIT,
            custom_id="text",
        ),
    )
    files: ui.Label[Any] = ui.Label(
        text=mark("Files"),
        description=mark("Text, web pages, PDF files and others"),
        component=ui.FileUpload(required=False, max_values=FILES, custom_id="files"),
    )

    async def handle(self, interaction: Incoming) -> None:
        replies = interaction.client.replies
        tenant = await allowed(interaction, replies)
        if tenant is None:
            return
        await acknowledge(interaction, private=True)
        language = language_of(interaction)
        gettext = language.gettext

        def said(error: BotError, longest: int) -> str:
            return label(in_words(error, language=language), longest)

        drafts: list[Draft] = []
        lines: list[str] = []
        upload = cast("ui.FileUpload[Any]", self.files.component)
        title, link = self._value("name"), self._value("link")
        reader = await asyncio.to_thread(replies.shelves.intake, tenant)
        if paste := self._value("text"):
            try:
                data = paste.encode("utf-8", "replace")
                drafts += _named(
                    reader, await asyncio.to_thread(reader.read_text, data), title, link
                )
            except ArticleError as error:
                lines.append(gettext("The text was not added: {why}.", why=said(error, 200)))
            if link and web_address(link) is None:
                lines.append(f"-# {gettext(NO_LINK)}")
        elif link and not upload.values:
            try:
                drafts += _named(reader, await replies.shelves.fetch(link, tenant), title, "")
            except ArticleError as error:
                lines.append(gettext("The link was not added: {why}.", why=said(error, 200)))
        for attachment in upload.values[:FILES]:
            try:
                drafts += await _uploaded(interaction, attachment, reader)
            except ArticleError as error:
                called = label(attachment.filename, 100)
                lines.append(
                    gettext("{file} was not added: {why}.", file=called, why=said(error, 200))
                )
        if drafts:
            try:
                added = await replies.service.change(partial(replies.shelves.add, tenant, drafts))
            except QuotaError as error:
                lines.insert(0, said(error, 300))
            else:
                lines = [*(_line(each, language) for each in added[:20]), *lines]
        await deliver(interaction, note(*(lines or [gettext(NOTHING_GIVEN)])))

    def _value(self, name: str) -> str:
        component = getattr(self, name).component
        return str(component.value).strip()


async def _uploaded(
    interaction: Incoming, attachment: discord.Attachment, reader: ArticleIntake
) -> list[Draft]:
    """Return the articles in a file that was sent along. Raises `ArticleError`."""
    largest = interaction.client.largest_upload
    if attachment.size > largest:
        raise ArticleError("upload.large", megabytes=largest / 1e6)
    try:
        data = await interaction.client.retrying(attachment.read, _UPLOAD_SECONDS)
    except (discord.HTTPException, aiohttp.ClientError, OSError, TimeoutError) as error:
        raise ArticleError("upload.not_received") from error
    return await asyncio.to_thread(reader.read_upload, data or b"", attachment.filename)


def _named(reader: ArticleIntake, drafts: Sequence[Draft], title: str, link: str) -> list[Draft]:
    """Return the drafts, the first under the title and the link that were given."""
    first = reader.retitled(drafts[0], title)
    if link and web_address(link):
        first = first._replace(head=first.head._replace(url=web_address(link)))
    return [first, *drafts[1:]]


def _line(added: Addition, language: Language) -> str:
    line = language.gettext(_KINDS[added.kind], title=label(added.title, 150))
    if added.near_duplicates and added.kind != "known":
        near = ", ".join(f"**{label(each, 150)}**" for each in added.near_duplicates[:3])
        told = language.gettext(
            "It is nearly the same as {titles}; no answer shows both.", titles=near
        )
        line += f"\n-# {told}"
    return line

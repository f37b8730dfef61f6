"""/library: a server's own articles, added and removed by those who may.

Discord cannot restrict subcommands one by one, and what it shows a server's members is the
server's to override: who may is checked here, each time.
"""

from __future__ import annotations

import asyncio
import hashlib
import re
from functools import partial
from typing import TYPE_CHECKING, Any, cast

import aiohttp
import discord
from discord import app_commands, ui

from bot.core.article import Draft
from bot.core.errors import AddressError, ArticleError
from bot.frontends.discord.asking import Asking, choices, no_such_title
from bot.frontends.discord.buttons import Pressed
from bot.frontends.discord.cards import ANSWER_COLOUR, Button, Card, note, web_address
from bot.frontends.discord.escaping import label
from bot.frontends.discord.interactions import (
    Incoming,
    acknowledge,
    acknowledge_update,
    answer_at_once,
    deliver,
    guarded,
    place_of,
    report,
)
from bot.frontends.discord.shelves import Added, QuotaError

if TYPE_CHECKING:
    from bot.frontends.discord.client import ArticleBot
    from bot.sources.intake import Intake

NOT_ALLOWED = "Only those who manage this server, or have the role set for it, can do that."
ONLY_MANAGERS = "Only those who manage this server can do that."
NOT_INSTALLED = "That works in servers that have added me."
NOTHING_GIVEN = "There was neither a text nor a file in that, so nothing was added."
ALREADY_GONE = "That article is no longer on this server’s shelf."
NO_LINK = "-# The link was left out: it has to begin with http:// or https://."

PASTE_LIMIT = 4000
FILES = 5
_MODAL_SECONDS = 14 * 60.0
"""Discord takes the answer to the command that opened a modal for 15 minutes."""
_UPLOAD_SECONDS = 20.0
_KINDS = {
    "added": "Added **{}**.",
    "known": "**{}** was there already, with the same text.",
    "replaced": "Replaced **{}** with what you sent.",
}


class AddModal(ui.Modal, title="Add an article to this server"):
    """What somebody fills in for /library add."""

    name: ui.Label[Any] = ui.Label(
        text="Title",
        description="Left out, it is read from the text",
        component=ui.TextInput(required=False, max_length=200, custom_id="title"),
    )
    link: ui.Label[Any] = ui.Label(
        text="Link",
        description="Where the article stands on the web; given alone, it is fetched from there",
        component=ui.TextInput(required=False, max_length=500, custom_id="link"),
    )
    text: ui.Label[Any] = ui.Label(
        text="Text",
        description="A paste of up to 4,000 characters, or leave it empty and upload a file",
        component=ui.TextInput(
            style=discord.TextStyle.paragraph,
            required=False,
            max_length=PASTE_LIMIT,
            custom_id="text",
        ),
    )
    files: ui.Label[Any] = ui.Label(
        text="Files",
        description="Of the kinds that the operator’s folder of articles takes",
        component=ui.FileUpload(required=False, max_values=FILES, custom_id="files"),
    )

    def __init__(self) -> None:
        super().__init__(timeout=_MODAL_SECONDS)

    async def on_submit(self, interaction: Incoming) -> None:
        await guarded(interaction, lambda: self._handle(interaction))

    # discord.py itself narrows this method's parameters for modals.
    async def on_error(self, interaction: Incoming, error: Exception, /) -> None:  # type: ignore[override]
        report(error, "a modal")

    async def _handle(self, interaction: Incoming) -> None:
        asking = interaction.client.asking
        server = await _allowed(interaction, asking)
        if server is None:
            return
        await acknowledge(interaction, private=True)
        drafts: list[Draft] = []
        lines: list[str] = []
        upload = cast("ui.FileUpload[Any]", self.files.component)
        title, link = self._value("name"), self._value("link")
        reader = await asking.change(partial(asking.shelves.reading, server))
        if paste := self._value("text"):
            try:
                drafts += _named(reader.read_text(paste.encode("utf-8", "replace")), title, link)
            except ArticleError as error:
                lines.append(f"The text was not added: {label(str(error), 200)}.")
            if link and web_address(link) is None:
                lines.append(NO_LINK)
        elif link and not upload.values:
            try:
                drafts += _named(await asking.shelves.fetch(link, reader), title, "")
            except ArticleError as error:
                lines.append(f"The link was not added: {label(str(error), 200)}.")
        for attachment in upload.values[:FILES]:
            try:
                drafts += await _uploaded(interaction, attachment, reader)
            except ArticleError as error:
                called = label(attachment.filename, 100)
                lines.append(f"{called} was not added: {label(str(error), 200)}.")
        if drafts:
            try:
                added = await asking.change(partial(asking.shelves.add, server, drafts))
            except QuotaError as error:
                lines.insert(0, label(str(error), 300))
            else:
                lines = [*map(_line, added[:20]), *lines]
        await deliver(interaction, note(*(lines or [NOTHING_GIVEN])))

    def _value(self, name: str) -> str:
        component = getattr(self, name).component
        return str(component.value).strip()


async def _uploaded(
    interaction: Incoming, attachment: discord.Attachment, reader: Intake
) -> list[Draft]:
    """The articles in a file that was sent along. Raises `ArticleError`."""
    largest = interaction.client.largest_upload
    if attachment.size > largest:
        raise ArticleError(f"it is larger than {largest / 1e6:.3g} MB")
    try:
        data = await interaction.client.retrying(attachment.read, _UPLOAD_SECONDS)
    except (discord.HTTPException, aiohttp.ClientError, OSError, TimeoutError) as error:
        raise ArticleError("Discord did not hand it over; send it again") from error
    return await asyncio.to_thread(reader.read_upload, data or b"", attachment.filename)


def _named(drafts: list[Draft], title: str, link: str) -> list[Draft]:
    """The drafts, the first under the title and the link that were given."""
    head = drafts[0].head
    if title:
        head = head._replace(title=" ".join(title.split()))
    if link and web_address(link):
        head = head._replace(url=web_address(link))
    return [drafts[0]._replace(head=head), *drafts[1:]]


def _line(added: Added) -> str:
    line = _KINDS[added.kind].format(label(added.title, 150))
    if added.twins and added.kind != "known":
        twins = ", ".join(f"**{label(twin, 150)}**" for twin in added.twins[:3])
        line += f"\n-# It is nearly the same as {twins}; no answer shows both."
    return line


class RemovalButton(
    Pressed,
    template=r"library:(?P<what>remove|keep):(?P<digest>[0-9a-f]{16})",
):
    """The answer to "Remove this article?"."""

    def read(self, found: re.Match[str]) -> None:
        self.what, self.digest = found["what"], found["digest"]

    async def handle(self, interaction: Incoming) -> None:
        asking = interaction.client.asking
        server = await _allowed(interaction, asking)
        if server is None:
            return
        await acknowledge_update(interaction)
        if self.what == "keep":
            await deliver(interaction, note("Nothing was removed."))
            return

        def remove() -> str:
            for title in asking.shelves.own(server).listed:
                if _digest(title.slug) == self.digest:
                    asking.shelves.remove(server, title.slug)
                    return f"Removed **{label(title.title, 150)}**."
            return ALREADY_GONE

        try:
            text = await asking.change(remove)
        except AddressError:
            text = ALREADY_GONE
        await deliver(interaction, note(text))


def _digest(slug: str) -> str:
    return hashlib.sha256(slug.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def add_library(tree: app_commands.CommandTree[ArticleBot], asking: Asking) -> None:
    """Put /library into the tree."""
    group = app_commands.Group(
        name="library",
        description="This server’s own articles",
        allowed_contexts=app_commands.AppCommandContext(
            guild=True, dm_channel=False, private_channel=False
        ),
        allowed_installs=app_commands.AppInstallationType(guild=True, user=False),
    )

    @group.command(name="add", description="Add an article that only this server can ask")
    async def add(interaction: Incoming) -> None:
        async def handle() -> None:
            if await _allowed(interaction, asking) is not None:
                await interaction.response.send_modal(AddModal())

        await guarded(interaction, handle)

    @group.command(name="remove", description="Remove one of this server’s own articles")
    @app_commands.describe(title="The article’s title")
    @app_commands.autocomplete(title=_own_titles)
    async def remove(interaction: Incoming, title: str) -> None:
        async def handle() -> None:
            server = await _allowed(interaction, asking)
            if server is not None:
                await acknowledge(interaction, private=True)
                await deliver(interaction, await _confirmation(asking, server, title))

        await guarded(interaction, handle)

    @group.command(name="role", description="Choose the role that may add and remove articles")
    @app_commands.describe(role="The role; left out, only those who manage the server may")
    async def role(interaction: Incoming, role: discord.Role | None = None) -> None:
        async def handle() -> None:
            await _set_role(interaction, asking, role)

        await guarded(interaction, handle)

    tree.add_command(group)


async def _confirmation(asking: Asking, server: int, text: str) -> Card:
    own = await asking.work(partial(asking.shelves.own, server))
    title = own.resolve(text)
    if title is None:
        return no_such_title(text, own)
    digest = _digest(title.slug)
    return Card(
        (f"Remove **{label(title.title, 200)}** from this server’s shelf? It cannot be undone.",),
        (
            (
                Button("Remove", f"library:remove:{digest}", style="red"),
                Button("Keep it", f"library:keep:{digest}"),
            ),
        ),
        ANSWER_COLOUR,
    )


async def _set_role(interaction: Incoming, asking: Asking, role: discord.Role | None) -> None:
    server = place_of(interaction).server
    if server is None:
        await answer_at_once(interaction, note(NOT_INSTALLED))
    elif not _manages(interaction):
        await answer_at_once(interaction, note(ONLY_MANAGERS))
    elif role is None:
        asking.records.set_role(server, None)
        await answer_at_once(
            interaction, note("Only those who manage this server may add and remove articles now.")
        )
    else:
        asking.records.set_role(server, role.id)
        text = f"Members with **{label(role.name, 100)}** may add and remove articles now."
        await answer_at_once(interaction, note(text))


def _manages(interaction: Incoming) -> bool:
    granted = interaction.permissions
    return granted.manage_guild or granted.administrator


async def _allowed(interaction: Incoming, asking: Asking) -> int | None:
    """The server whose shelf somebody may change; None, after saying so, where they may not."""
    server = place_of(interaction).server
    if server is None:
        await answer_at_once(interaction, note(NOT_INSTALLED))
        return None
    role = asking.records.role(server)
    user = interaction.user
    has_role = role == server or (  # @everyone has the server's own id, and no member's list it
        role is not None and isinstance(user, discord.Member) and user.get_role(role)
    )
    if not (_manages(interaction) or has_role):
        await answer_at_once(interaction, note(NOT_ALLOWED))
        return None
    return server


async def _own_titles(interaction: Incoming, typed: str) -> list[app_commands.Choice[str]]:
    """The server's own titles, which all its members see in the other commands too."""
    try:
        server = place_of(interaction).server
        if server is None:
            return []
        own = await asyncio.to_thread(interaction.client.asking.shelves.own, server)
        found = choices(own.complete(typed))
    except Exception as error:  # noqa: BLE001 - the last line of defence
        report(error, "autocomplete")
        found = []
    return [app_commands.Choice(name=name, value=value) for name, value in found]

"""Everything that somebody who manages a server can do there, played by one person.

`Walkthrough.everything` uses each command, button, menu, form and setting, and writes down all that
is shown; `everything_there_is` lists them from the code, and `played` those that were used.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import discord as library
from discord import app_commands, ui

from bot.frontends.discord.cards.answer_buttons import answer_rows, miss_rows
from bot.frontends.discord.cards.cards import Menu
from bot.frontends.discord.client import ArticleBot
from bot.frontends.discord.commands.buttons import Form, Pressed
from bot.frontends.discord.commands.commands import ASK_ABOUT
from tests.loopback.server import LoopbackDiscord
from tests.loopback.world import Guild, Invocation, Message, Person, Place

_TOLD_BY_DISCORD = {
    "CHANNEL_DELETE": "on_guild_channel_delete",
    "GUILD_CREATE": "on_guild_join",
    "GUILD_DELETE": "on_guild_remove",
    "GUILD_ROLE_DELETE": "on_guild_role_delete",
    "MESSAGE_CREATE": "on_message",
    "THREAD_CREATE": "on_thread_create",
}
_OF_THE_CONNECTION = {"on_disconnect", "on_error", "on_ready"}
"""Commands that concern no server."""


class Wording(NamedTuple):
    """The text of a message."""

    question: str
    """A question with two matches at least."""
    miss: str
    """A question that nothing answers, with a title that comes near."""
    follow_up: str
    title: str
    """The title of an article that everybody has."""
    own_title: str
    """The title of an article that the server adds."""
    own_text: str
    language: str = "de"
    """The language that the server is set to for a while."""


class Walkthrough:
    """One person's walk through everything."""

    def __init__(
        self, discord: LoopbackDiscord, guild: Guild, person: Person, wording: Wording
    ) -> None:
        """Make it before the bot connects: it needs channels."""
        self.discord = discord
        self.guild = guild
        self.person = person
        self.wording = wording
        self.seen: list[str] = []
        self.forum = discord.add_channel(guild, "help", forum=True)
        self.lost = discord.add_channel(guild, "lost")
        self.role = guild.add_role("Keepers")
        guild.members[person.id] = {self.role}
        self.thread = Place(0, guild, kind=11, name="Thread", parent=guild.channel, owner=person)

    async def everything(self) -> None:
        """Use all there is."""
        await self._read()
        await self._ask()
        await self._miss()
        await self._write()
        await self._edit()
        await self._set()
        await self._be_private()

    async def leave(self) -> None:
        """Let the server lose a channel, a role and the bot, and the bot come back."""
        await self.discord.delete_channel(self.lost)
        await self.discord.delete_role(self.guild, self.role)
        await self.discord.leave(self.guild)
        await self.discord.join(self.guild)

    async def command(self, name: str, /, **options: str | bool | None) -> Message:
        """Send a command; returns the answer."""
        sent = await self.discord.slash(self.person, self.guild.channel, name, **options)
        return await self._shown(sent)

    async def _shown(self, sent: Invocation) -> Message:
        message = await self.discord.answered(sent)
        labels = [*message.buttons, *message.choices]
        self.seen.append("\n".join([*message.texts, *labels, *_described(message)]))
        return message

    async def press(self, message: Message, what: str) -> Message:
        """Press the button, or take the choice, whose custom_id or value has this part."""
        return await self._shown(
            await self.discord.press(self.person, message, self._label(message, what))
        )

    @staticmethod
    def _label(message: Message, what: str) -> str:
        for label, item in message.buttons.items():
            if what in item.get("custom_id", "").split(":"):
                return label
        for label, (menu, option) in message.choices.items():
            if what in (option["value"], menu["custom_id"].partition(":")[0]):
                return label
        raise AssertionError(f"no {what!r} among {[*message.buttons, *message.choices]}")

    async def _read(self) -> None:
        await self.command("help")
        listed = await self.command("articles")
        await self.press(listed, "next")
        await self.press(listed, "previous")
        await self.press(listed, "titles")
        await self.command("article", title=self.wording.title)
        await self.command("article", title="?")
        for name, option in (("ask", "article"), ("article", "title"), ("library remove", "title")):
            offered = await self.discord.autocomplete(
                self.person, self.guild.channel, name, option, self.wording.title[:3]
            )
            self.seen += [each["name"] for each in offered]

    async def _ask(self) -> None:
        question, title = self.wording.question, self.wording.title
        answer = await self.command("ask", question=question)
        for what in ("next", "previous", "context", "why", "address", "helpful", "keep"):
            await self.press(answer, what)
        offered = await self.press(answer, "unhelpful")
        for value in ("other", "none"):
            await self.press(offered, value)
        await self.command("ask", question=question, article=title)
        private = await self.command("ask", question=question, private=True)
        await self.press(private, "share")
        pressed = await self.discord.press(self.person, answer, self._label(answer, "delete"))
        await self.discord.deleted(pressed)

    async def _miss(self) -> None:
        missed = await self.command("ask", question=self.wording.miss)
        await self.press(missed, "article")
        await self.press(missed, "tell")
        if any("nearest" in item.get("custom_id", "") for item in missed.buttons.values()):
            await self.press(missed, "nearest")

    async def _write(self) -> None:
        discord, person, channel = self.discord, self.person, self.guild.channel
        said = await discord.say(person, channel, self.wording.question)
        about = await discord.message_command(person, channel, ASK_ABOUT, said)
        await self._shown(about)
        mentioned = await discord.say(person, channel, self.wording.question, mention=True)
        answer = await discord.reply_to(mentioned)
        replied = await discord.say(person, channel, self.wording.follow_up, replying=answer)
        asked = await discord.say(person, self._in_thread(), self.wording.question, mention=True)
        for message in (answer, await discord.reply_to(replied), await discord.reply_to(asked)):
            self.seen.append(message.text)
        direct = await discord.say(person, discord.direct(), self.wording.question)
        self.seen.append((await discord.reply_to(direct)).text)

    def _in_thread(self) -> Place:
        self.discord.places[self.thread.id] = self.thread
        return self.thread

    async def _edit(self) -> None:
        discord, person = self.discord, self.person
        title, text = self.wording.own_title, self.wording.own_text
        for _ in range(2):
            opened = await discord.slash(person, self.guild.channel, "library add")
            await discord.until(opened, lambda sent=opened: sent.modal is not None)  # type: ignore[misc]
            self.seen += _of_form(opened)
            await self._shown(await discord.submit(person, opened, {"title": title, "text": text}))
        shown = await self.command("ask", question=title)
        address = shown.text.rpartition("`")[0].rpartition("`")[2]
        await self.command("library answer", question=self.wording.miss, address=address)
        await self.command("library answer", question=self.wording.miss, address="?#1")
        await self.command("ask", question=self.wording.miss)
        await self.command("library answer", question=self.wording.miss)
        listed = await self.command("library gaps")
        near = await self.press(listed, "gaps")
        choice = next(iter(near.choices))
        opened = await discord.press(person, near, choice)
        await discord.until(opened, lambda: opened.modal is not None)
        self.seen += _of_form(opened)
        await self._shown(await discord.submit(person, opened, {"question": self.wording.miss}))
        for what in ("keep", "remove"):
            await self.press(await self.command("library remove", title=title), what)
        await self.command("library remove", title=title)
        await self.command("library role", role=None)

    async def _set(self) -> None:
        discord, person, channel = self.discord, self.person, self.guild.channel
        panel = await self.command("library settings")
        await self._shown(
            await discord.role_command(person, channel, "library role", role=self.role)
        )
        picks = (
            ("channels", channel.id), ("help", self.forum.id), ("role", self.role),
            ("voters", self.role),
        )  # fmt: skip
        for what, number in picks:
            await self._shown(await discord.pick(person, panel, f"settings:{what}", number))
        language = self._label(panel, self.wording.language)
        await self._shown(await discord.choose(person, panel, language))
        await self.press(panel, "quiet")
        thread = await discord.post(person, self.forum, self.wording.question, "…")
        (told,) = await discord.written_in(thread)
        self.seen.append("\n".join([*told.texts, *told.buttons]))
        missed = await self.command("ask", question=self.wording.miss)
        self.seen.append(str(missed.ephemeral))
        for what, _ in picks:
            await self._shown(await discord.pick(person, panel, f"settings:{what}"))
        await self.press(panel, "auto")

    async def _be_private(self) -> None:
        told = await self.command("privacy")
        await self.press(told, "show")
        await self.command("privacy", do="show what is kept about me")
        await self.press(told, "forget")
        await self.command("privacy", do="forget me")


def _described(message: Message) -> Iterator[str]:
    """Yield what menus say besides their choices' labels."""
    for item in message.walk():
        if item.get("placeholder"):
            yield item["placeholder"]
        yield from (
            each["description"] for each in item.get("options", ()) if "description" in each
        )


def _of_form(opened: Invocation) -> list[str]:
    modal = opened.modal
    assert modal is not None
    labels = modal["components"]
    return [modal["title"], *(each["label"] for each in labels),
            *(each["description"] for each in labels)]  # fmt: skip


def everything_there_is(bot: ArticleBot) -> set[str]:
    """List what members of a server can use, from the code itself."""
    found: set[str] = set()
    for command in bot.tree.walk_commands():
        if isinstance(command, app_commands.Command):
            name = command.qualified_name
            found.add(f"command {name}")
            for option in command.parameters:
                found.add(f"option {name} {option.display_name}")
                found |= {f"value {name} {choice.value}" for choice in option.choices}
                if option.autocomplete:
                    found.add(f"completion {name} {option.display_name}")
    for kind in (library.AppCommandType.message, library.AppCommandType.user):
        found |= {f"command {menu.name}" for menu in bot.tree.get_commands(type=kind)}
    for item in _subclasses(Pressed):
        pattern = item.__discord_ui_compiled_template__.pattern
        found |= {f"component {name}" for name in _expanded(pattern)}
    rows = (
        *answer_rows(
            "k", 1, 3, link=None, page=None, can_share=True, in_server=True, can_tell=True
        ),
        *miss_rows("k", (), has_passage=True),
    )
    for row in rows:
        if isinstance(row, Menu):
            found |= {f"action {choice.value}" for choice in row.choices}
        else:
            found |= {f"action {button.action.split(':')[2]}" for button in row if button.action}
    found |= {f"form {' '.join(sorted(_fields(form)))}" for form in _subclasses(Form)}
    told = {name for name in vars(ArticleBot) if name.startswith("on_")} - _OF_THE_CONNECTION
    return found | {f"event {name}" for name in told}


def _subclasses(base: type) -> Iterator[Any]:
    each: type
    for each in base.__subclasses__():
        yield each
        yield from _subclasses(each)


def _fields(form: type) -> Iterator[str]:
    for value in vars(form).values():
        if isinstance(value, ui.Label):
            yield str(value.component.custom_id)  # type: ignore[attr-defined]


def _expanded(pattern: str) -> list[str]:
    """Name the components of a template: one for each alternative that it spells out."""
    kind = re.match(r"[a-z]+", pattern)
    assert kind is not None, pattern
    for words in re.findall(r"\(\?P<\w+>([a-z]+(?:\|[a-z]+)+)\)", pattern):
        return [f"{kind[0]} {word}" for word in words.split("|")]
    return [kind[0]]


def played(discord: LoopbackDiscord, guild: Guild) -> set[str]:
    """List what was used in a server, from what Discord told the bot."""
    found: set[str] = set()
    for session in discord.gateway.sessions.values():
        for event in session.events:
            name, data = event["t"], event["d"]
            if str(guild.id) not in (data.get("guild_id"), data.get("id")):
                continue
            if name == "INTERACTION_CREATE":
                found |= set(_used(data["type"], data["data"]))
            elif name in _TOLD_BY_DISCORD:
                found.add(f"event {_TOLD_BY_DISCORD[name]}")
    return found


def _used(kind: int, data: dict[str, Any]) -> Iterator[str]:
    if kind in (2, 4):
        name, options = data["name"], data.get("options", ())
        while options and options[0]["type"] == 1:
            name, options = f"{name} {options[0]['name']}", options[0].get("options", ())
        yield f"command {name}"
        for option in options:
            yield f"{'completion' if kind == 4 else 'option'} {name} {option['name']}"
            yield f"value {name} {option['value']}"
    elif kind == 3:
        family, *parts = data["custom_id"].split(":")
        yield f"component {family}"
        yield from (f"component {family} {part}" for part in parts)
        actions = parts[1:2] if family == "answer" else data.get("values", ())
        yield from (f"action {action}" for action in actions)
    elif kind == 5:
        fields = [label["component"]["custom_id"] for label in data["components"]]
        yield f"form {' '.join(sorted(fields))}"

"""Our Discord as a whole, and what a person at a Discord client can do with it.

async with LoopbackDiscord() as discord:
    north = discord.add_guild("North")
    ada = Person("Ada")
    ...the bot connects to discord.api_url with discord.token...
    asked = await discord.slash(ada, north.channel, "ask", question="Why?")
    await discord.answered(asked)
    assert "because" in asked.message.text
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from tests.loopback.rest import guild_of
from tests.loopback.service import Service
from tests.loopback.world import (
    APPLICATION_ID,
    EVERYDAY,
    Invocation,
    Json,
    Message,
    Person,
    Place,
    snowflake,
)

LONGEST_OPTION = 6000
"""Characters of a string option that says no less."""
TURNS = 100
"""Turns of the event loop before a modal is sent, which nobody fills in at once: discord.py
discards what is sent before it has read that the modal was taken."""
PATIENCE = 10.0
"""Seconds a test waits for the bot before it gives up."""


class LoopbackDiscord(Service):
    """A server on 127.0.0.1 that is Discord to a bot, and the people who use it."""

    async def slash(
        self, person: Person, place: Place, name: str, /, **options: str | bool | None
    ) -> Invocation:
        """Send a slash command; ``name`` may hold a subcommand after a space."""
        command, given = self._command(place, name, 1)
        sent = [
            {"name": key, "type": self._option(given, key)["type"], "value": value}
            for key, value in options.items()
            if value is not None
        ]
        missing = [
            option["name"]
            for option in given
            if option.get("required") and options.get(option["name"]) is None
        ]
        if missing:
            raise AssertionError(f"Discord's client asks for {missing} before it sends {name}")
        for each in sent:
            most = self._option(given, each["name"]).get("max_length", LONGEST_OPTION)
            if isinstance(each["value"], str) and len(each["value"]) > most:
                raise AssertionError(f"Discord's client takes {most} characters for {each['name']}")
        return await self._invoke(2, person, place, self._nest(command, name, sent))

    async def role_command(
        self, person: Person, place: Place, name: str, /, **roles: int | None
    ) -> Invocation:
        """Send a slash command whose options are roles, by id."""
        command, given = self._command(place, name, 1)
        chosen = {key: role for key, role in roles.items() if role is not None}
        sent = [
            {"name": key, "type": self._option(given, key)["type"], "value": str(role)}
            for key, role in chosen.items()
        ]
        data = self._nest(command, name, sent)
        guild = place.guild
        assert guild is not None
        data["resolved"] = {
            "roles": {str(role): guild.role_payload(role) for role in chosen.values()}
        }
        return await self._invoke(2, person, place, data)

    async def autocomplete(
        self, person: Person, place: Place, name: str, option: str, typed: str
    ) -> list[Json]:
        """Type into an option, and return the choices offered."""
        command, given = self._command(place, name, 1)
        if not self._option(given, option).get("autocomplete"):
            raise AssertionError(f"{name} {option} offers no choices")
        sent = [{"name": option, "type": 3, "value": typed, "focused": True}]
        asked = await self._invoke(4, person, place, self._nest(command, name, sent))
        await self.until(asked, lambda: asked.choices is not None)
        return asked.choices or []

    async def message_command(
        self, person: Person, place: Place, name: str, target: Message
    ) -> Invocation:
        """Choose a command from a message's menu."""
        command, _ = self._command(place, name, 3)
        data = {
            "id": command["id"],
            "name": name,
            "type": 3,
            "target_id": str(target.id),
            "resolved": {"messages": {str(target.id): target.payload()}},
        }
        return await self._invoke(2, person, place, data)

    async def press(
        self, person: Person, message: Message, label: str, *, place: Place | None = None
    ) -> Invocation:
        """Press a button by its label or emoji, or take a choice of a menu by its label."""
        if label not in message.buttons:
            return await self.choose(person, message, label, place=place)
        button = message.buttons[label]
        if button.get("disabled"):
            raise AssertionError(f"{label!r} is disabled")
        if "custom_id" not in button:
            raise AssertionError(f"{label!r} is a link")
        if message.seen_by not in (None, person):
            raise AssertionError(f"{person.name} does not see this message")
        data = {"component_type": 2, "custom_id": button["custom_id"], "id": 1}
        return await self._invoke(3, person, place or message.place, data, message)

    async def choose(
        self, person: Person, message: Message, *labels: str, place: Place | None = None
    ) -> Invocation:
        """Take choices of one menu, by their labels."""
        taken = [message.choices[label] for label in labels]
        menus = {menu["custom_id"]: menu for menu, _ in taken}
        (menu,) = menus.values()
        if not menu.get("min_values", 1) <= len(taken) <= menu.get("max_values", 1):
            raise AssertionError(f"Discord's client does not take {len(taken)} choices there")
        if message.seen_by not in (None, person):
            raise AssertionError(f"{person.name} does not see this message")
        data = {
            "component_type": 3,
            "custom_id": menu["custom_id"],
            "id": 1,
            "values": [option["value"] for _, option in taken],
        }
        return await self._invoke(3, person, place or message.place, data, message)

    async def submit(
        self, person: Person, opened: Invocation, fields: dict[str, Any]
    ) -> Invocation:
        """Fill in a modal (a text, or attachments from `upload`, by custom_id) and send it."""
        modal = opened.modal
        assert modal is not None
        attachments: Json = {}
        components: list[Json] = []
        for label in modal["components"]:
            inner = label["component"]
            value = fields.get(inner["custom_id"])
            filled: Json = {"type": inner["type"], "custom_id": inner["custom_id"], "id": 2}
            if inner["type"] == 19:
                attachments.update({item["id"]: item for item in value or ()})
                filled["values"] = [item["id"] for item in value or ()]
            else:
                filled["value"] = value or ""
                if len(filled["value"]) > inner.get("max_length", 4000):
                    raise AssertionError("Discord's client does not take so long a text")
            components.append({"type": 18, "id": 1, "component": filled})
        data: Json = {"custom_id": modal["custom_id"], "components": components}
        if attachments:
            data["resolved"] = {"attachments": attachments}
        for _ in range(TURNS):
            await asyncio.sleep(0)
        return await self._invoke(5, person, opened.place, data)

    async def say(
        self,
        person: Person,
        place: Place,
        text: str,
        *,
        mention: bool = False,
        replying: Message | None = None,
        number: int | None = None,
    ) -> Message:
        """Write a message; ``mention`` puts a mention of the bot in front, ``replying`` makes it a
        reply to another message, whose author is notified; ``number`` is its id, a new one if it
        is None."""
        content = f"<@{self.bot.id}> {text}" if mention else text
        self.people[person.id] = person
        message = self.keep(Message(person, place, content, id=number or snowflake()))
        notified = mention or (replying is not None and replying.author is self.bot)
        seen = notified or place.guild is None or self.gateway.reads_content
        payload = message.payload()
        payload["content"] = content if seen else ""  # without the privileged intent
        payload["mentions"] = [{**self.bot.payload(), "bot": True}] if notified else []
        if replying is not None:
            payload["type"] = 19
            payload["message_reference"] = {
                "type": 0,
                "message_id": str(replying.id),
                "channel_id": str(place.id),
            }
            payload["referenced_message"] = replying.payload()
        guild = place.guild
        if guild is not None:
            member = guild.member_payload(person)
            del member["user"], member["permissions"]
            payload["member"] = member
        await self.gateway.dispatch("MESSAGE_CREATE", payload, guild.id if guild else None)
        return message

    async def post(self, person: Person, forum: Place, title: str, text: str) -> Place:
        """Begin a post in a forum; returns its thread."""
        guild = forum.guild
        assert guild is not None
        thread = Place(0, guild, kind=11, name=title, parent=forum, owner=person)
        self.places[thread.id] = thread
        payload = {**thread.payload(), "newly_created": True}
        await self.gateway.dispatch("THREAD_CREATE", payload, guild.id)
        await self.say(person, thread, text, number=thread.id)
        return thread

    async def pick(
        self, person: Person, message: Message, custom_id: str, *numbers: int
    ) -> Invocation:
        """Choose channels or roles in a menu of them."""
        (menu,) = (item for item in message.walk() if item.get("custom_id") == custom_id)
        if not menu.get("min_values", 1) <= len(numbers) <= menu.get("max_values", 1):
            raise AssertionError(f"Discord's client does not take {len(numbers)} choices there")
        guild = message.place.guild
        assert guild is not None
        channels = {channel.id: channel for channel in guild.channels}
        if menu["type"] == 8:
            kinds = menu.get("channel_types") or []
            assert all(not kinds or channels[number].kind in kinds for number in numbers)
            resolved: Json = {
                "channels": {
                    str(number): {**channels[number].payload(), "permissions": "0"}
                    for number in numbers
                }
            }
        else:
            resolved = {"roles": {str(number): guild.role_payload(number) for number in numbers}}
        data = {
            "component_type": menu["type"],
            "custom_id": custom_id,
            "id": 1,
            "values": [str(number) for number in numbers],
            "resolved": resolved,
        }
        return await self._invoke(3, person, message.place, data, message)

    async def reply_to(self, message: Message) -> Message:
        """Wait for the bot's reply to a message."""
        async with asyncio.timeout(PATIENCE):
            while True:
                for candidate in self.messages.values():
                    if candidate.reply_to == message.id:
                        return candidate
                self.changed.clear()
                await self.changed.wait()

    async def written_in(self, place: Place, number: int = 1) -> list[Message]:
        """Wait until the bot has written so many messages in a place that answer no interaction;
        returns them."""
        async with asyncio.timeout(PATIENCE):
            while True:
                told = {id(one.message) for one in self.by_token.values()}
                told |= {id(each) for one in self.by_token.values() for each in one.followups}
                found = [
                    message
                    for message in self.messages.values()
                    if message.author is self.bot and message.place == place
                    if id(message) not in told
                ]
                if len(found) >= number:
                    return found
                self.changed.clear()
                await self.changed.wait()

    # Waiting

    async def until(self, invocation: Invocation, true: Callable[[], bool]) -> None:
        """Wait until something holds of an interaction."""
        async with asyncio.timeout(PATIENCE):
            while not true():
                invocation.changed.clear()
                await invocation.changed.wait()

    async def answered(self, invocation: Invocation) -> Message:
        """Wait for the first answer that says something; returns the message that carries it."""
        await self.until(invocation, lambda: invocation.answered_at is not None)
        if invocation.followups:
            return invocation.followups[-1]
        assert invocation.message is not None
        return invocation.message

    async def deleted(self, invocation: Invocation) -> None:
        """Wait until the message of an interaction is deleted."""
        await self.until(
            invocation, lambda: bool(invocation.message and invocation.message.deleted)
        )

    # Within

    def _command(self, place: Place, name: str, kind: int) -> tuple[Json, list[Json]]:
        """A registered command that can be used at a place, and its (sub)command's options."""
        first, *rest = name.split(" ") if kind == 1 else [name]
        known = list(self.rest.commands.get(None, ()))
        if place.guild is not None:
            known = [*self.rest.commands.get(place.guild.id, ()), *known]
        for command in known:
            contexts = command.get("contexts")
            if (
                command["name"] == first
                and command["type"] == kind
                and (contexts is None or place.context in contexts)
            ):
                options = command.get("options") or []
                for part in rest:
                    options = self._option(options, part).get("options") or []
                return command, options
        raise AssertionError(f"no command {name!r} there")

    @staticmethod
    def _option(options: list[Json], name: str) -> Json:
        for option in options:
            if option["name"] == name:
                return option
        raise AssertionError(f"no option {name!r} among {[each['name'] for each in options]}")

    @staticmethod
    def _nest(command: Json, name: str, options: list[Json]) -> Json:
        for part in reversed(name.split(" ")[1:]):
            options = [{"name": part, "type": 1, "options": options}]
        return {
            "id": command["id"],
            "name": command["name"],
            "type": 1,
            "options": options,
            **({"guild_id": command["guild_id"]} if "guild_id" in command else {}),
        }

    async def _invoke(
        self, kind: int, person: Person, place: Place, data: Json, message: Message | None = None
    ) -> Invocation:
        self.people[person.id] = person
        invocation = Invocation(kind, person, place, self.now(), message)
        self.by_token[invocation.token] = invocation
        guild = place.guild
        here = guild is not None and guild.installed
        owners = {"0": str(guild.id)} if guild is not None and here else {"1": str(person.id)}
        payload = {
            "id": str(invocation.id),
            "application_id": str(APPLICATION_ID),
            "type": kind,
            "token": invocation.token,
            "version": 1,
            "data": data,
            "locale": person.locale,
            "channel": place.payload(),
            "channel_id": str(place.id),
            "context": place.context,
            "app_permissions": str(EVERYDAY),
            "entitlements": [],
            "attachment_size_limit": 10 << 20,
            "authorizing_integration_owners": owners,
            **guild_of(guild),
            **({"member": guild.member_payload(person)} if guild else {"user": person.payload()}),
            **({"message": message.payload()} if message else {}),
        }
        await self.gateway.dispatch(
            "INTERACTION_CREATE", payload, guild.id if here and guild else None
        )
        return invocation

"""The content of our Discord: people, servers, channels, messages, interactions."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]

APPLICATION_ID = 900_000_000_000_000_001
EPHEMERAL = 1 << 6
LOADING = 1 << 7
COMPONENTS_V2 = 1 << 15

CALLBACK_SECONDS = 3.0
TOKEN_SECONDS = 15 * 60.0

VIEW_CHANNEL = 1 << 10
SEND_MESSAGES = 1 << 11
MANAGE_MESSAGES = 1 << 13
MANAGE_GUILD = 1 << 5
USE_EXTERNAL_APPS = 1 << 50
EVERYDAY = VIEW_CHANNEL | SEND_MESSAGES | USE_EXTERNAL_APPS

_numbers: Iterator[int] = itertools.count(1_000_000_000_000_000_000)


def snowflake() -> int:
    """A new id; later ones are greater."""
    return next(_numbers)


@dataclass(frozen=True)
class Person:
    """Somebody with a Discord account."""

    name: str
    id: int = field(default_factory=snowflake)
    is_bot: bool = False
    locale: str = "en-US"
    """The language of their client."""

    def payload(self) -> Json:
        return {
            "id": str(self.id),
            "username": self.name,
            "discriminator": "0",
            "global_name": self.name,
            "avatar": None,
            "public_flags": 0,
        }


@dataclass(frozen=True)
class Place:
    """A channel: of a server, a direct message with the bot, or a group of people."""

    context: int
    """0 a server, 1 a direct message with the bot, 2 a group."""
    guild: Guild | None = None
    id: int = field(default_factory=snowflake)
    kind: int = 0
    """Of a server's channel: 0 text, 11 a thread, 15 a forum."""
    name: str = "general"
    parent: Place | None = None
    """The channel that a thread is in."""
    owner: Person | None = None
    """The person who began a thread."""

    def thread_payload(self) -> Json:
        assert self.guild is not None
        assert self.parent is not None
        return {
            "id": str(self.id),
            "type": 11,
            "guild_id": str(self.guild.id),
            "parent_id": str(self.parent.id),
            "owner_id": str(self.owner.id if self.owner else APPLICATION_ID),
            "name": self.name,
            "last_message_id": str(self.id),
            "message_count": 0,
            "member_count": 1,
            "rate_limit_per_user": 0,
            "thread_metadata": {
                "archived": False,
                "auto_archive_duration": 1440,
                "archive_timestamp": "2026-08-01T00:00:00+00:00",
                "locked": False,
            },
            "flags": 0,
            "applied_tags": [],
        }

    def payload(self) -> Json:
        if self.kind == 11:
            return self.thread_payload()
        if self.guild is not None:
            return {
                "id": str(self.id),
                "type": self.kind,
                "guild_id": str(self.guild.id),
                "name": self.name,
                "position": 0,
                "permission_overwrites": [],
                "nsfw": False,
                "parent_id": None,
            }
        kind = 1 if self.context == 1 else 3
        return {
            "id": str(self.id),
            "type": kind,
            "recipients": [],
            "last_message_id": None,
            "name": None,
            "icon": None,
            "owner_id": str(APPLICATION_ID),
        }


@dataclass
class Guild:
    """A server."""

    name: str
    installed: bool = True
    """True if the bot was added to it; else a person may have brought the app along."""
    id: int = field(default_factory=snowflake)
    roles: dict[int, str] = field(default_factory=dict)
    permissions: dict[int, int] = field(default_factory=dict)
    """Each person's permissions there; anybody else has everybody's."""
    members: dict[int, set[int]] = field(default_factory=dict)
    """The roles of each person."""
    gone: set[int] = field(default_factory=set)
    """The people who are no members any more."""
    locale: str = "en-US"
    channel: Place = field(init=False)
    channels: list[Place] = field(init=False)

    def __post_init__(self) -> None:
        self.channel = Place(0, self)
        self.channels = [self.channel]

    def add_role(self, name: str) -> int:
        """Make a role; returns its id."""
        role = snowflake()
        self.roles[role] = name
        return role

    def role_payload(self, role: int) -> Json:
        name = "@everyone" if role == self.id else self.roles[role]
        return {
            "id": str(role),
            "name": name,
            "color": 0,
            "hoist": False,
            "position": 0,
            "permissions": str(EVERYDAY),
            "managed": False,
            "mentionable": False,
            "flags": 0,
            "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        }

    def member_payload(self, person: Person) -> Json:
        return {
            "user": person.payload(),
            "roles": [str(role) for role in sorted(self.members.get(person.id, ()))],
            "joined_at": "2024-01-01T00:00:00+00:00",
            "deaf": False,
            "mute": False,
            "flags": 0,
            "nick": None,
            "avatar": None,
            "premium_since": None,
            "pending": False,
            "permissions": str(self.permissions.get(person.id, EVERYDAY)),
            "communication_disabled_until": None,
        }

    def payload(self, bot: Person) -> Json:
        return {
            "id": str(self.id),
            "name": self.name,
            "icon": None,
            "splash": None,
            "owner_id": "1",
            "afk_timeout": 300,
            "verification_level": 0,
            "default_message_notifications": 0,
            "explicit_content_filter": 0,
            "roles": [self.role_payload(role) for role in (self.id, *self.roles)],
            "emojis": [],
            "features": [],
            "mfa_level": 0,
            "system_channel_flags": 0,
            "premium_tier": 0,
            "preferred_locale": self.locale,
            "nsfw_level": 0,
            "stickers": [],
            "joined_at": "2024-01-01T00:00:00+00:00",
            "large": False,
            "unavailable": False,
            "member_count": 2,
            "voice_states": [],
            "threads": [],
            "presences": [],
            "stage_instances": [],
            "guild_scheduled_events": [],
            "soundboard_sounds": [],
            "members": [self.member_payload(bot)],
            "channels": [channel.payload() for channel in self.channels],
        }


@dataclass
class Message:
    """A message, as people see it."""

    author: Person
    place: Place
    content: str = ""
    components: list[Json] = field(default_factory=list)
    embeds: list[Json] = field(default_factory=list)
    flags: int = 0
    reply_to: int | None = None
    pinged: list[int] = field(default_factory=list)
    """The people whom it may notify."""
    deleted: bool = False
    seen_by: Person | None = None
    """The one person who sees it, where it is ephemeral."""
    id: int = field(default_factory=snowflake)

    @property
    def ephemeral(self) -> bool:
        return bool(self.flags & EPHEMERAL)

    @property
    def loading(self) -> bool:
        return bool(self.flags & LOADING)

    def walk(self) -> Iterator[Json]:
        """All components, outer before inner."""
        waiting = list(reversed(self.components))
        while waiting:
            component = waiting.pop()
            yield component
            inner = list(component.get("components", ()))
            if "accessory" in component:
                inner.append(component["accessory"])
            if "component" in component:
                inner.append(component["component"])
            waiting.extend(reversed(inner))

    @property
    def texts(self) -> list[str]:
        """The texts in it, in order."""
        found = [component["content"] for component in self.walk() if component["type"] == 10]
        return [self.content, *found] if self.content else found

    @property
    def text(self) -> str:
        return "\n".join(self.texts)

    @property
    def buttons(self) -> dict[str, Json]:
        """Its buttons, by label, or by emoji where they have none."""
        return {
            item.get("label") or item["emoji"]["name"]: item
            for item in self.walk()
            if item["type"] == 2
        }

    @property
    def choices(self) -> dict[str, tuple[Json, Json]]:
        """The choices of its menus by label, each with its menu."""
        return {
            option["label"]: (item, option)
            for item in self.walk()
            if item["type"] == 3
            for option in item["options"]
        }

    def payload(self) -> Json:
        return {
            "id": str(self.id),
            "channel_id": str(self.place.id),
            "author": {**self.author.payload(), "bot": self.author.is_bot},
            "content": self.content,
            "timestamp": "2026-08-01T00:00:00+00:00",
            "edited_timestamp": None,
            "tts": False,
            "mention_everyone": False,
            "mentions": [],
            "mention_roles": [],
            "attachments": [],
            "embeds": self.embeds,
            "pinned": False,
            "type": 19 if self.reply_to else 0,
            "components": self.components,
            "flags": self.flags,
            **({"guild_id": str(self.place.guild.id)} if self.place.guild else {}),
        }


@dataclass
class Invocation:
    """One interaction: what a person did, and what came of it."""

    kind: int
    """2 a command, 3 a button, 4 autocomplete, 5 a modal."""
    person: Person
    place: Place
    created: float
    message: Message | None = None
    """The message the answer stands in: the original response, or the button's own message."""
    callback: int | None = None
    """The type of the first response."""
    acknowledged: float | None = None
    answered_at: float | None = None
    modal: Json | None = None
    choices: list[Json] | None = None
    followups: list[Message] = field(default_factory=list)
    id: int = field(default_factory=snowflake)
    changed: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def here(self) -> bool:
        """Return whether the bot itself is in the channel: in its server, or the other side of a
        direct message. Else a person has brought the app along."""
        guild = self.place.guild
        return self.place.context == 1 if guild is None else guild.installed

    @property
    def may_be_public(self) -> bool:
        """Return whether others may see the answer; an app that was brought along needs its user's
        permission for that."""
        guild = self.place.guild
        if guild is None or guild.installed:
            return True
        return bool(guild.permissions.get(self.person.id, EVERYDAY) & USE_EXTERNAL_APPS)

    @property
    def token(self) -> str:
        return f"interaction-token-{self.id}"

    def notify(self) -> None:
        """Wake whoever waits for something to happen to it."""
        self.changed.set()

    @property
    def private(self) -> list[Message]:
        """The messages only the person who did it sees."""
        original = [self.message] if self.message is not None and self.message.ephemeral else []
        return original + [message for message in self.followups if message.ephemeral]

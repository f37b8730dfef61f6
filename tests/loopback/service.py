"""The service itself: its addresses, its clock, what there is, and what the bot does to it."""

from __future__ import annotations

import asyncio
from types import TracebackType
from typing import Any, Self

from aiohttp import web

from tests.loopback.faults import Faults
from tests.loopback.gateway import Gateway
from tests.loopback.guarded_requests import BASE, Recorded
from tests.loopback.rest import Rest
from tests.loopback.specification import Specification
from tests.loopback.world import (
    APPLICATION_ID,
    EPHEMERAL,
    LOADING,
    Guild,
    Invocation,
    Json,
    Message,
    Person,
    Place,
    snowflake,
)


class Service:
    """Discord without people: what `tests.loopback.server.LoopbackDiscord` lets them use."""

    def __init__(
        self,
        *,
        specification: Specification | None = None,
        token: str = "loopback-token",  # noqa: S107 - it opens nothing but this server
        shards: int = 1,
        max_concurrency: int = 1,
        host: str = "127.0.0.1",
        port: int = 0,
    ) -> None:
        self.specification = specification
        self.token = token
        self.shards = shards
        self.max_concurrency = max_concurrency
        self.bot = Person("articlebot", APPLICATION_ID, is_bot=True)
        self.guilds: dict[int, Guild] = {}
        self.places: dict[int, Place] = {}
        self.people: dict[int, Person] = {}
        """Those who did anything yet."""
        self.directs: dict[int, Place] = {}
        """The direct message channels that the bot opened, by the other side."""
        self.closed: set[int] = set()
        """The direct message channels into which the bot may not write."""
        self.messages: dict[int, Message] = {}
        self.by_token: dict[str, Invocation] = {}
        self.by_nonce: dict[tuple[int, Any], Message] = {}
        self.uploads: dict[str, bytes] = {}
        self.requests: list[Recorded] = []
        self.violations: list[str] = []
        """Requests of the bot that Discord would refuse; at a test's end there must be none."""
        self.faults = Faults()
        self.grants_content = False
        """True if the application may read all messages' texts."""
        self.refuses_content = False
        """True if the gateway refuses what the application's flags grant."""
        self.muted: set[int] = set()
        """The servers in which the bot may not write."""
        self.rest = Rest(self)
        self.gateway = Gateway(self)
        self.rest.app.router.add_get("/gateway", self.gateway.handle)
        self._host, self._port = host, port
        self._ahead = 0.0
        self.changed = asyncio.Event()

    async def __aenter__(self) -> Self:
        self._runner = web.AppRunner(self.rest.app, access_log=None, shutdown_timeout=1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, self._host, self._port, backlog=2048)
        await site.start()
        self._port = self._runner.addresses[0][1]
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.gateway.shut()
        await self._runner.cleanup()

    @property
    def api_url(self) -> str:
        return f"http://{self._host}:{self._port}{BASE}"

    @property
    def gateway_url(self) -> str:
        return f"ws://{self._host}:{self._port}/gateway"

    def now(self) -> float:
        """Seconds on this server's clock."""
        return asyncio.get_running_loop().time() + self._ahead

    def pass_time(self, seconds: float) -> None:
        """Let time pass on this server's clock, at once."""
        self._ahead += seconds

    # What there is

    def add_guild(self, name: str, *, installed: bool = True, shard: int | None = None) -> Guild:
        """Make a server before the bot connects; ``shard`` is the one that its events come to. Ids
        that are given in one moment are all of one shard."""
        guild = Guild(name, installed)
        if shard is not None:
            at = guild.id >> 22
            guild.id = (at - at % self.shards + shard << 22) + snowflake() % (1 << 22)
        self.guilds[guild.id] = guild
        self.places[guild.channel.id] = guild.channel
        return guild

    def add_channel(self, guild: Guild, name: str, *, forum: bool = False) -> Place:
        """Make a channel or a forum before the bot connects."""
        place = Place(0, guild, kind=15 if forum else 0, name=name)
        guild.channels.append(place)
        self.places[place.id] = place
        return place

    async def delete_channel(self, place: Place) -> None:
        """Delete a channel while the bot is connected."""
        assert place.guild is not None
        place.guild.channels.remove(place)
        del self.places[place.id]
        await self.gateway.dispatch("CHANNEL_DELETE", place.payload(), place.guild.id)

    async def delete_role(self, guild: Guild, role: int) -> None:
        """Delete a role while the bot is connected."""
        del guild.roles[role]
        data = {"guild_id": str(guild.id), "role_id": str(role)}
        await self.gateway.dispatch("GUILD_ROLE_DELETE", data, guild.id)

    async def join(self, guild: Guild) -> None:
        """Add the bot to a server while it is connected."""
        guild.installed = True
        self.guilds[guild.id] = guild
        self.places[guild.channel.id] = guild.channel
        await self.gateway.dispatch("GUILD_CREATE", guild.payload(self.bot), guild.id)

    async def leave(self, guild: Guild) -> None:
        """Take the bot off a server while it is connected."""
        guild.installed = False
        await self.gateway.dispatch("GUILD_DELETE", {"id": str(guild.id)}, guild.id)

    def direct(self) -> Place:
        """A direct message channel with the bot."""
        return self._place(Place(1))

    def direct_to(self, person: Person) -> Place:
        """The direct message channel that the bot has with a person."""
        if person.id not in self.directs:
            self.directs[person.id] = self.direct()
        return self.directs[person.id]

    def group(self) -> Place:
        """A group of people, one of whom has brought the app along."""
        return self._place(Place(2))

    def _place(self, place: Place) -> Place:
        self.places[place.id] = place
        return place

    def bot_may_write(self, guild: Guild) -> bool:
        return guild.installed and guild.id not in self.muted

    def upload(self, name: str, data: bytes) -> Json:
        """Keep the files that a person attaches to a modal."""
        key = f"{snowflake()}-{len(self.uploads)}"
        self.uploads[key] = data
        url = f"http://{self._host}:{self._port}/attachments/{key}"
        return {
            "id": str(snowflake()),
            "filename": name,
            "size": len(data),
            "url": url,
            "proxy_url": url,
            "content_type": "application/octet-stream",
        }

    # What the bot does

    def keep(self, message: Message) -> Message:
        self.messages[message.id] = message
        self.changed.set()
        return message

    def publish(self, invocation: Invocation, data: Json, flags: int) -> Message:
        """A message that answers an interaction."""
        message = Message(self.bot, invocation.place, flags=flags)
        self.change(message, data)
        message.flags |= flags | (0 if invocation.may_be_public else EPHEMERAL)
        message.seen_by = invocation.person if message.ephemeral else None
        return self.keep(message)

    def change(self, message: Message, data: Json) -> None:
        """Edit a message; fields that are not named stay as they are."""
        message.flags = (message.flags & ~LOADING) | (data.get("flags") or 0)
        message.content = data.get("content", message.content) or ""
        message.components = data.get("components", message.components) or []
        message.embeds = data.get("embeds", message.embeds) or []

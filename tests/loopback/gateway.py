"""The WebSocket half: sessions, heartbeats, events, and what can go wrong with them.

After Discord's gateway v10: HELLO, IDENTIFY, READY, GUILD_CREATE, heartbeats, RESUME,
INVALID_SESSION and reconnects, compressed with zlib where the client asks for it.
"""

from __future__ import annotations

import asyncio
import json
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from aiohttp import WSCloseCode, WSMsgType, web

from tests.loopback.world import APPLICATION_ID, Json, snowflake

if TYPE_CHECKING:
    from tests.loopback.service import Service

PRIVILEGED_INTENTS = 1 << 1 | 1 << 8 | 1 << 15
MESSAGE_CONTENT = 1 << 15
HEARTBEAT_MILLISECONDS = 41_250


@dataclass
class Session:
    """A session, which may outlive its connection."""

    shard: int = 0
    shards: int = 1
    id: str = field(default_factory=lambda: f"session-{snowflake()}")
    sequence: int = 0
    events: list[Json] = field(default_factory=list)
    """Every event, for a RESUME to catch up."""
    connection: Connection | None = None

    async def dispatch(self, name: str, data: Json) -> None:
        """Send an event, or keep it until the session is resumed."""
        self.sequence += 1
        event = {"op": 0, "t": name, "s": self.sequence, "d": data}
        self.events.append(event)
        if self.connection is not None:
            await self.connection.send(event)


class Connection:
    """One WebSocket."""

    def __init__(self, socket: web.WebSocketResponse, *, compressed: bool) -> None:
        self.socket = socket
        self._zlib = zlib.compressobj() if compressed else None

    async def send(self, payload: Json) -> None:
        text = json.dumps(payload)
        if self.socket.closed:
            return
        if self._zlib is None:
            await self.socket.send_str(text)
        else:
            data = self._zlib.compress(text.encode()) + self._zlib.flush(zlib.Z_SYNC_FLUSH)
            await self.socket.send_bytes(data)


class Gateway:
    """Discord's gateway, as far as this bot needs it."""

    def __init__(self, discord: Service) -> None:
        self.discord = discord
        self.sessions: dict[str, Session] = {}
        self.identifies: list[Json] = []
        self.resumes: list[Json] = []
        self.heartbeats = 0
        self.refuse_resumes = False
        self.ready = asyncio.Event()
        """Set while a session is connected."""

    @property
    def live(self) -> list[Session]:
        """The sessions in use, connected or not, one a shard."""
        newest = {session.shard: session for session in self.sessions.values()}
        return [newest[shard] for shard in sorted(newest)]

    async def dispatch(self, name: str, data: Json, guild: int | None = None) -> None:
        """Send an event to the shard that a server belongs to (private things go to shard 0)."""
        for session in self.live:
            if session.shard == ((guild or 0) >> 22) % session.shards:
                await session.dispatch(name, data)

    @property
    def reads_content(self) -> bool:
        """Return whether the bot asked for all messages' texts when it connected."""
        return bool(self.identifies and self.identifies[-1]["intents"] & MESSAGE_CONTENT)

    async def ask_to_reconnect(self) -> None:
        """Opcode 7: the client shall come back and resume."""
        await self._tell({"op": 7, "d": None})

    async def invalidate(self, *, resumable: bool) -> None:
        """Opcode 9: the session is no longer valid, or cannot go on here."""
        if not resumable:
            self.refuse_resumes = True
        await self._tell({"op": 9, "d": resumable})

    async def close_connections(self, code: int) -> None:
        """Close every connection with a code."""
        for session in self.live:
            if session.connection is not None:
                await session.connection.socket.close(code=code)

    async def _tell(self, payload: Json) -> None:
        self.ready.clear()
        for session in self.live:
            if session.connection is not None:
                await session.connection.send(payload)

    async def handle(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse(max_msg_size=4096)
        await socket.prepare(request)
        if request.query.get("v") != "10" or request.query.get("encoding") != "json":
            await socket.close(code=4012)
            return socket
        connection = Connection(socket, compressed=request.query.get("compress") == "zlib-stream")
        await connection.send({"op": 10, "d": {"heartbeat_interval": HEARTBEAT_MILLISECONDS}})
        session: Session | None = None
        async for message in socket:
            if message.type is not WSMsgType.TEXT:
                break
            payload = json.loads(message.data)
            if payload["op"] == 1:
                self.heartbeats += 1
                await connection.send({"op": 11, "d": None})
            elif payload["op"] == 2:
                session = await self._identify(connection, payload["d"])
            elif payload["op"] == 6:
                session = await self._resume(connection, payload["d"])
            elif session is None:
                await socket.close(code=4003)
        if session is not None and session.connection is connection:
            session.connection = None
            self.ready.clear()
        return socket

    async def _identify(self, connection: Connection, data: Json) -> Session | None:
        self.identifies.append(data)
        if data["token"] != self.discord.token:
            await connection.socket.close(code=4004, message=b"Authentication failed.")
            return None
        reads = self.discord.grants_content and not self.discord.refuses_content
        granted = MESSAGE_CONTENT if reads else 0
        if data["intents"] & PRIVILEGED_INTENTS & ~granted:
            await connection.socket.close(code=4014, message=b"Disallowed intent(s).")
            return None
        shard, shards = data.get("shard", (0, 1))
        session = Session(shard, shards, connection=connection)
        self.sessions[session.id] = session
        self.refuse_resumes = False
        guilds = [
            guild
            for guild in self.discord.guilds.values()
            if guild.installed and (guild.id >> 22) % shards == shard
        ]
        await session.dispatch(
            "READY",
            {
                "v": 10,
                "session_id": session.id,
                "session_type": "normal",
                "user": {
                    **self.discord.bot.payload(),
                    "bot": True,
                    "verified": True,
                    "mfa_enabled": False,
                    "flags": 0,
                    "email": None,
                },
                "guilds": [{"id": str(guild.id), "unavailable": True} for guild in guilds],
                "resume_gateway_url": self.discord.gateway_url,
                "application": {"id": str(APPLICATION_ID), "flags": 0},
                "shard": [shard, shards],
                "private_channels": [],
            },
        )
        for guild in guilds:
            await session.dispatch("GUILD_CREATE", guild.payload(self.discord.bot))
        self.ready.set()
        return session

    async def _resume(self, connection: Connection, data: Json) -> Session | None:
        self.resumes.append(data)
        session = self.sessions.get(data["session_id"])
        if session is None or self.refuse_resumes or data["token"] != self.discord.token:
            await connection.send({"op": 9, "d": False})
            return None
        for event in session.events:
            if event["s"] > data["seq"]:
                await connection.send(event)
        session.connection = connection
        await session.dispatch("RESUMED", {})
        self.ready.set()
        return session

    async def shut(self) -> None:
        """End every connection, as a server does that goes down."""
        await self.close_connections(WSCloseCode.GOING_AWAY)

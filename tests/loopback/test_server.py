"""Our Discord keeps Discord's rules, seen by a client that is not discord.py."""

from __future__ import annotations

import asyncio
import json
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest

from tests.loopback.server import LoopbackDiscord
from tests.loopback.world import (
    APPLICATION_ID,
    COMPONENTS_V2,
    EPHEMERAL,
    SEND_MESSAGES,
    Invocation,
    Person,
)

ADA = Person("Ada")
COMMANDS = [
    {"name": "ask", "description": "x", "type": 1, "options": [
        {"name": "question", "description": "x", "type": 3, "required": True}]},
]  # fmt: skip
NO_PING: dict[str, Any] = {"allowed_mentions": {"parse": []}}
HELLO = {"content": "Hello", **NO_PING}


class Client:
    """The smallest bot that will do."""

    def __init__(self, discord: LoopbackDiscord, session: aiohttp.ClientSession) -> None:
        self.discord = discord
        self.session = session
        self.events: list[dict[str, Any]] = []

    async def request(
        self, method: str, path: str, body: Any = None, token: str | None = None
    ) -> tuple[int, Any]:
        """The status and the body of an answer."""
        headers = {"Authorization": f"Bot {token or self.discord.token}"}
        url = self.discord.api_url + path
        async with self.session.request(method, url, json=body, headers=headers) as response:
            data = await response.read()
            return response.status, json.loads(data) if data else None

    async def callback(self, invocation: Invocation, body: Any) -> tuple[int, Any]:
        path = f"/interactions/{invocation.id}/{invocation.token}/callback?with_response=1"
        return await self.request("POST", path, body)

    async def connect(self, query: str = "v=10&encoding=json") -> aiohttp.ClientWebSocketResponse:
        return await self.session.ws_connect(f"{self.discord.gateway_url}?{query}")

    async def identify(self, socket: aiohttp.ClientWebSocketResponse, **other: Any) -> None:
        data = {"token": self.discord.token, "intents": 513, "properties": {}, **other}
        await socket.send_json({"op": 2, "d": data})


@asynccontextmanager
async def client() -> AsyncIterator[Client]:
    async with LoopbackDiscord() as discord, aiohttp.ClientSession() as session:
        made = Client(discord, session)
        await made.request("PUT", f"/applications/{APPLICATION_ID}/commands", COMMANDS)
        yield made


def scene(test: Callable[[Client], Awaitable[None]]) -> None:
    async def play() -> None:
        async with client() as made:
            await test(made)

    asyncio.run(play())


async def asked(made: Client) -> Invocation:
    guild = made.discord.add_guild("North")
    return await made.discord.slash(ADA, guild.channel, "ask", question="Why?")


def test_a_session_is_greeted_identified_resumed_and_invalidated() -> None:
    async def play(made: Client) -> None:
        guild = made.discord.add_guild("North")
        socket = await made.connect()
        assert (await socket.receive_json())["op"] == 10
        await socket.send_json({"op": 1, "d": None})
        assert (await socket.receive_json())["op"] == 11
        await made.identify(socket)
        ready = await socket.receive_json()
        assert (ready["t"], ready["s"], ready["d"]["v"]) == ("READY", 1, 10)
        assert ready["d"]["guilds"] == [{"id": str(guild.id), "unavailable": True}]
        created = await socket.receive_json()
        assert (created["t"], created["d"]["id"]) == ("GUILD_CREATE", str(guild.id))
        await socket.close()
        await made.discord.say(ADA, guild.channel, "Hello")
        socket = await made.connect()
        await socket.receive_json()
        resume = {"token": made.discord.token, "session_id": ready["d"]["session_id"], "seq": 2}
        await socket.send_json({"op": 6, "d": resume})
        missed = await socket.receive_json()
        assert (missed["t"], missed["s"], missed["d"]["content"]) == ("MESSAGE_CREATE", 3, "")
        assert (await socket.receive_json())["t"] == "RESUMED"
        await made.discord.gateway.ask_to_reconnect()
        assert (await socket.receive_json())["op"] == 7
        await made.discord.gateway.invalidate(resumable=False)
        assert await socket.receive_json() == {"op": 9, "d": False}
        await socket.close()
        socket = await made.connect()
        await socket.receive_json()
        await socket.send_json({"op": 6, "d": resume})
        assert await socket.receive_json() == {"op": 9, "d": False}

    scene(play)


@pytest.mark.parametrize(
    ("identify", "code"), [({"token": "wrong"}, 4004), ({"intents": 1 << 15}, 4014)]
)
def test_who_may_not_identify_is_shown_out(identify: dict[str, Any], code: int) -> None:
    async def play(made: Client) -> None:
        socket = await made.connect()
        await socket.receive_json()
        await made.identify(socket, **identify)
        await socket.receive()
        assert socket.close_code == code

    scene(play)


def test_events_are_compressed_where_that_is_asked_for() -> None:
    async def play(made: Client) -> None:
        socket = await made.connect("v=10&encoding=json&compress=zlib-stream")
        hello = await socket.receive_bytes()
        assert hello.endswith(b"\x00\x00\xff\xff")
        inflate = zlib.decompressobj()
        assert json.loads(inflate.decompress(hello))["op"] == 10
        await made.identify(socket)
        ready = json.loads(inflate.decompress(await socket.receive_bytes()))
        assert ready["t"] == "READY"
        refused = await made.connect("v=9&encoding=json")
        await refused.receive()
        assert refused.close_code == 4012

    scene(play)


def test_an_interaction_is_answered_once_and_in_time() -> None:
    async def play(made: Client) -> None:
        first = await asked(made)
        status, body = await made.callback(first, {"type": 4, "data": HELLO})
        assert status == 200
        assert body["resource"]["message"]["content"] == "Hello"
        assert body["interaction"]["response_message_id"] == body["resource"]["message"]["id"]
        assert (await made.discord.answered(first)).text == "Hello"
        status, body = await made.callback(first, {"type": 4, "data": HELLO})
        assert (status, body["code"]) == (400, 40060)
        late = await asked(made)
        made.discord.pass_time(3.1)
        status, body = await made.callback(late, {"type": 4, "data": HELLO})
        assert (status, body["code"]) == (404, 10062)
        assert made.discord.violations == []

    scene(play)


def test_a_deferred_answer_is_filled_in_until_its_token_dies() -> None:
    async def play(made: Client) -> None:
        invocation = await asked(made)
        assert (await made.callback(invocation, {"type": 5, "data": {"flags": 64}}))[0] == 200
        assert invocation.message is not None
        assert invocation.message.loading
        assert invocation.answered_at is None
        base = f"/webhooks/{APPLICATION_ID}/{invocation.token}"
        edited = {"content": "Here", **NO_PING}
        assert (await made.request("PATCH", f"{base}/messages/@original", edited))[0] == 200
        message = await made.discord.answered(invocation)
        assert (message.text, message.loading, message.ephemeral) == ("Here", False, True)
        assert message.seen_by == ADA
        assert (await made.request("POST", base, HELLO))[0] == 200
        assert [each.text for each in invocation.followups] == ["Hello"]
        assert (await made.request("DELETE", f"{base}/messages/@original"))[0] == 204
        await made.discord.deleted(invocation)
        status, body = await made.request("PATCH", f"{base}/messages/@original", edited)
        assert (status, body["code"]) == (404, 10008)
        made.discord.pass_time(15 * 60)
        status, body = await made.request("POST", base, HELLO)
        assert (status, body["code"]) == (401, 50027)

    scene(play)


def test_an_app_that_was_brought_along_is_kept_short() -> None:
    async def play(made: Client) -> None:
        away = made.discord.add_guild("Away", installed=False)
        away.permissions[ADA.id] = SEND_MESSAGES
        invocation = await made.discord.slash(ADA, away.channel, "ask", question="Why?")
        await made.callback(invocation, {"type": 4, "data": HELLO})
        assert (await made.discord.answered(invocation)).seen_by == ADA
        base = f"/webhooks/{APPLICATION_ID}/{invocation.token}"
        answers = [await made.request("POST", base, HELLO) for _ in range(6)]
        assert [status for status, _ in answers] == [200] * 5 + [400]
        assert answers[5][1]["code"] == 40094

    scene(play)


def test_a_message_of_the_same_nonce_is_written_once() -> None:
    async def play(made: Client) -> None:
        path = f"/channels/{made.discord.add_guild('North').channel.id}/messages"
        sent = [
            (await made.request("POST", path, {**HELLO, "nonce": nonce, "enforce_nonce": True}))[1]
            for nonce in ("1", "1", "2")
        ]
        assert sent[0]["id"] == sent[1]["id"] != sent[2]["id"]
        assert len(made.discord.messages) == 2

    scene(play)


def test_what_discord_refuses_is_refused_and_remembered() -> None:
    async def play(made: Client) -> None:
        for body, problem in (
            ({"type": 7, "data": HELLO}, "callback type 7 for an interaction of type 2"),
            (
                {"type": 5, "data": {"flags": COMPONENTS_V2 | EPHEMERAL}},
                "a deferred response may carry the EPHEMERAL flag only",
            ),
            ({"type": 4, "data": {}}, "an empty message"),
        ):
            status, answer = await made.callback(await asked(made), body)
            assert (status, answer["code"]) == (400, 50035)
            assert made.discord.violations.pop() == problem
        status, _ = await made.request("PUT", f"/applications/{APPLICATION_ID}/commands",
                                       [{**COMMANDS[0], "name": "ASK"}])  # fmt: skip
        assert status == 400
        assert made.discord.violations == ["ASK: not a name for a slash command"]
        status, _ = await made.request("GET", "/users/@me", token=ADA.name)
        assert status == 401

    scene(play)


def test_faults_strike_as_often_as_planned() -> None:
    async def play(made: Client) -> None:
        faults = made.discord.faults
        faults.plan("GET", "/users/@me", 429)
        status, body = await made.request("GET", "/users/@me")
        assert (status, body["retry_after"]) == (429, 0.01)
        faults.plan("GET", "/users/@me", 503, times=2)
        statuses = [(await made.request("GET", "/users/@me"))[0] for _ in range(3)]
        assert statuses == [503, 503, 200]
        faults.plan("POST", "/callback", 0)
        with pytest.raises(aiohttp.ClientError):
            await made.callback(invocation := await asked(made), {"type": 5})
        assert invocation.callback is None
        faults.lose_answer("POST", "/callback")
        with pytest.raises(aiohttp.ClientError):
            await made.callback(invocation, {"type": 5})
        assert invocation.callback == 5

    scene(play)


def test_people_can_do_only_what_their_client_lets_them() -> None:
    async def play(made: Client) -> None:
        guild = made.discord.add_guild("North")
        with pytest.raises(AssertionError, match="no command 'nothing' there"):
            await made.discord.slash(ADA, guild.channel, "nothing")
        with pytest.raises(AssertionError, match=r"asks for \['question'\]"):
            await made.discord.slash(ADA, guild.channel, "ask")
        with pytest.raises(AssertionError, match="takes 6000 characters for question"):
            await made.discord.slash(ADA, guild.channel, "ask", question="x" * 6001)
        with pytest.raises(AssertionError, match="no option 'colour'"):
            await made.discord.slash(ADA, guild.channel, "ask", question="x", colour="red")
        with pytest.raises(AssertionError, match="offers no choices"):
            await made.discord.autocomplete(ADA, guild.channel, "ask", "question", "x")

    scene(play)

"""The HTTP half: the requests a bot sends, checked and carried out."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from aiohttp import web

from tests.loopback import rules
from tests.loopback.guarded_requests import BASE, GuardedRequests, RefusalError
from tests.loopback.world import (
    APPLICATION_ID,
    CALLBACK_SECONDS,
    EPHEMERAL,
    LOADING,
    TOKEN_SECONDS,
    Guild,
    Invocation,
    Json,
    Message,
    Person,
    snowflake,
)

if TYPE_CHECKING:
    from tests.loopback.service import Service

FOLLOW_UPS = 5
"""The most that answer one interaction where only a person brought the app along."""


class Rest(GuardedRequests):
    """Discord's HTTP API, as far as this bot needs it."""

    def __init__(self, discord: Service) -> None:
        super().__init__(discord)
        self.commands: dict[int | None, list[Json]] = {}
        """The registered commands: for everybody under None, for one server under its id."""
        self.app = web.Application(client_max_size=32 << 20)
        callback = "/interactions/{interaction}/{token}/callback"
        webhook = f"/webhooks/{APPLICATION_ID}/{{token}}"
        routes: list[tuple[str, str, Callable[[web.Request, Any], Awaitable[Any]]]] = [
            ("GET", "/users/@me", self._me),
            ("GET", "/oauth2/applications/@me", self._application),
            ("GET", "/gateway/bot", self._gateway),
            ("PUT", f"/applications/{APPLICATION_ID}/commands", self._put_commands),
            (
                "PUT",
                f"/applications/{APPLICATION_ID}/guilds/{{guild}}/commands",
                self._put_commands,
            ),
            ("GET", f"/applications/{APPLICATION_ID}/commands", self._get_commands),
            ("POST", callback, self._callback),
            ("POST", webhook, self._followup),
            ("PATCH", webhook + "/messages/{message}", self._edit),
            ("DELETE", webhook + "/messages/{message}", self._delete),
            ("GET", webhook + "/messages/{message}", self._read),
            ("POST", "/channels/{channel}/messages", self._send),
            ("GET", "/users/{user}", self._user),
            ("POST", "/users/@me/channels", self._direct),
            ("GET", "/guilds/{guild}/members/{user}", self._member),
        ]
        for method, path, handler in routes:
            self.app.router.add_route(method, BASE + path, self.guarded(handler))
        self.app.router.add_get("/attachments/{name}", self._attachment)

    async def _me(self, request: web.Request, body: Any) -> Json:
        return {
            **self.discord.bot.payload(),
            "bot": True,
            "verified": True,
            "mfa_enabled": False,
            "flags": 0,
            "locale": "en-US",
        }

    async def _application(self, request: web.Request, body: Any) -> Json:
        return {
            "id": str(APPLICATION_ID),
            "name": "articlebot",
            "icon": None,
            "description": "",
            "bot_public": True,
            "bot_require_code_grant": False,
            "verify_key": "0" * 64,
            "owner": self.discord.bot.payload(),
            "team": None,
            "flags": 1 << 18 if self.discord.grants_content else 0,
            "summary": "",
            "hook": True,
            "rpc_origins": [],
            "redirect_uris": [],
            "interactions_endpoint_url": None,
            "role_connections_verification_url": None,
            "approximate_guild_count": len(self.discord.guilds),
            "approximate_user_install_count": 0,
        }

    async def _gateway(self, request: web.Request, body: Any) -> Json:
        limit = {
            "total": 1000,
            "remaining": 999,
            "reset_after": 1000,
            "max_concurrency": self.discord.max_concurrency,
        }
        return {
            "url": self.discord.gateway_url,
            "shards": self.discord.shards,
            "session_start_limit": limit,
        }

    async def _put_commands(self, request: web.Request, body: Any) -> list[Json]:
        named = request.match_info.get("guild")
        guild = int(named) if named else None
        self.refuse(rules.commands_problems(body))
        self.commands[guild] = [
            {
                **command,
                "id": str(snowflake()),
                "application_id": str(APPLICATION_ID),
                "version": str(snowflake()),
                "type": command.get("type", 1),
                "description": command.get("description") or "",
                "default_member_permissions": command.get("default_member_permissions"),
                **({"guild_id": named} if named else {}),
            }
            for command in body
        ]
        return self.commands[guild]

    async def _get_commands(self, request: web.Request, body: Any) -> list[Json]:
        return self.commands.get(None, [])

    def _live(self, request: web.Request) -> Invocation:
        """The interaction whose token the request carries."""
        found = self.discord.by_token.get(request.match_info["token"])
        if found is None:
            raise RefusalError(404, 10015, "Unknown Webhook")
        if self.discord.now() - found.created > TOKEN_SECONDS:
            raise RefusalError(401, 50027, "Invalid Webhook Token")
        return found

    async def _callback(self, request: web.Request, body: Json) -> Json | None:
        invocation = self.discord.by_token.get(request.match_info["token"])
        if (
            invocation is None
            or str(invocation.id) != request.match_info["interaction"]
            or self.discord.now() - invocation.created > CALLBACK_SECONDS
        ):
            raise RefusalError(404, 10062, "Unknown interaction")
        if invocation.callback is not None:
            raise RefusalError(400, 40060, "Interaction has already been acknowledged.")
        kind, data = body["type"], body.get("data") or {}
        allowed = {2: (4, 5, 9), 3: (4, 5, 6, 7, 9), 4: (8,), 5: (4, 5, 6, 7)}[invocation.kind]
        if kind not in allowed:
            self.refuse([f"callback type {kind} for an interaction of type {invocation.kind}"])
        if kind == 5 and (data.get("flags") or 0) & ~EPHEMERAL:
            self.refuse(["a deferred response may carry the EPHEMERAL flag only"])
        if kind in (4, 7):
            self.refuse(rules.message_problems(data, editing=kind == 7))
        if kind == 9:
            self.refuse(rules.modal_problems(data))
        if kind == 8:
            self.refuse(rules.choices_problems(data["choices"]))
        invocation.callback, invocation.acknowledged = kind, self.discord.now()
        self._carry_out(invocation, kind, data)
        invocation.notify()
        if request.query.get("with_response", "").lower() not in ("true", "1"):
            return None
        message = invocation.message if kind in (4, 5, 7) else None
        resource = {"resource": {"type": kind, "message": message.payload()}} if message else {}
        return {
            "interaction": {
                "id": str(invocation.id),
                "type": invocation.kind,
                **(
                    {
                        "response_message_id": str(message.id),
                        "response_message_loading": message.loading,
                        "response_message_ephemeral": message.ephemeral,
                    }
                    if message
                    else {}
                ),
            },
            **resource,
        }

    def _carry_out(self, invocation: Invocation, kind: int, data: Json) -> None:
        if kind in (4, 5):
            flags = (data.get("flags") or 0) | (LOADING if kind == 5 else 0)
            invocation.message = self.discord.publish(invocation, data, flags)
        elif kind == 7:
            assert invocation.message is not None
            self.discord.change(invocation.message, data)
        elif kind == 8:
            invocation.choices = data["choices"]
        elif kind == 9:
            invocation.modal = data
        if kind not in (5, 6):
            invocation.answered_at = self.discord.now()

    async def _followup(self, request: web.Request, body: Json) -> Json:
        invocation = self._live(request)
        self.refuse(rules.message_problems(body))
        original = invocation.message
        if (
            invocation.callback == 5
            and original is not None
            and original.loading
            and not original.deleted
        ):
            # Discord lets the first follow-up fill in the deferred response.
            self.discord.change(original, body)
            message = original
        else:
            if not invocation.here and len(invocation.followups) == FOLLOW_UPS:
                raise RefusalError(400, 40094, "Maximum number of follow-up messages reached")
            message = self.discord.publish(invocation, body, body.get("flags") or 0)
            invocation.followups.append(message)
        invocation.answered_at = self.discord.now()
        invocation.notify()
        return message.payload()

    def _target(self, request: web.Request) -> tuple[Invocation, Message]:
        invocation = self._live(request)
        named = request.match_info["message"]
        mine = [*([invocation.message] if invocation.message else []), *invocation.followups]
        for message in mine:
            if not message.deleted and (
                (named == "@original" and message is mine[0]) or named == str(message.id)
            ):
                return invocation, message
        raise RefusalError(404, 10008, "Unknown Message")

    async def _edit(self, request: web.Request, body: Json) -> Json:
        invocation, message = self._target(request)
        self.refuse(
            rules.message_problems({"flags": message.flags & ~LOADING, **body}, editing=True)
        )
        self.discord.change(message, body)
        invocation.answered_at = self.discord.now()
        invocation.notify()
        return message.payload()

    async def _delete(self, request: web.Request, body: Any) -> None:
        invocation, message = self._target(request)
        message.deleted = True
        invocation.notify()

    async def _read(self, request: web.Request, body: Any) -> Json:
        return self._target(request)[1].payload()

    def _person(self, text: Any) -> Person:
        person = self.discord.people.get(int(text))
        if person is None:
            raise RefusalError(404, 10013, "Unknown User")
        return person

    async def _user(self, request: web.Request, body: Any) -> Json:
        return self._person(request.match_info["user"]).payload()

    async def _direct(self, request: web.Request, body: Json) -> Json:
        person = self._person(body["recipient_id"])
        return {**self.discord.direct_to(person).payload(), "recipients": [person.payload()]}

    async def _member(self, request: web.Request, body: Any) -> Json:
        guild = self.discord.guilds.get(int(request.match_info["guild"]))
        person = self._person(request.match_info["user"])
        if guild is None or not guild.installed:
            raise RefusalError(403, 50001, "Missing Access")
        if person.id in guild.gone:
            raise RefusalError(404, 10007, "Unknown Member")
        return guild.member_payload(person)

    async def _send(self, request: web.Request, body: Json) -> Json:
        place = self.discord.places.get(int(request.match_info["channel"]))
        if place is None:
            raise RefusalError(404, 10003, "Unknown Channel")
        if place.guild is not None and not self.discord.bot_may_write(place.guild):
            raise RefusalError(403, 50013, "Missing Permissions")
        if place.id in self.discord.closed:
            raise RefusalError(403, 50007, "Cannot send messages to this user")
        self.refuse(rules.message_problems(body))
        nonce = (place.id, body.get("nonce"))
        if body.get("enforce_nonce") and nonce in self.discord.by_nonce:
            return self.discord.by_nonce[nonce].payload()
        reference = body.get("message_reference") or {}
        message = Message(
            self.discord.bot,
            place,
            body.get("content") or "",
            body.get("components") or [],
            body.get("embeds") or [],
            body.get("flags") or 0,
            int(reference.get("message_id", 0)) or None,
        )
        mentions = body.get("allowed_mentions") or {}
        message.pinged = [int(user) for user in mentions.get("users") or ()]
        self.discord.by_nonce[nonce] = self.discord.keep(message)
        return message.payload()

    async def _attachment(self, request: web.Request) -> web.Response:
        fault = self.discord.faults.take("GET", request.path)
        if fault is not None:
            return web.Response(status=fault.status)
        data = self.discord.uploads.get(request.match_info["name"])
        return web.Response(status=404) if data is None else web.Response(body=data)


def guild_of(place_guild: Guild | None) -> Json:
    """The fields by which an interaction names its server; empty in private."""
    if place_guild is None:
        return {}
    return {
        "guild_id": str(place_guild.id),
        "guild_locale": "en-US",
        "guild": {"id": str(place_guild.id), "locale": "en-US", "features": []},
    }

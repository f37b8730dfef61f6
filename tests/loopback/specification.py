"""Discord's OpenAPI description as a validator of what the bot sends.

The description is Discord's (MIT) and is not shipped here: it is read from the file that the
environment's DISCORD_OPENAPI names, else from ``../shared/discord/openapi.json``.
"""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any

import jsonschema
from jsonschema.exceptions import best_match
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from tests.loopback.world import Json

WHERE = "urn:discord"
MISSING = "Discord's OpenAPI description is not at hand (DISCORD_OPENAPI, ../shared/discord)"


def find() -> Path | None:
    """Return the description's path, or None; the file that DISCORD_OPENAPI names must exist."""
    if named := os.environ.get("DISCORD_OPENAPI"):
        return Path(named).resolve(strict=True)
    path = Path(__file__).parents[3] / "shared/discord/openapi.json"
    return path if path.is_file() else None


_IDS = re.compile(r"(?<!\d)\d{15,20}(?!\d)|(?<=:)[\w-]{16}(?=:)")
"""Snowflakes, and the random keys of answers within custom_ids: each is as sound as another."""


class Specification:
    """Validates request bodies by method and path."""

    def __init__(self, document: Json) -> None:
        # Mended: Discord takes numbers for ids, and discord.py sends them.
        document["components"]["schemas"]["SnowflakeType"] = {
            "anyOf": [{"type": "string"}, {"type": "integer", "minimum": 0}]
        }
        self._document = document
        resource: Resource[Any] = Resource.from_contents(document, DRAFT202012)
        self._registry: Registry[Any] = Registry().with_resource(WHERE, resource)
        self._validators: dict[str, jsonschema.Draft202012Validator] = {}
        self._sound: set[tuple[str, str]] = set()
        """Requests validated before, without their ids: validating takes milliseconds."""
        self._paths = [
            (re.compile("^" + re.sub(r"\{[^}]+\}", "[^/]+", path) + "$"), path)
            for path in sorted(document["paths"], key=lambda path: path.count("{"))
        ]

    @classmethod
    def load(cls, path: Path) -> Specification:
        return cls(json.loads(path.read_text(encoding="utf-8")))

    def problems(self, method: str, path: str, body: Any) -> list[str]:
        """Return the faults of a request, one line each; none if it is well formed.

        ``path`` is without the API's base, ``body`` the parsed JSON or None.
        """
        pattern = next((known for regex, known in self._paths if regex.match(path)), None)
        operation = (
            self._document["paths"].get(pattern, {}).get(method.lower()) if pattern else None
        )
        if operation is None:
            return [f"{method} {path}: no such operation"]
        content = (operation.get("requestBody") or {}).get("content", {})
        if "application/json" not in content or body is None:
            return []
        pointer = self._pointer(str(pattern), method.lower(), body)
        seen = (pointer, _IDS.sub(lambda found: "0" * len(found[0]), json.dumps(body)))
        if seen in self._sound:
            return []
        error = best_match(self._validator(pointer).iter_errors(body))
        if error is None:
            self._sound.add(seen)
            return []
        place = "/".join(str(part) for part in error.absolute_path)
        return [f"{method} {pattern}: {place or 'body'}: {error.message[:300]}"]

    def _pointer(self, path: str, method: str, body: Any) -> str:
        escaped = path.replace("~", "~0").replace("/", "~1").replace("{", "%7B").replace("}", "%7D")
        base = f"{WHERE}#/paths/{escaped}/{method}/requestBody/content/application~1json/schema"
        schema = self._document["paths"][path][method]["requestBody"]["content"]["application/json"]
        for branch in schema["schema"].get("anyOf", ()):
            # The branch is chosen by the body's own type, or the error names the wrong one.
            if "$ref" in branch and isinstance(body, dict) and "type" in body:
                name = branch["$ref"].rsplit("/", 1)[1]
                if body["type"] in self._types(name):
                    return f"{WHERE}#/components/schemas/{name}"
        return base

    def _types(self, name: str) -> set[Any]:
        """The values that a schema's ``type`` property may have."""
        schema = self._document["components"]["schemas"][name]
        return set(schema.get("properties", {}).get("type", {}).get("enum", ()))

    def _validator(self, pointer: str) -> jsonschema.Draft202012Validator:
        if pointer not in self._validators:
            self._validators[pointer] = jsonschema.Draft202012Validator(
                {"$ref": pointer}, registry=self._registry
            )
        return self._validators[pointer]

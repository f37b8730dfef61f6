"""The description of the JSON interface, in OpenAPI 3.1.

A test holds every answer against it.
"""

from __future__ import annotations

from typing import Any

from bot import __version__

_JSON = "application/json"


def description(public_url: str = "") -> dict[str, Any]:
    """Return the description; ``public_url`` is where the interface is reached, if known."""
    found: dict[str, Any] = {
        "openapi": "3.1.0",
        "info": {
            "title": "articlebot",
            "version": __version__,
            "summary": "Answers questions about articles with their own words",
            "description": "Offsets count Unicode code points. What is not known is null.",
        },
        "paths": _paths(),
        "components": {"schemas": _SCHEMAS},
    }
    if public_url:
        found["servers"] = [{"url": public_url.rstrip("/")}]
    return found


def _paths() -> dict[str, Any]:
    address = _parameter("address", "Of an article or a passage: slug, slug#8, slug#7-8@3f9c2a1b")
    ask = [
        _parameter("q", "The question"),
        _parameter("article", "The slug or the title of the one article to look in", False),
        {
            **_parameter("limit", "How many matches to give at most", False),
            "schema": {"type": "integer", "minimum": 1, "maximum": 100, "default": 1},
        },
        {
            **_parameter("follows", "The questions before this one, oldest first", False),
            "schema": {"type": "array", "items": {"type": "string"}},
        },
    ]
    quote = {"quote": {"type": "string", "description": "The words that were quoted"}}
    body = {"schema": {"type": "object", "properties": quote}}
    return {
        "/api/ask": {"get": _operation("ask", "Answer a question", ask, "Answer")},
        "/api/show": {
            "get": _operation("show", "Show an article or a passage", [address], "Article")
        },
        "/api/verify": {
            "get": _operation("verify", "Check a citation", [address], "Verdict"),
            "post": {
                **_operation("verifyQuote", "Check a quotation", [address], "Verdict"),
                "requestBody": {
                    "required": True,
                    "content": {_JSON: body, "application/x-www-form-urlencoded": body},
                },
            },
        },
        "/api/articles": {
            "get": {
                **_operation("articles", "List the articles", [], ""),
                "responses": _responses(
                    {"type": "array", "items": {"$ref": "#/components/schemas/Entry"}}
                ),
            }
        },
        "/api/openapi.json": {
            "get": {
                **_operation("openapi", "This description", [], ""),
                "responses": _responses({"type": "object"}),
            }
        },
    }


def _parameter(name: str, text: str, required: bool = True) -> dict[str, Any]:
    return {
        "name": name,
        "in": "query",
        "required": required,
        "description": text,
        "schema": {"type": "string"},
    }


def _operation(
    name: str, summary: str, parameters: list[dict[str, Any]], schema: str
) -> dict[str, Any]:
    return {
        "operationId": name,
        "summary": summary,
        "parameters": parameters,
        "responses": _responses({"$ref": f"#/components/schemas/{schema}"}),
    }


def _responses(schema: dict[str, Any]) -> dict[str, Any]:
    fault = {_JSON: {"schema": {"$ref": "#/components/schemas/Fault"}}}
    return {
        "200": {"description": "It is answered", "content": {_JSON: {"schema": schema}}},
        "304": {"description": "What the client has is still so"},
        "4XX": {"description": "The request cannot be answered", "content": fault},
        "5XX": {"description": "It cannot be answered now", "content": fault},
    }


def _object(properties: dict[str, Any], optional: tuple[str, ...] = ()) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": [name for name in properties if name not in optional],
        "additionalProperties": False,
    }


_TEXT = {"type": "string"}
_TEXT_OR_NULL = {"type": ["string", "null"]}
_COUNT = {"type": "integer", "minimum": 0}
_SHARE = {"type": "number", "minimum": 0, "maximum": 1}
_HEAD = {
    "title": _TEXT,
    "author": _TEXT_OR_NULL,
    "publisher": _TEXT_OR_NULL,
    "published": _TEXT_OR_NULL,
    "url": _TEXT_OR_NULL,
    "language": _TEXT_OR_NULL,
    "section": _TEXT_OR_NULL,
    "digest_of": _TEXT_OR_NULL,
    "fetched": _TEXT_OR_NULL,
    "sha256": _TEXT_OR_NULL,
}
_MATCH = {
    "article": {"type": "string", "description": "Its slug"},
    **{name: _HEAD[name] for name in ("title", "author", "publisher", "published", "url")},
    "digest_of": _TEXT_OR_NULL,
    "paragraphs": _object({"first": _COUNT, "last": _COUNT, "of": _COUNT}),
    "page": {"type": ["integer", "null"]},
    "start": _COUNT,
    "end": _COUNT,
    "text": {"type": "string", "description": "The passage"},
    "sentence": {"type": "string", "description": "The sentence of it that answers"},
    "highlights": {
        "type": "array",
        "description": "Where in the text the words stand that matched: from, to",
        "items": {"type": "array", "items": _COUNT, "minItems": 2, "maxItems": 2},
    },
    "score": {"type": "number"},
    "address": _TEXT,
    "citation": _TEXT,
    "link": _TEXT_OR_NULL,
    "kept": {"const": True, "description": "The editors keep this passage for this question"},
}
_NEAR = _object({"article": _TEXT, "title": _TEXT})
_SCHEMAS: dict[str, Any] = {
    "Answer": _object(
        {
            "question": _TEXT,
            "kind": {"enum": ["answer", "unsure", "none", "talk"]},
            "answered": {"type": "boolean"},
            "confidence": _SHARE,
            "matches": {"type": "array", "items": {"$ref": "#/components/schemas/Match"}},
            "unknown": {"type": "array", "items": _TEXT},
            "repairs": {"type": "array", "items": _object({"asked": _TEXT, "searched": _TEXT})},
            "nearest": {"type": "array", "items": _NEAR},
            "reply": _TEXT,
            "follows": {"type": "string", "description": "It was taken together with this one"},
        },
        optional=("reply", "follows"),
    ),
    "Match": _object(_MATCH, optional=("kept",)),
    "Article": _object(
        {
            "article": _TEXT,
            **_HEAD,
            "of": _COUNT,
            "paragraphs": {"type": "array", "items": _object({"number": _COUNT, "text": _TEXT})},
        }
    ),
    "Entry": _object({"article": _TEXT, **_HEAD, "paragraphs": _COUNT, "words": _COUNT}),
    "Verdict": _object(
        {
            "asked": _TEXT,
            "status": {"enum": ["identical", "moved", "changed", "gone"]},
            "holds": {"type": "boolean"},
            "address": _TEXT,
            "text": _TEXT_OR_NULL,
            "differences": {
                "type": "array",
                "items": _object({"kind": {"enum": ["same", "removed", "added"]}, "words": _TEXT}),
            },
        }
    ),
    "Fault": _object(
        {"error": _TEXT, "code": _TEXT, "reference": _TEXT}, optional=("code", "reference")
    ),
}

"""The JSON interface: what `--json` prints, as its own description says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from bot.core.passages.address import words_hash
from bot.frontends.cli import main
from bot.frontends.web.openapi import description
from tests.frontends.web.browsing import Browsing, Reply, browsing, run

STORM = (
    "A storm in the winter of 1902 tore the gallery away. The keeper, Marta Quill, carried the "
    "lamp down."
)
QUESTION = "Who carried the lamp down in the storm?"
CITED = f"lighthouse#2@{words_hash(STORM)}"


def valid(reply: Reply, path: str, method: str = "get") -> Any:
    """The reply's JSON, where it is what the description says of it."""
    described = description()
    resource = DRAFT202012.create_resource(described)
    registry: Registry[Any] = Registry().with_resource("urn:api", resource)
    responses = described["paths"][path][method]["responses"]
    found = responses.get(str(reply.status)) or responses[f"{reply.status // 100}XX"]
    schema = found["content"]["application/json"]["schema"]
    pointed = {**schema, "$ref": "urn:api" + schema["$ref"]} if "$ref" in schema else schema
    pointed = json.loads(json.dumps(pointed).replace('"#/comp', '"urn:api#/comp'))
    assert reply.headers["Content-Type"].startswith("application/json")
    Draft202012Validator(pointed, registry=registry).validate(reply.json)
    return reply.json


def test_every_answer_is_what_the_command_prints(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    requests = {
        f"/api/ask?q={quote(QUESTION)}": ("ask", QUESTION, "--json"),
        f"/api/ask?q={quote(QUESTION)}&limit=3": ("ask", QUESTION, "--json", "--limit", "3"),
        "/api/ask?q=lamp&article=lighthouse": ("ask", "lamp", "--json", "--article", "lighthouse"),
        "/api/ask?q=marmalade": ("ask", "marmalade", "--json"),
        f"/api/ask?q=And+when%3F&follows={quote(QUESTION)}": (
            "ask", "And when?", "--json", "--follows", QUESTION),
        "/api/ask?q=hello": ("ask", "hello", "--json"),
        "/api/ask?q=Who+wrote+lighthouse%3F": ("ask", "Who wrote lighthouse?", "--json"),
        "/api/articles": ("articles", "--json"),
        "/api/show?address=lighthouse": ("show", "lighthouse", "--json"),
        "/api/show?address=harbour%231-2": ("show", "harbour#1-2", "--json"),
        f"/api/verify?address={quote(CITED)}": ("verify", CITED, "--json"),
        f"/api/verify?address={quote('lighthouse#1@00000000')}": (
            "verify", "lighthouse#1@00000000", "--json"),
        f"/api/verify?address={quote('nothing#1@00000000')}": (
            "verify", "nothing#1@00000000", "--json"),
    }  # fmt: skip

    async def scene() -> None:
        async with browsing(tmp_path) as site:
            config = tmp_path / "config.toml"
            config.write_text(
                f"[corpus]\nfolder = '{site.settings.corpus.folder}'\n"
                f"[search]\ncache = '{site.settings.search.cache}'\n",
                "utf-8",
            )
            for path, command in requests.items():
                reply = await site.get(path)
                assert reply.status == 200, path
                capsys.readouterr()
                main([*command, "--config", str(config)])
                assert reply.text == capsys.readouterr().out, path
                valid(reply, path.partition("?")[0])

    run(scene())


def test_a_quotation_is_checked_as_json_and_as_a_form(tmp_path: Path) -> None:
    async def scene() -> None:
        async with browsing(tmp_path) as site:
            path = f"/api/verify?address={quote('lighthouse#2')}"
            for body in ({"json": {"quote": STORM}}, {"data": {"quote": STORM}}):
                reply = await site.send("POST", path, **body)
                assert valid(reply, "/api/verify", "post")["status"] == "identical"
            changed = await site.send("POST", path, json={"quote": STORM.replace("lamp", "cup")})
            found = valid(changed, "/api/verify", "post")
            assert found["status"] == "changed"
            assert {"kind": "removed", "words": "cup"} in found["differences"]
            whole = await site.send(
                "POST", "/api/verify", json={"address": "lighthouse#2", "quote": STORM}
            )
            assert whole.json["status"] == "identical"
            for wrong in (5, ["x"], {"text": STORM}, True):
                reply = await site.send("POST", path, json={"quote": wrong})
                assert (reply.status, reply.json) == (400, {"error": "quote has to be a text."})
            reply = await site.send("POST", "/api/verify", json={"address": 5})
            assert (reply.status, reply.json) == (400, {"error": "address has to be a text."})
            none = await site.send(
                "POST", "/api/verify", json={"address": CITED, "quote": None, "more": 5}
            )
            assert none.json["status"] == "identical"

    run(scene())


@pytest.mark.parametrize(
    ("path", "status", "error"),
    [
        ("/api/ask", 400, "q is missing"),
        ("/api/ask?q=", 400, "q is missing"),
        ("/api/ask?q=" + "x" * 2001, 400, "at most 2,000 characters"),
        ("/api/ask?q=x&limit=0", 400, "limit has to be a whole number from 1 to 100"),
        ("/api/ask?q=x&limit=101", 400, "limit has to be"),
        ("/api/ask?q=x&limit=%D9%A1", 400, "limit has to be"),
        ("/api/ask?q=x&article=nothing", 404, "no article 'nothing'"),
        ("/api/ask?q=x&article=lighthouse%20qqqq", 404, "did you mean"),
        ("/api/show", 400, "address is missing"),
        ("/api/show?address=a%230", 400, "paragraphs count from 1"),
        ("/api/show?address=nothing", 404, "no article 'nothing'"),
        ("/api/show?address=lighthouse%2399", 404, "there is no paragraph 99"),
        ("/api/verify?address=lighthouse", 400, "lighthouse names no paragraph"),
        ("/api/verify?address=lighthouse%231", 400, "does not say what was quoted"),
    ],
)
def test_a_fault_is_one_line(tmp_path: Path, path: str, status: int, error: str) -> None:
    async def scene() -> None:
        async with browsing(tmp_path) as site:
            reply = await site.get(path)
            assert reply.status == status
            assert error in valid(reply, path.partition("?")[0])["error"]

    run(scene())


def test_a_fault_gives_the_code_of_its_error(tmp_path: Path) -> None:
    async def scene() -> None:
        async with browsing(tmp_path) as site:
            for path in ("/api/ask?q=x&article=nothing", "/api/show?address=nothing"):
                fault = valid(await site.get(path), path.partition("?")[0])
                assert fault["code"] == "article.unknown"
            refused = valid(await site.get("/api/ask"), "/api/ask")
            assert "code" not in refused

    run(scene())


def test_the_description_describes_every_path_and_itself(tmp_path: Path) -> None:
    async def scene() -> None:
        async with browsing(tmp_path, public_url="https://articles.example.org/") as site:
            described = valid(await site.get("/api/openapi.json"), "/api/openapi.json")
            assert described["servers"] == [{"url": "https://articles.example.org"}]
            for path in described["paths"]:
                assert (await site.get(path)).status in (200, 400)
            for schema in described["components"]["schemas"].values():
                Draft202012Validator.check_schema(schema)

    run(scene())


async def allowed(site: Browsing, method: str, origin: str) -> dict[str, str]:
    reply = await site.send(method, "/api/articles", headers={"Origin": origin})
    return {k: v for k, v in reply.headers.items() if k.startswith("Access-Control")}


def test_other_sites_may_use_it_only_where_they_are_named(tmp_path: Path) -> None:
    async def scene() -> None:
        ours, other = "https://www.example.org", "https://evil.example"
        async with browsing(tmp_path) as site:
            for method in ("GET", "OPTIONS"):
                assert await allowed(site, method, ours) == {}
        async with browsing(tmp_path, origins=(ours,)) as site:
            assert await allowed(site, "GET", other) == {}
            assert await allowed(site, "OPTIONS", other) == {}
            assert await allowed(site, "GET", ours) == {"Access-Control-Allow-Origin": ours}
            assert (await allowed(site, "OPTIONS", ours))["Access-Control-Allow-Methods"]
            assert (await site.get("/api/articles")).headers["Vary"] == "Origin"
            page = await site.send("GET", "/", headers={"Origin": ours})
            assert "Access-Control-Allow-Origin" not in page.headers

    run(scene())

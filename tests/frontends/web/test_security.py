"""Hostile requests: each is answered in bounded time, without a traceback, and never with
more than a page would show."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from aiohttp.http_exceptions import TransferEncodingError
from aiohttp.test_utils import make_mocked_request

from bot.frontends.web.hardening import guarding
from bot.frontends.web.request_limits import request_limits
from tests.frontends.web.browsing import QUICK, browsing, emptied, run

REFUSED: list[tuple[str, str, dict[str, Any], set[int]]] = [
    ("a path that climbs", "/a/../../etc/passwd", {}, {404}),
    ("encoded dots and slashes", "/a/..%2f..%2fetc%2fpasswd", {}, {404}),
    ("twice encoded", "/a/%252e%252e%252f", {}, {404}),
    ("backslashes", "/a/..%5c..%5cwindows", {}, {404}),
    ("NUL in a slug", "/a/light%00house", {}, {404}),
    ("NUL in a question", "/?q=a%00b", {}, {400}),
    ("half a surrogate pair", "/?q=%ed%a0%80", {}, {400}),
    ("half a surrogate pair in a slug", "/a/%ed%a0%80", {}, {404}),
    ("no UTF-8", "/a/%ff%fe", {}, {404}),
    ("no UTF-8 in a query", "/api/ask?q=%ff", {}, {400}),
    ("a broken escape", "/a/%zz", {}, {404}),
    ("a server's article", "/a/42%2fhandbook", {}, {404}),
    ("a static file's neighbour", "/style.css/../site.py", {}, {404}),
    ("a dot file", "/.env", {}, {404}),
    ("a huge paragraph number", "/a/lighthouse/999999999", {}, {200}),
    ("a larger one", "/a/lighthouse/9999999999999999999999", {}, {404}),
    ("a huge part", "/a/lighthouse?from=99999999999999999999", {}, {400}),
    ("many fields", "/?" + "&".join(f"a{n}=1" for n in range(100)), {}, {400}),
    ("a long question", "/?q=" + "x" * 5000, {}, {400}),
    ("a long path", "/a/" + "x" * 7000, {}, {404}),
    ("a path that is far too long", "/a/" + "x" * 20_000, {}, {400, 414}),
    ("a template", "/a/%7b%7b7*7%7d%7d", {}, {404}),
    ("a format string", "/?q=%25s%25n%7b0.__class__%7d", {}, {200}),
    ("words of SQL", "/?q=%27%3b+DROP+TABLE+passage%3b--", {}, {200}),
    ("nothing but signs", "/?q=%22%2a%28%29%5b%5d%3f", {}, {200}),
    ("direction marks", "/?q=%e2%80%ae%e2%81%a6lamp", {}, {200}),
    ("an unknown method", "/", {"method": "DELETE"}, {405}),
    ("a method of its own", "/", {"method": "BREW"}, {400, 405}),
    ("a body that is no form", "/a/lighthouse/1", {"method": "POST", "data": b"\0\1"}, {415}),
    ("a multipart body", "/a/lighthouse/1", {"method": "POST", "files": True}, {415}),
    (
        "half a surrogate pair in JSON",
        "/api/verify?address=lighthouse%231",
        {"method": "POST", "json": {"quote": "\ud800"}},
        {400},
    ),
    ("JSON that is none", "/api/verify", {"method": "POST", "text": "{"}, {400}),
    ("JSON nested deeply", "/api/verify", {"method": "POST", "text": "[" * 50_000}, {400}),
    ("JSON that is a number", "/api/verify", {"method": "POST", "text": "1e999"}, {400}),
    (
        "a quotation without end",
        "/api/verify?address=lighthouse%231",
        {"method": "POST", "json": {"quote": "the " * 2001}},
        {400},
    ),
    ("a body too large", "/api/verify", {"method": "POST", "text": "x" * 70_000}, {413, 431}),
]


@pytest.mark.parametrize(
    ("path", "options", "statuses"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED]
)
def test_what_a_stranger_may_send(
    tmp_path: Path, path: str, options: dict[str, Any], statuses: set[int]
) -> None:
    options = dict(options)
    method = options.pop("method", "GET")
    if "text" in options:
        options["data"] = options.pop("text").encode()
        options["headers"] = {"Content-Type": "application/json"}
    if options.pop("files", False):
        options["data"] = b"--x\r\n\r\n\r\n--x--\r\n"
        options["headers"] = {"Content-Type": "multipart/form-data; boundary=x"}

    async def scene() -> None:
        async with browsing(tmp_path, limits=QUICK) as site:
            began = time.monotonic()
            reply = await site.send(method, path, **options)
            assert time.monotonic() - began < 5
            assert reply.status in statuses
            assert b"Error" not in reply.body
            assert b"/bot/" not in reply.body
            assert site.failures == []
            assert (await site.get("/a/lighthouse")).status == 200

    run(scene())


RAW = {
    "no HTTP": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" * 20,
    "a line feed alone": b"GET / HTTP/1.1\nHost: x\n\n",
    "two lengths": (
        b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab"
    ),
    "a length and chunks": (
        b"POST /api/verify HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
        b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nZ\r\nQ\r\n"
    ),
    "a length below nothing": b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
    "a header without a name": b"GET / HTTP/1.1\r\nHost: x\r\n: y\r\n\r\n",
    "a header with NUL": b"GET / HTTP/1.1\r\nHost: x\r\nA: b\0c\r\n\r\n",
    "a header that is too long": b"GET / HTTP/1.1\r\nHost: x\r\nA: " + b"b" * 20_000 + b"\r\n\r\n",
    "a thousand headers": b"GET / HTTP/1.1\r\nHost: x\r\n" + b"A: b\r\n" * 1000 + b"\r\n",
    "headers without end": b"GET / HTTP/1.1\r\nHost: x\r\n" + b"A: b\r\n" * 40_000,
    "a version of its own": b"GET / HTTP/9.9\r\nHost: x\r\n\r\n",
    "bytes in the path": b"GET /a/\xff\xfe HTTP/1.1\r\nHost: x\r\n\r\n",
    "another host's address": b"GET http://evil.example/ HTTP/1.1\r\nHost: x\r\n\r\n",
    "a proxy's request": b"CONNECT evil.example:443 HTTP/1.1\r\nHost: x\r\n\r\n",
    "a method that is markup": b"GET<script>alert(1)</script> / HTTP/1.1\r\nHost: x\r\n\r\n",
    "a path that is markup": b"GET <script>alert(1)</script> HTTP/1.1\r\nHost: x\r\n\r\n",
    "what is expected": b"GET / HTTP/1.1\r\nHost: x\r\nExpect: a miracle\r\n\r\n",
    "an upgrade": b"GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n",
}


@pytest.mark.parametrize("data", RAW.values(), ids=RAW)
def test_bytes_that_are_no_request_as_it_should_be(tmp_path: Path, data: bytes) -> None:
    async def scene() -> None:
        async with browsing(tmp_path, limits=QUICK) as site:
            answer = await site.raw(data, 0.5)
            status = answer[9:12]
            assert answer == b"" or status.startswith(b"4") or status in (b"200", b"505"), answer
            assert b"Traceback" not in answer
            assert b"aiohttp" not in answer
            assert b"script>alert" not in answer
            assert answer == b"" or b"\r\nX-Content-Type-Options: nosniff\r\n" in answer
            assert site.failures == []
            assert (await site.get("/")).status == 200

    run(scene())


def test_what_is_no_request_is_told_so_in_words_of_ours(tmp_path: Path) -> None:
    async def scene() -> None:
        async with browsing(tmp_path) as site:
            answer = await site.raw(b"GET <b> HTTP/1.1\r\nHost: x\r\n\r\n", 0.5)
            head, _, body = answer.partition(b"\r\n\r\n")
            assert head.startswith(b"HTTP/1.0 400 Bad Request\r\n")
            assert b"\r\nServer: articlebot\r\n" in head
            assert body == b"This is no HTTP request that can be read here.\n"

    run(scene())


BODY = b"POST /api/verify HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"


@pytest.mark.parametrize(
    ("head", "body", "statuses"),
    [
        (BODY + b"Content-Encoding: gzip\r\nContent-Length: 4\r\n\r\n", b"zzzz", b"415"),
        (BODY + b"Content-Encoding: br\r\nContent-Length: 2\r\n\r\n", b"{}", b"415"),
        # aiohttp's parser in Python tells who reads the body at once, the one in C does not
        (BODY + b"Transfer-Encoding: chunked\r\n\r\n", b"zz\r\nno size\r\n", b"400 408"),
        (
            b"GET /a/lighthouse HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n",
            b"zz\r\nno size\r\n",
            b"200",
        ),
    ],
    ids=["no gzip", "another encoding", "no chunks", "no chunks where nobody reads them"],
)
def test_a_body_that_cannot_be_read_is_the_clients_fault(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, head: bytes, body: bytes, statuses: bytes
) -> None:
    async def scene() -> None:
        async with browsing(tmp_path, limits=QUICK, seconds=0.3) as site:
            reader, writer = await asyncio.open_connection("127.0.0.1", site.port)
            writer.write(head.replace(b"\r\n\r\n", b"\r\nExpect: 100-continue\r\n\r\n"))
            async with asyncio.timeout(5):
                assert await reader.readuntil(b"\r\n\r\n") == b"HTTP/1.1 100 Continue\r\n\r\n"
                writer.write(body)
                assert (await reader.readuntil(b"\r\n"))[9:12] in statuses.split()
            writer.close()
            await emptied(site.counts)
            assert site.failures == []

    run(scene())
    assert [record.getMessage() for record in caplog.records] == []


@pytest.mark.parametrize("error", [web.RequestPayloadError("no"), TransferEncodingError("no")])
def test_each_way_of_aiohttp_to_say_so_is_known(error: Exception) -> None:
    async def read(request: web.Request) -> web.StreamResponse:
        raise error

    async def scene() -> None:
        guard = guarding(
            seconds=1.0,
            limits=request_limits(0.0, time.monotonic),
            proxies=(),
            failing=lambda error, what: pytest.fail(f"{what}: {error}"),
        )
        response = await guard(make_mocked_request("POST", "/api/verify"), read)
        assert isinstance(response, web.Response)
        assert response.status == 400
        assert response.text == '{"error": "The request’s body cannot be read."}\n'

    run(scene())


def test_every_response_has_the_headers(tmp_path: Path) -> None:
    async def scene() -> None:
        async with browsing(tmp_path) as site:
            for path in ("/", "/a/lighthouse", "/nothing", "/api/articles", "/api/x", "/style.css"):
                headers = (await site.get(path)).headers
                policy = headers["Content-Security-Policy"]
                assert policy.startswith("default-src 'none'; ")
                assert "script-src" not in policy
                assert "frame-ancestors 'none'" in policy
                assert headers["X-Content-Type-Options"] == "nosniff"
                assert headers["Referrer-Policy"] == "no-referrer"
                assert headers["Server"] == "articlebot"
                assert "Set-Cookie" not in headers

    run(scene())


def test_one_address_may_ask_so_much_and_no_more(tmp_path: Path) -> None:
    async def scene() -> None:
        async with browsing(tmp_path, questions_per_minute=60.0, proxies=("127.0.0.1",)) as site:
            theirs = {"X-Forwarded-For": "203.0.113.7"}

            async def ask(path: str = "/api/ask?q=lamp") -> int:
                return (await site.send("GET", path, headers=theirs)).status

            assert [await ask() for _ in range(20)] == [200] * 20
            reply = await site.send("GET", "/api/ask?q=lamp", headers=theirs)
            assert (reply.status, reply.headers["Retry-After"]) == (429, "1")
            assert await ask("/?q=lamp") == 429
            assert await ask("/a/lighthouse") == 200
            others = {"X-Forwarded-For": "203.0.113.8"}
            assert (await site.send("GET", "/?q=lamp", headers=others)).status == 200
            site.clock.seconds += 2
            assert await ask() == 200

    run(scene())


def test_a_refusal_is_said_in_the_reader_s_language_and_in_json_in_english(tmp_path: Path) -> None:
    async def scene() -> None:
        async with browsing(tmp_path, questions_per_minute=60.0) as site:
            german = {"Accept-Language": "de"}
            long = "lamp+" * 1000
            page = await site.send("GET", f"/?q={long}", headers=german)
            assert page.status == 400
            assert "Die Anfrage ist nicht lesbar" in page.text
            assert "Eine Frage hat höchstens 2.000 Zeichen." in page.text
            reply = await site.send("GET", f"/api/ask?q={long}", headers=german)
            assert reply.json["error"] == "A question has at most 2,000 characters."
            for _ in range(20):
                page = await site.send("GET", "/?q=lamp", headers=german)
            assert page.status == 429
            assert "Zu viele Anfragen von Ihrer Adresse; fragen Sie in 1 s wieder." in page.text

    run(scene())


def test_an_address_that_only_says_it_is_another_is_the_same(tmp_path: Path) -> None:
    async def scene() -> None:
        async with browsing(tmp_path, questions_per_minute=60.0) as site:
            statuses = [
                (
                    await site.send(
                        "GET", "/?q=x", headers={"X-Forwarded-For": f"203.0.113.{number}"}
                    )
                ).status
                for number in range(25)
            ]
            assert statuses == [200] * 20 + [429] * 5

    run(scene())


def test_a_header_of_ones_own_before_the_proxys_changes_nothing(tmp_path: Path) -> None:
    async def scene() -> None:
        async with browsing(tmp_path, questions_per_minute=60.0, proxies=("127.0.0.1",)) as site:
            statuses = []
            for number in range(21):
                answer = await site.raw(
                    b"GET /api/ask?q=x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                    b"X-Forwarded-For: 198.51.100.%d\r\nX-Forwarded-For: 203.0.113.7\r\n\r\n"
                    % number
                )
                statuses.append(answer[9:12])
            assert statuses == [b"200"] * 20 + [b"429"]

    run(scene())


def test_what_nobody_expected_is_told_by_a_number(tmp_path: Path) -> None:
    async def scene() -> None:
        async with browsing(tmp_path) as site:
            site.site.workers.close()
            reply = await site.get("/?q=lamp")
            (failed,) = site.failures
            assert reply.status == 500
            assert failed.reference in reply.text
            assert "RuntimeError" not in reply.text

    run(scene())

"""The client handles nodes that fail, refuse, answer in part or not at all."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest

from bot.cluster.opensearch.cluster_client import OpenSearchClient
from bot.core.errors import StorageError, UnfinishedIndexError, UnreachableError
from bot.endpoints import OpenSearchCredentials
from bot.frontends.error_words import in_words
from tests.cluster.opensearch.fake_node import ROOT, FakeNode, refusal, silent

WHOLE = {"_shards": {"failed": 0}, "hits": {"hits": []}}
PART = {"_shards": {"failed": 1}, "hits": {"hits": []}}
SEARCH = [{"index": "p"}, {"size": 0}]
OTHER = [{"index": "p"}, {"size": 1}]


def ask(
    *nodes: FakeNode,
    action: Callable[[OpenSearchClient], Awaitable[Any]] = lambda c: c.search_many(SEARCH),
    seconds: float = 20.0,
    **options: Any,
) -> Any:
    """Return what an action returns over nodes that answer so."""

    async def run() -> Any:
        async with AsyncExitStack() as stack:
            urls = [(await stack.enter_async_context(node)).url for node in nodes]
            urls = urls or [f"http://127.0.0.1:{_unused_port()}"]
            made = OpenSearchClient(urls, seconds=seconds, pauses=(0.0, 0.0, 0.0), **options)
            client = await stack.enter_async_context(made)
            return await action(client)

    return asyncio.run(run())


def _unused_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


def test_searches_of_one_moment_go_in_one_request() -> None:
    node = FakeNode((200, {"responses": [WHOLE, WHOLE | {"took": 1}]}))

    async def both(client: OpenSearchClient) -> Any:
        return await asyncio.gather(client.search_many(SEARCH), client.search_many(OTHER))

    assert ask(node, action=both) == [[WHOLE], [WHOLE | {"took": 1}]]
    ((_, path, body),) = node.requests
    assert (path, len(body.splitlines())) == ("/_msearch", 4)


def test_searches_of_one_request_that_are_the_same_are_made_once() -> None:
    node = FakeNode((200, {"responses": [WHOLE, WHOLE | {"took": 1}]}))

    async def both(client: OpenSearchClient) -> Any:
        return await asyncio.gather(
            client.search_many(SEARCH + OTHER), client.search_many(OTHER + SEARCH)
        )

    first, second = WHOLE, WHOLE | {"took": 1}
    assert ask(node, action=both) == [[first, second], [second, first]]
    ((_, _, body),) = node.requests
    assert [json.loads(line) for line in body.splitlines()[1::2]] == [{"size": 0}, {"size": 1}]


def test_a_search_that_is_refused_harms_nobody_else() -> None:
    refused = {"error": {"type": "parsing_exception", "reason": "no"}, "status": 400}
    node = FakeNode(
        (200, {"responses": [refused, WHOLE]}),
        (200, {"responses": [refused]}),
        (200, {"responses": [WHOLE]}),
    )

    async def both(client: OpenSearchClient) -> Any:
        asked = (client.search_many(SEARCH), client.search_many(OTHER))
        return await asyncio.gather(*asked, return_exceptions=True)

    bad, good = ask(node, action=both)
    assert isinstance(bad, StorageError)
    assert good == [WHOLE]
    assert len(node.requests) == 3


def test_a_cluster_that_is_gone_is_told_to_all_who_ask() -> None:
    async def both(client: OpenSearchClient) -> Any:
        asked = (client.search_many(SEARCH), client.search_many(SEARCH))
        return await asyncio.gather(*asked, return_exceptions=True)

    assert all(isinstance(each, UnreachableError) for each in ask(action=both))


def test_searches_go_together_and_refuse_parts() -> None:
    node = FakeNode((200, {"responses": [WHOLE]}))
    assert ask(node) == [WHOLE]
    ((method, path, body),) = node.requests
    assert (method, path) == ("POST", "/_msearch")
    header, search = map(json.loads, body.splitlines())
    assert header == {"index": "p", "allow_partial_search_results": False, "preference": "_local"}
    assert search == {"size": 0}


@pytest.mark.parametrize(
    "failure",
    [
        (200, {"responses": [PART]}),
        (200, {"responses": [{**WHOLE, "timed_out": True}]}),
        (200, {"responses": [{**refusal("no_shard_available"), "status": 503}]}),
        (503, refusal("cluster_manager_not_discovered_exception")),
        (429, refusal("rejected_execution_exception")),
    ],
)
def test_what_another_try_may_mend_is_tried_at_another_node(failure: tuple[int, Any]) -> None:
    bad, good = FakeNode(failure), FakeNode((200, {"responses": [WHOLE]}))
    assert ask(good, bad) == [WHOLE]  # it is the other one's turn: the first told its version
    assert (len(bad.requests), len(good.requests)) == (1, 1)


def test_a_request_that_is_sent_again_counts_once() -> None:
    """So what a question needs is told apart from what a busy node refused."""
    bad, good = FakeNode((429, refusal("x"))), FakeNode((200, {"responses": [WHOLE]}))

    async def counted(client: OpenSearchClient) -> tuple[int, int]:
        await client.search_many(SEARCH)
        return client.sent, client.repeated

    assert ask(good, bad, action=counted) == (2, 1)  # the version was asked for, too


def test_a_node_that_does_not_answer_is_left_for_another() -> None:
    frozen, good = FakeNode(silent), FakeNode((200, {"responses": [WHOLE]}))
    assert ask(frozen, good, seconds=0.2) == [WHOLE]


def test_other_nodes_are_kept_from_waiting_for_one_that_is_silent() -> None:
    """One that waits for it is silent, too, until it is told to do without."""

    def named(name: str) -> tuple[int, Any]:
        return 200, {"nodes": {name: {"name": "n"}}}

    whole = 200, {"responses": [WHOLE]}
    first = FakeNode((200, ROOT), named("first"), whole, root=None)
    second = FakeNode(silent, named("second"), whole, root=None)
    frozen = FakeNode(silent, root=None)
    ask(first, second, frozen, action=search_often(2), seconds=0.2)
    assert [path for _, path, _ in frozen.requests] == ["/_nodes/_local?filter_path=nodes.*.name"]
    bodies = [body for node in (second, first) for _, _, body in node.requests if body]
    assert [json.loads(body.splitlines()[0])["preference"] for body in bodies] == [
        "_local",
        "_prefer_nodes:first,second",
        "_prefer_nodes:first,second",
    ]


def test_all_who_wait_in_vain_look_once_who_answers() -> None:
    names = {"nodes": {"id": {"name": "n"}}}
    whole = 200, {"responses": [WHOLE]}
    node = FakeNode(silent, silent, (200, names), whole)

    async def two(client: OpenSearchClient) -> Any:
        first = asyncio.ensure_future(client.search_many(SEARCH))
        while not node.requests:
            await asyncio.sleep(0)
        return await asyncio.gather(first, client.search_many(SEARCH))

    assert ask(node, action=two, seconds=0.5) == [[WHOLE], [WHOLE]]
    looked = [path for _, path, _ in node.requests if path.startswith("/_nodes")]
    assert len(looked) == 1


def test_a_node_that_falls_silent_after_another_is_left_for_that_one() -> None:
    """The one that was awake is no longer, and the other way round."""

    def named(name: str) -> tuple[int, Any]:
        return 200, {"nodes": {name: {"name": "n"}}}

    whole = 200, {"responses": [WHOLE]}
    second = FakeNode(named("second"), whole, silent, silent)
    first = FakeNode(silent, silent, named("first"), whole)
    ask(second, first, action=search_often(2), seconds=0.2)
    bodies = [body for _, _, body in first.requests if body]
    assert json.loads(bodies[-1].splitlines()[0])["preference"] == "_prefer_nodes:first"


def test_that_no_node_answers_is_said_soon() -> None:
    """A question is sent twice in all, however many nodes there are; what is written goes on."""
    frozen = [FakeNode(silent) for _ in range(3)]

    async def search(client: OpenSearchClient) -> bool:
        with pytest.raises(UnreachableError, match="no answer within"):
            await client.search_many(SEARCH)
        return client.is_silent

    assert ask(*frozen, action=search, seconds=0.05)
    asked = [path for node in frozen for _, path, _ in node.requests]
    assert sorted(asked) == ["/_msearch"] * 2 + ["/_nodes/_local?filter_path=nodes.*.name"] * 3


def search_often(times: int) -> Callable[[OpenSearchClient], Awaitable[None]]:
    async def search(client: OpenSearchClient) -> None:
        for _ in range(times):
            await client.search_many(SEARCH)

    return search


def test_nodes_are_asked_by_turns() -> None:
    nodes = [FakeNode((200, {"responses": [WHOLE]})) for _ in range(3)]
    ask(*nodes, action=search_often(6))
    assert [len(node.requests) for node in nodes] == [2, 2, 2]


def test_a_node_that_failed_is_left_alone_for_a_while() -> None:
    bad = FakeNode((503, refusal("x")))
    good = [FakeNode((200, {"responses": [WHOLE]})) for _ in range(2)]
    ask(bad, *good, action=search_often(6))
    assert len(bad.requests) == 1
    assert sum(len(node.requests) for node in good) == 6


def test_no_node_spends_time_on_compressing() -> None:
    node = FakeNode((200, {"responses": [WHOLE]}))
    ask(node)
    assert node.headers[-1]["Accept-Encoding"] == "identity"


def test_nodes_that_all_fail_are_said_to_be_out_of_reach() -> None:
    with pytest.raises(UnreachableError, match=r"search\.unreachable"):
        ask(FakeNode((503, refusal("x", "full\nof \x1b[31mcolours"))))
    with pytest.raises(UnreachableError) as raised:
        ask()
    assert in_words(raised.value) == (
        "the search cluster does not answer (ClientConnectorError); nothing was searched, and it "
        "is asked again with the next question"
    )


@pytest.mark.parametrize(("status", "body"), [(401, {}), (403, refusal("security_exception"))])
def test_refused_credentials_are_no_answer(status: int, body: Any) -> None:
    with pytest.raises(UnreachableError, match=r"search\.denied"):
        ask(FakeNode((status, body)))


def test_credentials_are_sent_along() -> None:
    node = FakeNode((200, {"responses": [WHOLE]}))
    ask(node, credentials=OpenSearchCredentials(user="bot", password="secret"))  # noqa: S106
    assert node.headers[-1]["Authorization"] == "Basic Ym90OnNlY3JldA=="
    node = FakeNode((200, {"responses": [WHOLE]}))
    ask(node, credentials=OpenSearchCredentials(api_key="key"))
    assert node.headers[-1]["Authorization"] == "ApiKey key"


@pytest.mark.parametrize(
    "root",
    [
        {"version": {"distribution": "opensearch", "number": "1.3.20"}},
        {"version": {"distribution": "opensearch", "number": "4.0.0"}},
        {"version": {"number": "8.17.0"}},
        ["nothing of the kind"],
    ],
)
def test_a_cluster_of_another_version_is_not_asked(root: Any) -> None:
    node = FakeNode((200, {"responses": [WHOLE]}), root=root)
    with pytest.raises(UnreachableError, match=r"search\.version") as raised:
        ask(node)
    assert node.requests == []
    assert "OpenSearch 2.19" in in_words(raised.value)


def test_a_cluster_may_become_one_that_is_known() -> None:
    node = FakeNode((200, {"responses": [WHOLE]}), root={"version": {"number": "1"}})

    async def twice(client: OpenSearchClient) -> Any:
        with pytest.raises(UnreachableError):
            await client.search_many(SEARCH)
        node.root = {"version": {"distribution": "opensearch", "number": "2.19.1"}}
        return await client.search_many(SEARCH)

    assert ask(node, action=twice) == [WHOLE]


@pytest.mark.parametrize(
    "answer",
    [
        (404, refusal("index_not_found_exception")),
        (200, {"responses": [{**refusal("index_not_found_exception"), "status": 404}]}),
    ],
)
def test_an_index_that_is_not_there_is_being_made(answer: tuple[int, Any]) -> None:
    with pytest.raises(UnfinishedIndexError):
        ask(FakeNode(answer))


def test_what_the_cluster_refuses_is_not_tried_again() -> None:
    node = FakeNode((400, refusal("parsing_exception")))
    with pytest.raises(StorageError, match=r"search\.refused"):
        ask(node)
    assert len(node.requests) == 1


def test_each_item_of_a_bulk_is_checked() -> None:
    fine: dict[str, Any] = {"index": {"status": 201}}
    newer = {"index": {"status": 409, **refusal("version_conflict_engine_exception")}}
    blocked = {"index": {"status": 403, **refusal("cluster_block_exception", "read-only")}}
    busy = {"index": {"status": 429, **refusal("rejected_execution_exception")}}
    wrong = {"index": {"status": 400, **refusal("mapper_parsing_exception")}}

    def write(*answers: Any) -> FakeNode:
        node = FakeNode(*((200, {"errors": True, "items": items}) for items in answers))
        ask(node, action=lambda client: client.bulk(b"{}\n{}\n"))
        return node

    assert len(write([fine, newer]).requests) == 1
    assert len(write([fine, busy], [fine]).requests) == 2
    with pytest.raises(StorageError, match=r"search\.read_only"):
        write([fine, blocked])
    with pytest.raises(StorageError, match=r"search\.refused"):
        write([fine, wrong])


def test_an_authority_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "ca.pem").write_text("no certificate")
    with pytest.raises(UnreachableError, match=r"search\.authority"):
        ask(FakeNode((200, {})), authority=tmp_path / "ca.pem")


def test_a_large_body_is_sent_whole() -> None:
    node = FakeNode((200, {"errors": False, "items": []}))
    ask(node, action=lambda client: client.bulk(b"x" * 3_000_000))
    ((_, _, body),) = node.requests
    assert len(body) == 3_000_000

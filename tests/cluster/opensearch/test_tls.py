"""A cluster behind TLS and a password: everything is done over it, and what is wrong with the
certificates or the password is said in one line."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.cluster.opensearch.cluster_client import OpenSearchClient
from bot.cluster.opensearch.loop_thread import LoopThread
from bot.core.errors import UnreachableError
from bot.endpoints import OpenSearchCredentials
from bot.frontends.error_words import in_words
from tests.cluster.certificates import Authority
from tests.cluster.opensearch.guarded_nodes import PASSWORD, USER, GuardedNodes
from tests.cluster.opensearch.running import RunningCluster
from tests.cluster.postgres.servers import shared_server

RIGHT = OpenSearchCredentials(user=USER, password=PASSWORD)


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    return Authority(tmp_path)


@pytest.fixture
def guarded(opensearch: RunningCluster, authority: Authority) -> Iterator[GuardedNodes]:
    opensearch.nodes.start_missing()  # another test may have ended one
    with GuardedNodes(opensearch.nodes.urls, authority.issue("nodes").context()) as nodes:
        yield nodes


def health(
    urls: list[str], authority: Path | None, credentials: OpenSearchCredentials = RIGHT
) -> str:
    """Return the cluster's state as a client finds it, or what is wrong, in words."""
    client = OpenSearchClient(urls, credentials, authority, pauses=())
    loop = LoopThread(client.close)
    try:
        return str(loop.run(client.health())["cluster_name"])
    except UnreachableError as error:
        said = in_words(error)
        assert said.isprintable()
        return said
    finally:
        loop.close()


def test_a_bot_adds_and_asks_over_tls(
    opensearch: RunningCluster, guarded: GuardedNodes, authority: Authority, tmp_path: Path
) -> None:
    config = tmp_path / "config.toml"
    config.write_text(
        f'[storage]\npostgres = "{shared_server().new_database()}"\n'
        f'[search]\nengine = "opensearch"\nopensearch = {json.dumps(guarded.urls)}\n'
        f"opensearch_ca = {json.dumps(str(authority.path))}\n"
        f"[discord]\ndata = {json.dumps(str(tmp_path / 'data'))}\n"
    )
    (tmp_path / "owl.md").write_text("# The barn owl\n\nThe barn owl hunts mice at night.\n")

    def command(*arguments: str, password: str = PASSWORD) -> tuple[int, str]:
        environment = {"OPENSEARCH_USER": USER, "OPENSEARCH_PASSWORD": password}
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-m", "bot", "--config", str(config), *arguments],
            env={**os.environ, **environment},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        return done.returncode, done.stdout + done.stderr

    try:
        status, said = command("add", str(tmp_path / "owl.md"))
        assert status == 0, said
        status, said = command("ask", "What does the barn owl hunt?", "--json")
        assert status == 0, said
        assert json.loads(said)["matches"][0]["text"] == "The barn owl hunts mice at night."
        assert (guarded.passed > 10, guarded.refused) == (True, 0)
        status, said = command("ask", "What does the barn owl hunt?", password="wrong")  # noqa: S106
        assert status not in (0, 1)
        assert "refuses the credentials (status 401)" in said, said
        assert len(said.strip().splitlines()) == 1
        assert PASSWORD not in said
    finally:
        for index in opensearch.loop.run(opensearch.client.described(["articlebot-*"])):
            opensearch.loop.run(opensearch.client.delete(index))


def test_a_server_whose_signer_is_not_trusted_is_told_nothing(
    opensearch: RunningCluster, guarded: GuardedNodes, authority: Authority, tmp_path: Path
) -> None:
    """Not even the password: the connection ends before anything is asked."""
    assert health(guarded.urls, authority.path) == "articlebot-tests"
    others = [None, Authority(tmp_path, "another").path]
    by_address = [url.replace("localhost", "127.0.0.1") for url in guarded.urls]
    asked = [*((guarded.urls, other) for other in others), (by_address, authority.path)]
    passed = guarded.passed
    for urls, trusted in asked:
        assert "its certificate is not trusted" in health(urls, trusted)
    late = authority.issue("late", days_ago=3)
    with GuardedNodes(opensearch.nodes.urls, late.context()) as expired:
        assert "its certificate is not trusted" in health(expired.urls, authority.path)
        assert (expired.passed, expired.refused) == (0, 0)
    assert (guarded.passed, guarded.refused) == (passed, 0)


def test_one_node_whose_certificate_is_not_trusted_fails_no_request(
    opensearch: RunningCluster, guarded: GuardedNodes, authority: Authority, tmp_path: Path
) -> None:
    other = Authority(tmp_path, "another").issue("stranger")
    with GuardedNodes(opensearch.nodes.urls[:1], other.context()) as stranger:
        urls = [*guarded.urls[:2], *stranger.urls]
        client = OpenSearchClient(urls, RIGHT, authority.path)
        loop = LoopThread(client.close)
        try:
            for _ in range(2 * len(urls)):
                assert loop.run(client.health())["cluster_name"] == "articlebot-tests"
        finally:
            loop.close()
        assert (stranger.passed, stranger.refused) == (0, 0)


def test_tls_that_the_other_side_does_not_speak_is_one_line(
    opensearch: RunningCluster, guarded: GuardedNodes, authority: Authority
) -> None:
    plain = [url.replace("http://", "https://") for url in opensearch.nodes.urls]
    assert "the search cluster does not answer" in health(plain, authority.path)
    spoken_plainly = [url.replace("https://", "http://") for url in guarded.urls]
    assert "the search cluster does not answer" in health(spoken_plainly, None)


def test_wrong_credentials_are_refused_and_right_ones_work_afterwards(
    guarded: GuardedNodes, authority: Authority
) -> None:
    wrong = OpenSearchCredentials(user=USER, password="wrong")  # noqa: S106
    said = health(guarded.urls, authority.path, wrong)
    assert "refuses the credentials (status 401)" in said, said
    assert guarded.refused == 1
    assert health(guarded.urls, authority.path) == "articlebot-tests"

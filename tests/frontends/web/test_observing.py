"""Health, readiness and figures."""

from __future__ import annotations

import asyncio
import json
import re
from pathlib import Path

from prometheus_client.parser import text_string_to_metric_families

from bot.core.errors import StorageError
from bot.frontends.metrics import Metrics, code_of
from bot.service.events.event_types import Event, Failed, Refreshed, Refused, Unanswered
from tests.frontends.web.browsing import FIGURES, browsing, run

ROOT = Path(__file__).parents[3]
DASHBOARD = ROOT / "bot" / "deploy" / "grafana-dashboard.json"


def test_it_says_that_it_is_alive_and_ready(tmp_path: Path) -> None:
    async def scene() -> None:
        async with browsing(tmp_path) as site:
            assert (await site.get("/healthz")).text == "alive\n"
            assert (await site.get("/readyz")).text == "ready\n"
            site.missing.append("Discord is not connected")
            reply = await site.get("/readyz")
            assert (reply.status, reply.text) == (503, "Discord is not connected\n")
            assert (await site.get("/healthz")).status == 200

    run(scene())


def test_strangers_are_told_no_reasons_and_no_figures(tmp_path: Path) -> None:
    async def scene() -> None:
        async with browsing(tmp_path, proxies=("127.0.0.1",)) as site:
            site.missing.append("Discord is not connected")
            stranger = {"X-Forwarded-For": "198.51.100.7"}
            reply = await site.send("GET", "/readyz", headers={"X-Forwarded-For": "8.8.8.8"})
            assert (reply.status, reply.text) == (503, "not ready\n")
            for headers in (stranger, {"X-Forwarded-For": "8.8.8.8"}):
                status = (await site.send("GET", "/metrics", headers=headers)).status
                assert (headers == stranger) or status == 404
            near = await site.send("GET", "/metrics", headers={"X-Forwarded-For": "10.0.0.9"})
            assert near.status == 200

    run(scene())


def values(page: bytes) -> dict[str, float]:
    """Each sample's value by its name and labels."""
    return {
        f"{sample.name}{json.dumps(sample.labels, sort_keys=True) if sample.labels else ''}":
            sample.value
        for family in text_string_to_metric_families(page.decode())
        for sample in family.samples
    }  # fmt: skip


def test_what_happens_is_counted(tmp_path: Path) -> None:
    async def scene() -> None:
        async with browsing(tmp_path) as site:
            await site.get("/?q=Who+carried+the+lamp+down%3F")
            await site.get("/api/ask?q=marmalade+of+Zanzibar")
            events = site.site.answering.events
            events.publish(Refused("discord"))
            for _ in range(2):
                events.publish(Refused("discord", "overload"))
            events.publish(Refreshed(0.5))
            events.publish(Failed("x", "1", StorageError("index.gone", folder="/home/ada/secret")))
            events.publish(Failed("x", "2", RuntimeError("secret question")))
            reply = await site.get("/metrics")
            assert reply.headers["Content-Type"].startswith("text/plain; version=0.0.4")
            found = values(reply.body)
            assert found['articlebot_questions_total{"frontend": "web", "verdict": "answer"}'] == 1
            assert found['articlebot_questions_total{"frontend": "web", "verdict": "none"}'] == 1
            refused = 'articlebot_refused_questions_total{"frontend": "discord", "reason": "%s"}'
            assert [found[refused % each] for each in ("cooldown", "overload")] == [1, 2]
            assert found['articlebot_errors_total{"code": "index.gone"}'] == 1
            assert found['articlebot_errors_total{"code": "unexpected"}'] == 1
            assert found["articlebot_refresh_seconds_count"] == 1
            assert found['articlebot_stage_seconds_count{"stage": "search"}'] == 2
            assert found["articlebot_articles"] == FIGURES.articles
            assert found["articlebot_index_bytes"] == FIGURES.index_bytes
            assert found["articlebot_gateway_reconnects_total"] == 3
            assert found['articlebot_server_up{"kind": "storage"}'] == 1
            assert found['articlebot_server_up{"kind": "search"}'] == 0
            assert found['articlebot_server_behind{"kind": "search"}'] == 4
            assert found["articlebot_rate_limits_total"] == 4
            key = 'articlebot_feed_last_success_timestamp_seconds{"host": "example.org"}'
            assert found[key] == 1.5
            for word in ("lamp", "marmalade", "lighthouse", "secret", "Skerry"):
                assert word not in reply.text

    run(scene())


def test_the_event_loops_delay_is_measured() -> None:
    metrics = Metrics(lambda: FIGURES)

    async def scene() -> None:
        watching = asyncio.create_task(metrics.watch_loop())
        while values(metrics.page())["articlebot_event_loop_delay_seconds_count"] == 0:
            await asyncio.sleep(0.01)
        watching.cancel()

    run(scene())


def test_names_are_as_prometheus_advises_and_the_dashboard_knows_no_others() -> None:
    metrics = Metrics(lambda: FIGURES)
    families = list(text_string_to_metric_families(metrics.page().decode()))
    names = {family.name for family in families}
    for family in families:
        assert family.name.startswith("articlebot_")
        assert family.documentation
        assert family.type in ("counter", "gauge", "histogram")
        assert re.fullmatch(r"[a-z][a-z_]*", family.name)
    asked = set(re.findall(r"articlebot_\w+", DASHBOARD.read_text("utf-8")))
    endings = ("_total", "_bucket", "_sum", "_count", "")
    known = {name + ending for name in names for ending in endings}
    assert asked <= known
    assert {name.rpartition("_total")[0] or name for name in names} - {
        re.sub(r"_(total|bucket|sum|count)$", "", name) for name in asked
    } == set()


def test_an_errors_code_is_its_kind_and_never_its_text() -> None:
    assert code_of(StorageError("index.gone", folder="/home/ada/secret")) == "index.gone"
    assert code_of(StorageError("/home/ada/secret")) == "unexpected"
    assert code_of(KeyError("secret")) == "unexpected"


def test_a_question_without_an_answer_is_told_with_its_client(tmp_path: Path) -> None:
    async def scene() -> None:
        async with browsing(tmp_path, proxies=("127.0.0.1",)) as site:
            heard: list[Event] = []
            site.site.answering.events.subscribe(heard.append)
            for path, client in (("/?q=", "8.8.8.8"), ("/api/ask?q=", "8.8.4.4")):
                for question in ("Who+hid+the+zeppelin+in+Zanzibar", "Who+built+the+lighthouse"):
                    reply = await site.send(
                        "GET", path + question, headers={"X-Forwarded-For": client}
                    )
                    assert reply.status == 200
            told = [event for event in heard if isinstance(event, Unanswered)]
            assert [event.asker for event in told] == ["8.8.8.8", "8.8.4.4"]
            assert {word for word, _ in told[0].miss.words} == {"hid", "zeppelin", "zanzibar"}
            assert told[0].miss == told[1].miss

    run(scene())

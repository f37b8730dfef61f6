"""What ships for operators is what it says: the unit is hardened, the container's files fit the
program, the dashboard is JSON."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from bot import __version__, config

ROOT = Path(__file__).parents[1]
DEPLOY = ROOT / "bot" / "deploy"


def test_the_unit_is_hardened() -> None:
    program = shutil.which("systemd-analyze")
    if program is None:
        pytest.skip("systemd-analyze is not here")
    unit = DEPLOY / "articlebot.service"
    done = subprocess.run(  # noqa: S603 - it is systemd's
        [program, "security", "--offline=true", "--no-pager", str(unit)],
        capture_output=True,
        text=True,
        check=False,
    )
    found = re.search(r"Overall exposure level for articlebot\.service: ([0-9.]+)", done.stdout)
    if found is None:
        pytest.skip(f"this systemd-analyze knows no --offline: {done.stderr.strip()}")
    assert float(found[1]) < 2


def test_the_containers_settings_are_read(tmp_path: Path) -> None:
    settings = config.load(DEPLOY / "config.toml")
    assert settings.reader.listen == "0.0.0.0:8080"
    assert (ROOT / "Dockerfile").read_text().count("EXPOSE 8080") == 1


def test_the_dockerfile_copies_what_is_there_and_is_not_root() -> None:
    text = (ROOT / "Dockerfile").read_text("utf-8")
    for line in re.findall(r"(?m)^COPY (?!--from)(.+)$", text):
        *sources, _ = line.split()
        for source in sources:
            assert (ROOT / source).exists(), source
    *_, stage = text.split("FROM ")
    assert re.search(r"(?m)^USER articlebot$", stage)
    assert "HEALTHCHECK" in stage
    assert "gcc" not in stage


def test_the_compose_file_builds_that_dockerfile() -> None:
    compose = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))
    service = compose["services"]["articlebot"]
    assert service["build"] == "."
    folders = {volume.rpartition(":")[2] for volume in service["volumes"]}
    text = (ROOT / "Dockerfile").read_text("utf-8")
    assert set(re.findall(r"/srv/articlebot/\w+", re.search(r"VOLUME.*", text)[0])) == folders  # type: ignore[index]


def test_the_dashboard_can_be_imported() -> None:
    dashboard = json.loads((DEPLOY / "grafana-dashboard.json").read_text("utf-8"))
    ids = [panel["id"] for panel in dashboard["panels"]]
    assert len(set(ids)) == len(ids)
    assert all(target["expr"] for panel in dashboard["panels"] for target in panel["targets"])


def test_the_image_is_built() -> None:
    docker = shutil.which("docker")
    if (
        docker is None
        or subprocess.run(  # noqa: S603 - it asks whether there is an engine
            [docker, "info"], capture_output=True, timeout=30, check=False
        ).returncode
    ):
        pytest.skip("no Docker engine is at hand")
    command = [docker, "build", "--tag", "articlebot-test", str(ROOT)]
    subprocess.run(command, check=True, timeout=1200)  # noqa: S603
    said = subprocess.run(  # noqa: S603
        [docker, "run", "--rm", "articlebot-test", "--version"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout.startswith(f"articlebot {__version__}")


def test_the_guide_names_every_figure_and_signal_that_there_is() -> None:
    guide = (DEPLOY / "GUIDE.md").read_text("utf-8")
    dashboard = (DEPLOY / "grafana-dashboard.json").read_text("utf-8")
    for figure in set(re.findall(r"`(articlebot_\w+)`", guide)):
        assert figure in dashboard or f"{figure}_bucket" in dashboard, figure
    for path in ("/healthz", "/readyz", "/metrics", "SIGTERM", "SIGHUP"):
        assert path in guide


def test_the_changelog_begins_with_this_version() -> None:
    text = (ROOT / "CHANGELOG.md").read_text("utf-8")
    versions = re.findall(r"(?m)^## (\S+)", text)
    assert versions[0] in (__version__, "Unreleased")

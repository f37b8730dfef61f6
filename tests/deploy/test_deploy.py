"""The files that ship for operators do as they say: the unit is hardened, the container's fit the
program and make what they say, the dashboard is JSON."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest
import yaml

from bot import __version__, config
from bot.frontends.cli.parsing.parser import make_parser
from tests.deploy.wheels import make_wheels

ROOT = Path(__file__).parents[2]
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


def test_the_cluster_has_the_settings_and_the_library_that_it_says(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    compose = yaml.safe_load((DEPLOY / "cluster.compose.yaml").read_text("utf-8"))
    services = compose["services"]
    for name in ("bot", "reader"):
        environment = services[name]["environment"]
        monkeypatch.setenv("DATABASE_URL", environment["DATABASE_URL"])
        settings = config.load(DEPLOY / "cluster.config.toml")
        assert settings.storage.postgres == "postgresql://articlebot@postgres/articlebot"
        secret = services["postgres"]["environment"]["POSTGRES_PASSWORD"]
        assert environment["PGPASSWORD"] == secret
        assert "./cluster.config.toml:/srv/articlebot/config.toml:ro" in services[name]["volumes"]
    nodes = [f"http://{name}:9200" for name in services if name.startswith("search")]
    assert list(settings.search.opensearch) == nodes
    assert len(nodes) == 3
    spare = 1
    assert services["bot"]["deploy"]["replicas"] == settings.discord.processes + spare
    port = settings.reader.listen.rpartition(":")[2]
    assert services["reader"]["ports"] == [f"127.0.0.1:8080:{port}"]
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    built = services["bot"]["build"]
    assert (DEPLOY / built["context"] / "Dockerfile").samefile(ROOT / "Dockerfile")
    assert built["args"]["EXTRAS"] in project["optional-dependencies"]
    assert re.search(r"(?m)^ARG EXTRAS", (ROOT / "Dockerfile").read_text("utf-8"))


def test_every_command_path_and_port_of_the_cluster_is_one_that_there_is() -> None:
    """Tests start it with no engine: what it names is looked for where it would be met."""
    file = DEPLOY / "cluster.compose.yaml"
    compose = yaml.safe_load(file.read_text("utf-8"))
    services = compose["services"]
    parser = make_parser()
    for name in ("bot", "reader"):
        service = services[name]
        assert parser.parse_args(service["command"]).log_format == "json"
        assert set(service["depends_on"]) <= services.keys()
        assert all("healthcheck" in services[each] for each in service["depends_on"])
        mounted = [volume.split(":")[0] for volume in service["volumes"]]
        assert all((file.parent / path).is_file() for path in mounted)
        *_, target = re.findall(r"(?m)^WORKDIR (\S+)$", (ROOT / "Dockerfile").read_text("utf-8"))
        assert service["volumes"][0].split(":")[1] == f"{target}/{config.FILE}"
        used = set(re.findall(r"\$\{(\w+)", str(service["environment"])))
        assert used == {"DISCORD_TOKEN", "POSTGRES_PASSWORD"}
    kept = {name for name in services if "volumes" in services[name]} - {"bot", "reader"}
    assert kept == compose["volumes"].keys()
    address = services["bot"]["environment"]["DATABASE_URL"]
    user, database = services["postgres"]["environment"]["POSTGRES_USER"], "articlebot"
    assert address == f"postgresql://{user}@postgres/{database}"
    assert services["postgres"]["environment"]["POSTGRES_DB"] == database
    nodes = [name for name in services if name.startswith("search")]
    for name in nodes:
        environment = services[name]["environment"]
        assert environment["node.name"] == name
        for setting in ("discovery.seed_hosts", "cluster.initial_cluster_manager_nodes"):
            assert environment[setting].split(",") == nodes
        assert services[name]["healthcheck"]["test"][0] == "CMD"


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


@pytest.mark.skipif(
    not os.environ.get("IMAGE_STEPS"),
    reason="installs every package anew; IMAGE_STEPS=1 asks for it, as .ci/run does",
)
def test_the_dockerfiles_steps_make_what_answers(tmp_path: Path) -> None:
    """The build in plain chroots, without a container engine; see `tests.deploy.dockerfile`."""
    unshare = namespace()
    wheels = tmp_path / "wheels"
    wheels.mkdir()
    try:
        make_wheels(["articlebot", "scikit-build-core"], wheels)
    except PackageNotFoundError as error:
        pytest.skip(f"{error} is not installed")
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    command = [*unshare, sys.executable, "-m", "tests.deploy.dockerfile"]
    done = subprocess.run(  # noqa: S603
        [*command, str(ROOT), str(scratch), str(wheels)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=600,
        check=False,
    )
    shutil.rmtree(wheels)  # hundreds of megabytes
    assert done.returncode == 0, done.stderr[-3000:]
    found = {
        line["did"]: line for line in map(json.loads, done.stdout.splitlines()) if "did" in line
    }
    version = found["--version"]["out"]
    assert version.startswith(f"articlebot {__version__}\nkernel: /opt/articlebot/lib/")
    assert found["run"]["status"] == 2
    assert found["run"]["err"].startswith("articlebot: there is no Discord token")
    assert (
        "**The ferry leaves at nine in the evening.**"
        in found["ask When does the ferry leave?"]["out"]
    )
    rights = found["rights"]
    assert rights["out"] == "10001\n"
    assert rights["err"].count("Read-only file system") == 2
    assert found["healthcheck"] == {"did": "healthcheck", "status": 0, "out": "", "err": ""}
    assert found["serve"]["status"] == 0
    assert "the pages are at http://0.0.0.0:8080" in found["serve"]["err"]


def namespace() -> list[str]:
    """Return the command that begins a namespace of mounts; skip the test where there is none, or
    what the image would install is not on this machine."""
    unshare, packages = shutil.which("unshare"), shutil.which("dpkg-query")
    if unshare is None or packages is None or os.geteuid() != 0:
        pytest.skip("no chroot can be made here: that takes root, unshare, and Debian's packages")
    command = [unshare, "--mount", "--pid", "--fork", "--kill-child", "--mount-proc"]
    trial = [*command, "mount", "-t", "tmpfs", "tmpfs", "/mnt"]
    if subprocess.run(trial, capture_output=True, timeout=30, check=False).returncode:  # noqa: S603
        pytest.skip("nothing can be mounted here")
    wanted = [packages, "--show", "gcc", "libc6-dev", "cmake", "ninja-build"]
    if subprocess.run(wanted, capture_output=True, timeout=30, check=False).returncode:  # noqa: S603
        pytest.skip("gcc, libc6-dev, cmake or ninja-build is not on this machine")
    return command


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

"""`run` and `invite`: from the command line to a bot that is connected, as a process of its own."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from bot.config import DiscordSettings
from bot.core.errors import BotError, ConfigError
from bot.frontends.discord.run_bot import PERMISSIONS, api_at, invitation, read_token
from tests import processes
from tests.cluster.certificates import Authority
from tests.frontends.discord_bot.playing import CORPUS, connected, playing, run, settings_in
from tests.frontends.discord_bot.test_library import TEXT, add, guild_of
from tests.loopback.server import LoopbackDiscord
from tests.loopback.world import Person
from tests.wording import raises

ADA = Person("Ada")
ROOT = Path(__file__).parents[3]


class Ended(NamedTuple):
    """The result of a process."""

    status: int
    out: str
    err: str


class Program:
    """`python -m bot` in a folder of its own."""

    def __init__(self, folder: Path, discord: LoopbackDiscord | None) -> None:
        self.folder = folder
        (folder / "corpus").mkdir(exist_ok=True)
        for name, text in CORPUS.items():
            (folder / "corpus" / name).write_text(text, "utf-8")
        api = f'api_url = "{discord.api_url}"\n' if discord else ""
        (folder / "config.toml").write_text(f'[search]\ncache = "index"\n[discord]\n{api}')

    async def start(self, *arguments: str, token: str | None = None) -> asyncio.subprocess.Process:
        environment = {k: v for k, v in os.environ.items() if k != "DISCORD_TOKEN"}
        environment["PYTHONPATH"] = str(ROOT)
        if token is not None:
            environment["DISCORD_TOKEN"] = token
        return await processes.start(
            sys.executable,
            "-m",
            "bot",
            *arguments,
            cwd=self.folder,
            env=environment,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )

    async def run(self, *arguments: str, token: str | None = None) -> Ended:
        return await ended(await self.start(*arguments, token=token))


async def ended(process: asyncio.subprocess.Process) -> Ended:
    out, err = await asyncio.wait_for(process.communicate(), 30)
    return Ended(process.returncode or 0, out.decode(), err.decode())


def test_it_answers_until_it_is_told_to_end(tmp_path: Path) -> None:
    async def scene() -> None:
        async with LoopbackDiscord() as discord:
            north = discord.add_guild("North")
            program = Program(tmp_path, discord)
            process = await program.start("run", token=discord.token)
            async with asyncio.timeout(30):
                await discord.gateway.ready.wait()
            asked = await discord.slash(ADA, north.channel, "ask", question="Why do meanders grow?")
            assert "How rivers bend" in (await discord.answered(asked)).text
            # One more, which is under way when the end is asked for.
            ben = Person("Ben")
            asked = await discord.slash(ben, discord.direct(), "ask", question="What is yeast?")
            await discord.until(asked, lambda: asked.acknowledged is not None)
            process.send_signal(signal.SIGTERM)
            left = await ended(process)
            assert "Why bread rises" in (await discord.answered(asked)).text
            assert (left.status, left.out) == (0, "")
            assert "gave Discord 7 commands" in left.err
            assert "Traceback" not in left.err
            assert discord.token not in left.err
            assert (tmp_path / "data" / "discord.sqlite3").is_file()

    run(scene())


def test_a_server_that_speaks_no_tls_is_named_as_such(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", "token")

    async def scene() -> None:
        async with LoopbackDiscord() as discord:
            url = discord.api_url.replace("http://", "https://")
            settings = settings_in(tmp_path, api_url=url)
            with raises(BotError, match=r"cannot be reached at https://.*\[SSL: \w+\]"):
                await asyncio.to_thread(invitation, settings)

    run(scene())


def test_a_certificate_that_nobody_trusts_is_no_refused_token(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", "token")
    unknown = Authority(tmp_path).issue("discord").context()

    async def scene() -> None:
        server = await asyncio.start_server(lambda _, __: None, "127.0.0.1", 0, ssl=unknown)
        async with server:
            port = server.sockets[0].getsockname()[1]
            settings = settings_in(tmp_path, api_url=f"https://localhost:{port}/api/v10")
            with raises(BotError, match=r"cannot be reached at https://.*certificate verify"):
                await asyncio.to_thread(invitation, settings)

    run(scene())


def test_what_stands_in_the_way_is_one_line(tmp_path: Path) -> None:
    async def scene() -> None:
        async with LoopbackDiscord() as discord:
            program = Program(tmp_path, discord)
            left = await program.run("run")
            assert left == Ended(
                2,
                "",
                "articlebot: there is no Discord token: make one at "
                "https://discord.com/developers/applications (your application, Bot, Reset "
                "Token) and put it into the environment as DISCORD_TOKEN, or into a file that "
                "[discord] token_file names\n",
            )
            for command in ("run", "invite"):
                left = await program.run(command, token="wrong-token")  # noqa: S106 - a wrong one
                assert (left.status, left.out) == (2, "")
                assert left.err.splitlines()[-1] == (
                    "articlebot: Discord refuses the token from DISCORD_TOKEN; make a new one at "
                    "https://discord.com/developers/applications (your application, Bot, Reset "
                    "Token) and put it there"
                )
                assert "wrong-token" not in left.err
                assert "Traceback" not in left.err
        left = await program.run("invite", token=discord.token)
        assert left.status == 2
        assert "Discord cannot be reached at http://127.0.0.1" in left.err
        assert left.err.endswith(": Connection refused\n")
        assert "Traceback" not in left.err

    run(scene())


async def said(process: asyncio.subprocess.Process, text: str) -> str:
    """Return a process's output up to the line that has this text."""
    assert process.stderr is not None
    lines = ""
    async with asyncio.timeout(60):
        while text not in lines:
            line = (await process.stderr.readline()).decode()
            assert line, f"{text!r} was not said in: {lines}"
            lines += line
    return lines


def test_without_a_network_it_waits_and_tries_again(tmp_path: Path) -> None:
    async def scene() -> None:
        async with LoopbackDiscord() as discord:
            program = Program(tmp_path, discord)
        process = await program.start("run", token=discord.token)
        line = (await said(process, "trying again")).splitlines()[-1]
        assert "WARNING" in line
        assert "Discord cannot be reached at http://127.0.0.1" in line
        process.send_signal(signal.SIGTERM)
        left = await ended(process)
        assert left.status == 0
        assert "SIGTERM: finishing the answers under way, then leaving" in left.err
        assert "Traceback" not in left.err

    run(scene())


def test_it_says_what_it_does_and_reads_its_settings_again(tmp_path: Path) -> None:
    async def scene() -> None:
        async with LoopbackDiscord() as discord:
            program = Program(tmp_path, discord)
            process = await program.start("run", "--log-format", "json", token=discord.token)
            begun = await said(process, "articles can be asked")
            async with asyncio.timeout(30):
                await discord.gateway.ready.wait()
            messages = [json.loads(line)["message"] for line in begun.splitlines()]
            assert f"articles in {tmp_path / 'corpus'}, index in" in messages[0]
            assert "no pages are served; [reader] listen says where they would be" in messages
            assert {"added how-rivers-bend", "added why-bread-rises"} < set(messages)
            assert messages[-1] == "2 articles can be asked"

            second = await program.run("run", token=discord.token)
            assert second.status == 2
            assert "another `run` answers with this data; end it first" in second.err
            assert (await program.run("articles")).status == 0

            config = tmp_path / "config.toml"
            right = config.read_text()
            config.write_text(right + "user_cooldown = 61.0\n[corpus]\nlargest_file_mb = 5.0\n")
            process.send_signal(signal.SIGHUP)
            heard = await said(process, "user_cooldown")
            assert "SIGHUP: discord.user_cooldown is changed" in heard
            assert "SIGHUP: corpus.largest_file_mb takes effect at the next start" in heard
            config.write_text(right + "user_cooldown = true\n")
            process.send_signal(signal.SIGHUP)
            assert "SIGHUP: nothing is changed: config.toml:" in await said(process, "nothing")
            for _ in range(8):
                asked = await discord.slash(ADA, discord.direct(), "ask", question="What is yeast?")
                reply = await discord.answered(asked)
            assert "ask again in" in reply.text

            process.send_signal(signal.SIGTERM)
            left = await ended(process)
            assert left.status == 0
            assert all(json.loads(line) for line in left.err.splitlines())

    run(scene())


def test_the_invitation_asks_for_what_is_needed_and_no_more(tmp_path: Path) -> None:
    async def scene() -> None:
        async with LoopbackDiscord() as discord:
            left = await Program(tmp_path, discord).run("invite", token=discord.token)
            application = discord.bot.id
            assert left == Ended(
                0,
                "Add it to a server:       https://discord.com/oauth2/authorize?client_id="
                f"{application}&scope=bot+applications.commands&permissions=274877975552"
                "&integration_type=0\n"
                "Add it to your account:   https://discord.com/oauth2/authorize?client_id="
                f"{application}&scope=applications.commands&integration_type=1\n",
                "",
            )
            assert [name for name, given in PERMISSIONS if given] == [
                "read_messages",
                "send_messages",
                "read_message_history",
                "send_messages_in_threads",
            ]

    run(scene())


def test_show_and_verify_take_a_server(tmp_path: Path) -> None:
    async def scene() -> None:
        async with playing(tmp_path) as (discord, settings):
            north = guild_of(discord)
            async with connected(discord, settings):
                await add(discord, north, title="The clock", text=TEXT)
                asked = await discord.slash(
                    ADA, north.channel, "ask", question="When does the tower strike?"
                )
                address = (await discord.answered(asked)).texts[2].split("`")[1]
            program = Program(tmp_path, None)
            shown = await program.run("show", address, "--server", str(north.id))
            assert shown.status == 0
            assert "strikes thirteen on Fridays" in shown.out
            checked = await program.run("verify", address, "--server", str(north.id))
            assert checked.status == 0
            assert "identical" in checked.out
            elsewhere = await program.run("verify", address)
            assert elsewhere.status == 1
            assert "thirteen" not in elsewhere.out + elsewhere.err
            unknown = await program.run("show", address, "--server", "12")
            assert unknown.err.endswith("server 12 has no articles of its own\n")
            assert unknown.status == 2
            wrong = await program.run("show", address, "--server", "north")
            assert wrong.status == 2
            assert "'north' is no id of a server; it is a number" in wrong.err

    run(scene())


def test_the_token_comes_from_the_environment_or_its_owners_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "token"
    settings = DiscordSettings(token_file=file)
    monkeypatch.delenv("DISCORD_TOKEN", raising=False)
    with raises(ConfigError, match="the token cannot be read"):
        read_token(settings)
    file.write_text(" any form at all \n")
    file.chmod(0o640)
    with raises(ConfigError, match="others can read the token in it; chmod 600 it"):
        read_token(settings)
    file.chmod(0o600)
    assert read_token(settings) == ("any form at all", str(file))
    monkeypatch.setenv("DISCORD_TOKEN", "first")
    assert read_token(settings) == ("first", "DISCORD_TOKEN")
    monkeypatch.setenv("DISCORD_TOKEN", " ")
    file.write_bytes(b"\xff\xfe")
    with raises(ConfigError, match="it is no text"):
        read_token(settings)
    file.write_text("\n")
    with raises(ConfigError, match="there is no token in it"):
        read_token(settings)


@pytest.mark.parametrize("url", ["", "discord.com/api", "ftp://x/y", "http://", "http://x/{y}"])
def test_an_api_url_that_is_none_is_one_line(url: str) -> None:
    with raises(ConfigError, match=r"^\[discord\] api_url is '.*'; it has to be"), api_at(url):
        pass

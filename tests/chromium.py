"""A real Chromium, driven over its DevTools protocol: for tests of what a browser does with a page.

It is found on the machine (``chromium``); tests that need it are skipped where there is none.
"""

from __future__ import annotations

import asyncio
import base64
import io
import json
import os
import re
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, NamedTuple

from aiohttp import ClientSession, ClientWebSocketResponse

from bot.wiring.temporary_folders import temporary_folder
from tests.processes import tied

PROGRAM = shutil.which("chromium") or shutil.which("chromium-browser")
_MARK = (255, 0, 0)
_STYLE = "::target-text { background: rgb(255, 0, 0) !important; color: rgb(255, 0, 0) !important }"
_SECONDS = 30.0
_FRAMES = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
"""Two of them: a fragment is searched for once the page is laid out."""
_OPTIONS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-sync "
    "--disable-background-networking --disable-component-update --hide-scrollbars "
    "--force-color-profile=srgb --window-size=800,600 --remote-debugging-port=0"
).split()


class Seen(NamedTuple):
    """The part of a page that a browser shows after following a link."""

    scrolled: bool
    marked: tuple[str, ...]
    """The texts of the page's innermost elements with an id in which something is marked."""


class Chromium:
    """One tab of a running browser."""

    def __init__(self, socket: ClientWebSocketResponse) -> None:
        self._socket = socket
        self._number = 0
        self.errors: list[str] = []
        """The browser's complaints since this was last emptied."""

    async def look_as(self, width: int, height: int, scheme: str) -> None:
        """Show pages from now on in a window of so many pixels, and in a colour scheme: ``light``
        or ``dark``."""
        await self.call(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=False,
        )
        feature = {"name": "prefers-color-scheme", "value": scheme}
        await self.call("Emulation.setEmulatedMedia", features=[feature])

    async def open(self, url: str) -> None:
        """Open a page as if its address were typed, and wait until it is laid out."""
        await self.call("Page.navigate", url="about:blank")
        await self.call("Log.enable")
        await self.call("Page.navigate", url=url)
        for _ in range(200):
            if await self.evaluate("document.readyState") == "complete":
                break
            await asyncio.sleep(0.01)
        await self.evaluate(f"{_FRAMES}.then(() => 1)", wait=True)

    async def picture(self) -> bytes:
        """The window as it is, a PNG."""
        shot = await self.call("Page.captureScreenshot", format="png")
        return base64.b64decode(shot["data"])

    async def evaluate_apart(self, script: str, value: str) -> Any:
        """Run a script in a world of its own, where no policy of the page keeps it from running;
        the value of an expression there."""
        frame = (await self.call("Page.getFrameTree"))["frameTree"]["frame"]["id"]
        world = (await self.call("Page.createIsolatedWorld", frameId=frame))["executionContextId"]
        await self.call("Runtime.evaluate", expression=script, contextId=world)
        answer = await self.call(
            "Runtime.evaluate",
            expression=value,
            contextId=world,
            returnByValue=True,
            awaitPromise=True,
        )
        return answer["result"]["value"]

    async def follow(self, url: str) -> Seen:
        """Open a link as if it were typed, and look at the page. Elements with an id are the ones
        that are told apart."""
        await self.open(url)
        style = f"(s => {{ s.textContent = '{_STYLE}'; document.head.append(s) }})"
        await self.evaluate(f"{style}(document.createElement('style'))")
        await self.evaluate(f"{_FRAMES}.then(() => 1)", wait=True)
        scrolled = await self.evaluate("window.scrollY > 0")
        boxes = await self.evaluate(
            "[...document.querySelectorAll('[id]')].filter(e => !e.querySelector('[id]'))"
            ".map(e => {"
            "const r = e.getBoundingClientRect();"
            "return [e.textContent, r.left, r.top, r.right, r.bottom] })"
        )
        from PIL import Image

        picture = Image.open(io.BytesIO(await self.picture())).convert("RGB")
        marked = tuple(
            text
            for text, left, top, right, bottom in boxes
            if _has_mark(picture.crop((int(left), int(top), int(right) + 1, int(bottom))))
        )
        return Seen(bool(scrolled), marked)

    async def evaluate(self, script: str, wait: bool = False) -> Any:
        """The value of a script on the page."""
        answer = await self.call(
            "Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=wait
        )
        return answer["result"].get("value")

    async def call(self, method: str, **parameters: object) -> dict[str, Any]:
        """Call a DevTools method; its result."""
        self._number += 1
        await self._socket.send_json({"id": self._number, "method": method, "params": parameters})
        async with asyncio.timeout(_SECONDS):
            while True:
                answer = json.loads(await self._socket.receive_str())
                if answer.get("method") == "Log.entryAdded":
                    entry = answer["params"]["entry"]
                    if entry["level"] == "error":
                        self.errors.append(entry["text"])
                if answer.get("id") == self._number:
                    if "error" in answer:
                        raise RuntimeError(f"{method}: {answer['error']}")
                    result: dict[str, Any] = answer["result"]
                    return result


def _has_mark(picture: Any) -> bool:
    return _MARK in {
        colour for _, colour in picture.getcolors(picture.width * picture.height) or ()
    }


@asynccontextmanager
async def chromium() -> AsyncIterator[Chromium]:
    """A browser with an empty profile, ended afterwards."""
    if PROGRAM is None:
        raise RuntimeError("there is no chromium on this machine")
    with temporary_folder("articlebot-chromium-") as profile:
        process = await asyncio.create_subprocess_exec(
            *tied([PROGRAM, *_OPTIONS, f"--user-data-dir={profile}", "about:blank"]),
            env={**os.environ, "TMPDIR": str(profile)},  # it leaves its temporary files behind
            stderr=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.DEVNULL,
        )
        try:
            async with asyncio.timeout(_SECONDS):
                port = await _port(process)
            async with ClientSession() as session:
                async with session.get(f"http://127.0.0.1:{port}/json/list") as response:
                    tabs = await response.json(content_type=None)
                address = next(tab for tab in tabs if tab["type"] == "page")["webSocketDebuggerUrl"]
                async with session.ws_connect(address, max_msg_size=0) as socket:
                    yield Chromium(socket)
        finally:
            process.terminate()
            await process.communicate()


async def _port(process: asyncio.subprocess.Process) -> int:
    if process.stderr is None:
        raise RuntimeError("its standard error is a pipe")
    while line := await process.stderr.readline():
        if found := re.search(rb"DevTools listening on ws://127\.0\.0\.1:(\d+)/", line):
            return int(found[1])
    raise RuntimeError("chromium ended before it could be reached")

"""A web site for tests that fetch: real requests, and no network."""

from __future__ import annotations

import asyncio
import threading

from aiohttp import web


class LoopbackSite:
    """A site on a port of this machine, in a thread of its own, whose pages may change."""

    def __init__(self) -> None:
        self.pages: dict[str, str] = {}
        """HTML, by its path."""
        self.downloads: dict[str, bytes] = {}
        """Bytes that come without a telling type, by their path."""
        self.port = 0
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()
        self._ready.wait(10)

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def close(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()

    def _serve(self) -> None:
        async def answer(request: web.Request) -> web.StreamResponse:
            if request.path in self.downloads:
                data = self.downloads[request.path]
                return web.Response(body=data, content_type="application/octet-stream")
            if request.path not in self.pages:
                return web.Response(status=404)
            return web.Response(text=self.pages[request.path], content_type="text/html")

        async def start() -> web.AppRunner:
            app = web.Application()
            app.router.add_get("/{any:.*}", answer)
            runner = web.AppRunner(app)
            await runner.setup()
            await web.TCPSite(runner, "127.0.0.1", 0).start()
            self.port = runner.addresses[0][1]
            return runner

        runner = self._loop.run_until_complete(start())
        self._ready.set()
        self._loop.run_forever()
        self._loop.run_until_complete(runner.cleanup())
        self._loop.close()

"""Serves the gateway: the open port for buyers, and a private one with numbers for who runs it."""

from __future__ import annotations

import asyncio
import sys
from typing import Final

import structlog
import uvicorn
import uvloop
from prometheus_client import generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from buyer_protection.disputes.transactions import reading
from buyer_protection.logs import keep_quiet
from buyer_protection.settings import Settings, settings, variable
from gateway import metrics, unanswered
from gateway.app import create_app
from gateway.impatient import Impatient
from gateway.parts import FINISH_WITHIN, Parts

LOOPBACK: Final = "127.0.0.1"
#: Seconds that a connection may be silent: half a request is no reason to keep a place.
SILENT_FOR: Final = 10
#: Connections at once; beyond them a request is refused at the door.
MOST_CONNECTIONS: Final = 1000


def serve(known: Settings | None = None) -> int:
    """Serves until SIGTERM or SIGINT, then finishes the turns under way; 1 if a port is taken.

    Raises SettingsError or DatabaseError before anything listens.
    """
    known = known or settings()
    keep_quiet(known.log_level)
    app = create_app(known)
    buyers = Server(_config(app, known.host, known.port, limit_concurrency=MOST_CONNECTIONS), app.state.parts)
    numbers = uvicorn.Server(_config(metrics_app(app.state.parts), LOOPBACK, known.metrics_port))
    uvloop.install()
    return asyncio.run(_serve(buyers, numbers, known))


def metrics_app(parts: Parts) -> Starlette:
    """`GET /metrics`, as Prometheus reads them."""

    async def read(_: Request) -> Response:
        try:
            metrics.WAITING.set(await asyncio.to_thread(reading, parts.engine, unanswered.waiting))
        except Exception:
            metrics.WAITING.set(float("nan"))
        return Response(generate_latest(metrics.REGISTRY), headers={"Content-Type": CONTENT_TYPE_LATEST})

    return Starlette(routes=[Route("/metrics", read)])


class Server(uvicorn.Server):
    """Lets who waits for a stream go before it waits for requests to end."""

    def __init__(self, config: uvicorn.Config, parts: Parts) -> None:
        super().__init__(config)
        self._parts = parts

    async def shutdown(self, *args: object, **kwargs: object) -> None:
        """Takes no more, finishes what is under way."""
        self._parts.let_go()
        await super().shutdown(*args, **kwargs)  # type: ignore[arg-type]


async def _serve(buyers: Server, numbers: uvicorn.Server, known: Settings) -> int:
    beside = asyncio.create_task(_until_ended(numbers))
    await _until_ended(buyers)
    numbers.should_exit = True
    await beside
    for server, name in ((buyers, "port"), (numbers, "metrics_port")):
        if not server.started:
            print(f"port {getattr(known, name)} is taken: set {variable(name)}", file=sys.stderr)
            return 1
    return 0


async def _until_ended(server: uvicorn.Server) -> None:
    try:
        await server.serve()
    except SystemExit:  # what uvicorn does about a port that is taken
        structlog.get_logger(__name__).error("gateway.port_taken", port=server.config.port)


def _config(app: Starlette, host: str, port: int, limit_concurrency: int | None = None) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        host=host,
        port=port,
        log_config=None,
        access_log=False,
        server_header=False,
        http=Impatient,
        ws="none",
        timeout_keep_alive=SILENT_FOR,
        timeout_graceful_shutdown=int(FINISH_WITHIN),
        limit_concurrency=limit_concurrency,
        proxy_headers=False,
    )

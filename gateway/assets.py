"""The widget's modules as static files: what a shop's page loads with its one script tag."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import Response
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

#: Beside this package in the source tree, and where it is installed.
WIDGET: Final = Path(__file__).resolve().parent.parent / "widget"
#: Where pages find it. Each change of a module is seen at once: asking whether it changed costs one short answer.
AT: Final = "/assets/widget"
_KEPT: Final = "no-cache"


def routes() -> list[Mount]:
    """`GET /assets/widget/NAME.js`, compressed, with an ETag; everything else there is not found."""
    return [Mount(AT, app=GZipMiddleware(Modules(directory=WIDGET), minimum_size=500))]


class Modules(StaticFiles):
    """Files that end in `.js`, and no others: notes that lie beside them are nobody's business."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """One module. Raises HTTPException 404 or 405."""
        if not path.endswith(".js"):
            raise HTTPException(404)
        return await super().get_response(path, scope)

    def file_response(
        self, full_path: str | os.PathLike[str], stat_result: os.stat_result, scope: Scope, status_code: int = 200
    ) -> Response:
        """The file, or 304 where the page has it already."""
        response = super().file_response(full_path, stat_result, scope, status_code)
        response.headers["Cache-Control"] = _KEPT
        # Whichever page may speak for a buyer may load it; `gateway/origins.py` has refused the others.
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        return response

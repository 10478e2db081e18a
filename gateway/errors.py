"""What a refusal looks like: one JSON shape, a code that stays, and a sentence that whoever writes a page can act on.

    {"error": {"code": "too_many", "message": "...", "trace": "5f0c..."}}

Whatever is raised while a request is answered ends here, and nothing of its content leaves or is logged.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from typing import Any, Final, Literal

import structlog
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse

from buyer_protection.logs import in_code

Code = Literal[
    "bad_request",
    "unauthorized",
    "origin_refused",
    "not_found",
    "method_not_allowed",
    "id_taken",
    "too_large",
    "not_json",
    "wrong_type",
    "too_many",
    "too_many_uploads",
    "wrong_offset",
    "wrong_checksum",
    "busy",
    "tus_version",
    "dispute_opened",
    "not_accepted",
    "empty",
    "not_photo_or_video",
    "two_kinds",
    "damaged",
    "infected",
    "too_many_pixels",
    "too_many_files",
    "too_many_bytes",
    "too_many_today",
    "closed",
    "internal",
    "unavailable",
]

#: For each code the status, and the sentence unless a better one is known.
ERRORS: Final[Mapping[Code, tuple[int, str]]] = {
    "bad_request": (400, "The request cannot be read; compare it with the OpenAPI document."),
    "unauthorized": (
        401,
        "A valid token is expected: get a new one for the buyer from your server and send it as "
        "'Authorization: Bearer TOKEN'.",
    ),
    "origin_refused": (403, "This page's origin is not on the list; add it to BUYER_PROTECTION_ORIGINS."),
    "not_found": (404, "There is nothing here; check the path against the OpenAPI document."),
    "method_not_allowed": (405, "This method is not for this path; the header Allow lists those that are."),
    "id_taken": (409, "Another message was sent with this id; send each new message with a new id."),
    "too_large": (413, "The request is too large; send less at once."),
    "not_json": (415, "JSON is expected; send it with 'Content-Type: application/json'."),
    "wrong_type": (415, "The body is of another type than is expected here; compare it with the OpenAPI document."),
    "wrong_offset": (409, "The upload is elsewhere; ask for its offset with HEAD, and go on from there."),
    # The status is that of tus; no other document has it.
    "wrong_checksum": (460, "These bytes are not those that were sent; send them again from the same offset."),
    "busy": (423, "Another request sends this file; try again in {seconds} seconds."),
    "tus_version": (412, "tus 1.0 is spoken here; send it with 'Tus-Resumable: 1.0.0'."),
    "too_many_uploads": (429, "Too many files at once; try again in {seconds} seconds."),
    "dispute_opened": (409, "A dispute rests on this file; it stays."),
    # Why a file is not evidence. The sentences for buyers are in data/responses/files.yml.
    **dict.fromkeys(
        (
            "not_accepted",
            "empty",
            "not_photo_or_video",
            "two_kinds",
            "damaged",
            "infected",
            "too_many_pixels",
            "too_many_files",
            "too_many_bytes",
            "too_many_today",
            "closed",
        ),
        (422, "The file was not accepted."),
    ),
    "too_many": (429, "Too many messages at once; try again in {seconds} seconds."),
    "internal": (500, "Something failed here; report it with the trace, and try again with the same id."),
    "unavailable": (
        503,
        "A part of it does not answer; try again in {seconds} seconds with the same id: nothing is done twice.",
    ),
}
#: When to try again where a part does not answer, in seconds.
BACK_SOON: Final = 5

#: What SQLAlchemy raises while the database cannot be reached, which passes.
DATABASE_AWAY: Final = (OperationalError, InterfaceError, NoConnection)
_CODES: Final[Mapping[int, Code]] = {status: code for code, (status, _) in reversed(list(ERRORS.items()))}
#: Where whoever receives a request keeps its trace.
_TRACE: Final = "trace"
_logger = structlog.get_logger(__name__)


class GatewayError(Exception):
    """A request that is not done, with the `code` that says why.

    `message` replaces the table's sentence and must not quote the request. `seconds` is when to try again (for
    `too_many` and `unavailable`), `headers` go out with the answer, `reason` is a code for the log alone.
    """

    def __init__(
        self,
        code: Code,
        message: str = "",
        *,
        seconds: int = BACK_SOON,
        headers: Mapping[str, str] | None = None,
        reason: str = "",
    ) -> None:
        super().__init__(code)
        self.code: Final = code
        self.status, sentence = ERRORS[code]
        self.message = message or sentence.format(seconds=seconds).replace("in 1 seconds", "in 1 second")
        self.headers = dict(headers or {})
        self.reason = reason
        if "{seconds}" in sentence:
            self.headers["Retry-After"] = str(seconds)
        if code == "unauthorized":
            self.headers["WWW-Authenticate"] = "Bearer"


class Unauthorized(GatewayError):
    """Nobody that we know speaks here. All of these look the same from outside; `reason` is for the log."""

    def __init__(self, reason: str) -> None:
        super().__init__("unauthorized", reason=reason)


def error_response(error: GatewayError, trace: str) -> JSONResponse:
    """The answer to a request that was not done."""
    content = {"error": {"code": error.code, "message": error.message, "trace": trace}}
    return JSONResponse(content, error.status, {"Cache-Control": "no-store", **error.headers})


def trace_of(request: Request) -> str:
    """The trace id of a request; made, and kept with the request, where it has none yet."""
    trace: str = getattr(request.state, _TRACE, "")
    if not trace:
        trace = secrets.token_hex(16)
        setattr(request.state, _TRACE, trace)
    return trace


async def _refused(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, GatewayError)
    log = _logger.warning if error.status >= 500 else _logger.info
    log("request.refused", code=error.code, reason=error.reason, trace=trace_of(request))
    return error_response(error, trace_of(request))


async def _refused_by_starlette(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    code = _CODES.get(error.status_code, "bad_request" if error.status_code < 500 else "internal")
    allowed = {name: value for name, value in (error.headers or {}).items() if name.lower() == "allow"}
    return await _refused(request, GatewayError(code, headers=allowed))


async def _left(request: Request, _error: Exception) -> JSONResponse:
    """Whoever asked is gone: nobody reads this, and nothing failed."""
    return error_response(GatewayError("bad_request"), trace_of(request))


async def _database_away(request: Request, error: Exception) -> JSONResponse:
    return await _refused(request, GatewayError("unavailable", reason=in_code(error)))


async def _failed(request: Request, error: Exception) -> JSONResponse:
    _logger.error("request.failed", reason=in_code(error), trace=trace_of(request))
    return error_response(GatewayError("internal"), trace_of(request))


#: What Starlette is given as `exception_handlers`.
handlers: Final[Mapping[Any, Callable[[Request, Exception], Any]]] = {
    GatewayError: _refused,
    HTTPException: _refused_by_starlette,
    ClientDisconnect: _left,
    **dict.fromkeys(DATABASE_AWAY, _database_away),
    Exception: _failed,
}

"""The first day for a dispute, to be put into a calendar, by an address that the assessment's message carries."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from datetime import datetime, timezone
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from buyer_protection.disputes import find_claim
from buyer_protection.disputes.calendar_file import MEDIA_TYPE, calendar_file
from gateway.conversations import conversation_of
from gateway.errors import GatewayError
from gateway.parts import Parts
from gateway.showing import HARMLESS, attachment
from gateway.signed_paths import CALENDAR, SignedPaths

#: The part of `custom` that carries the address, and what it looks like when actions say it: not signed yet.
FIELD: Final = "calendar"
_PATH: Final = re.compile(r"/widget/calendar/[A-Z0-9-]{1,40}\.ics")


def routes(parts: Parts) -> list[Route]:
    """`GET /widget/calendar/REFERENCE.ics`, signed."""

    async def get(request: Request) -> Response:
        now = datetime.now(timezone.utc)
        reference = request.path_params["reference"]
        claim = await asyncio.to_thread(find_claim, parts.engine, reference=reference, now=now)
        conversation = conversation_of(claim.buyer_id) if claim else ""
        is_open = parts.paths.opens(request.scope["path"], request.query_params, conversation, now)
        content = calendar_file(claim) if claim and is_open else None
        if content is None:
            raise GatewayError("not_found")
        headers = {**HARMLESS, "Content-Disposition": attachment(f"{reference}.ics"), "Content-Type": MEDIA_TYPE}
        return Response(content, headers=headers)

    return [Route("/widget/calendar/{reference}.ics", get, methods=["GET"])]


def with_calendar(custom: Mapping[str, Any], conversation: str, paths: SignedPaths, now: datetime) -> dict[str, Any]:
    """What is drawn, with the address of its calendar file signed anew, as it leaves."""
    path = str(custom.get(FIELD) or "").partition("?")[0]
    if not _PATH.fullmatch(path):
        return dict(custom)
    # The same for a day, so that the same message is drawn the same.
    day = now.replace(hour=0, minute=0, second=0, microsecond=0)
    return {**custom, FIELD: paths.sign(path, conversation, day, CALENDAR)}

"""What a buyer handed in: a file in one piece (for programs), the receipts, a look at the copy, and taking it back."""

from __future__ import annotations

import asyncio
from datetime import datetime, timezone
from pathlib import Path
from typing import Any, Final

import structlog
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from buyer_protection.disputes import Refused
from buyer_protection.evidence import Receipt, evidence_of_buyer, for_viewing, remove
from buyer_protection.logs import in_code
from gateway.channels.widget import vouched_by
from gateway.conversations import conversation_of
from gateway.errors import GatewayError
from gateway.handing_in import FileRefused, in_words
from gateway.identity import Buyer, authorization_of
from gateway.multipart_file import AROUND, MultipartFile
from gateway.parts import Parts
from gateway.pouring import Stopped, TooMuch, pour, until
from gateway.receipts import EVIDENCE, message_of, with_address
from gateway.showing import shown
from gateway.upload_quota import QuotaReached
from gateway.upload_rows import is_name, new_name

_NO_STORE: Final = {"Cache-Control": "no-store"}

_logger = structlog.get_logger(__name__)


def routes(parts: Parts) -> list[Route]:
    """`/widget/evidence` and what lies below it."""
    page = EvidencePage(parts)
    return [
        Route(EVIDENCE, page.all, methods=["GET", "POST"]),
        Route(EVIDENCE + "/{id}", page.one, methods=["GET", "DELETE"]),
    ]


class EvidencePage:
    """What a page or a program can ask for."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    async def all(self, request: Request) -> Response:
        """Takes a file, or tells of those that were accepted."""
        return await (self._post(request) if request.method == "POST" else self._list(request))

    async def one(self, request: Request) -> Response:
        """Shows a file to whoever has its signed address, or takes it back for its buyer."""
        return await (self._delete(request) if request.method == "DELETE" else self._show(request))

    def _buyer(self, request: Request) -> Buyer:
        return self._parts.identity.of(authorization_of(request.headers))

    async def _list(self, request: Request) -> Response:
        buyer = self._buyer(request)
        receipts = await asyncio.to_thread(evidence_of_buyer, self._parts.engine, buyer_id=buyer.buyer_id)
        told = [self._told(receipt, buyer) for receipt in receipts]
        return JSONResponse({"evidence": told}, headers=_NO_STORE)

    async def _post(self, request: Request) -> Response:
        buyer = self._buyer(request)
        multipart = MultipartFile(request.headers.get("Content-Type", ""))
        most = self._parts.handing_in.limits.largest
        says = request.headers.get("Content-Length", "")
        if says.isdecimal() and int(says) > most + AROUND:
            raise FileRefused("too_large")
        await self._parts.check_rate(buyer.buyer_id)
        name = new_name()
        try:
            await asyncio.to_thread(self._parts.upload_quota.count, buyer.buyer_id)
            async with self._parts.uploads.under_way.receiving(buyer.buyer_id, name) as stop:
                came = await self._received(request, multipart, name, most, stop, buyer)
        except TooMuch:
            refused = FileRefused("too_large", multipart.name)
            # Who did not say that so much would come may never end.
            refused.headers["Connection"] = "close"
            raise refused from None
        except QuotaReached:
            raise FileRefused("too_many_today", multipart.name) from None
        except Stopped:
            raise GatewayError("busy") from None
        except OSError as error:
            raise GatewayError("unavailable", reason=in_code(error)) from None
        if isinstance(came, Refused):
            raise FileRefused(came.code, multipart.name)
        await self._parts.take(message_of(came.to_dict(), buyer.buyer_id, vouched_by(buyer)))
        return JSONResponse({"receipt": self._told(came, buyer)}, headers=_NO_STORE)

    async def _received(
        self, request: Request, multipart: MultipartFile, name: str, most: int, stop: asyncio.Event, buyer: Buyer
    ) -> Receipt | Refused:
        partials = self._parts.partials
        file = await asyncio.to_thread(partials.opened, name)
        try:
            came = await pour(multipart.read(until(request.stream(), stop)), file, most)
            await asyncio.to_thread(self._parts.upload_quota.count, buyer.buyer_id, files=0, size=came)
            path: Path = partials.path(name)
            return await self._parts.handing_in.hand_in(
                path, buyer_id=buyer.buyer_id, name=multipart.name, channel="widget", now=_now()
            )
        finally:
            await asyncio.to_thread(partials.remove, name)
            await asyncio.to_thread(file.close)

    async def _show(self, request: Request) -> Response:
        """One answer to all that is not right: whoever guesses learns nothing."""
        _check_name(request)
        viewing = await asyncio.to_thread(
            for_viewing, self._parts.engine, evidence_id=request.path_params["id"], buyer_id=None
        )
        conversation = conversation_of(viewing.buyer_id) if viewing else ""
        path = request.scope["path"]
        is_open = self._parts.paths.opens(path, request.query_params, conversation, _now())
        if viewing is None or not is_open or not viewing.shown_name or viewing.is_locked:
            raise GatewayError("not_found")
        try:
            return await asyncio.to_thread(shown, self._parts.handing_in.store, viewing)
        except FileNotFoundError:
            _logger.error("evidence.missing", code=viewing.evidence_id)
            raise GatewayError("not_found") from None
        except OSError as error:
            raise GatewayError("unavailable", reason=in_code(error)) from None

    async def _delete(self, request: Request) -> Response:
        buyer = self._buyer(request)
        _check_name(request)
        refused = await asyncio.to_thread(
            lambda: remove(
                self._parts.engine,
                self._parts.handing_in.store,
                buyer_id=buyer.buyer_id,
                evidence_id=request.path_params["id"],
                now=_now(),
            )
        )
        if refused is None:
            return Response(status_code=204, headers=_NO_STORE)
        if refused.code == "dispute_opened":
            raise GatewayError("dispute_opened", in_words(refused.code, ""))
        raise GatewayError("not_found")

    def _told(self, receipt: Receipt, buyer: Buyer) -> dict[str, Any]:
        return with_address(receipt.to_dict(), buyer.buyer_id, self._parts.paths, _now())


def _check_name(request: Request) -> None:
    if not is_name(request.path_params["id"]):
        raise GatewayError("not_found")


def _now() -> datetime:
    return datetime.now(timezone.utc)

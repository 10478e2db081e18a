"""Files in parts, by tus 1.0: a page creates an upload, sends its bytes, and goes on after a break where it was."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timezone
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from gateway import tus
from gateway.channels.widget import vouched_by
from gateway.errors import GatewayError
from gateway.handing_in import FileRefused, in_words
from gateway.identity import Buyer, authorization_of
from gateway.parts import Parts
from gateway.pouring import Stopped, until
from gateway.receipts import with_address
from gateway.upload_quota import QuotaReached
from gateway.upload_rows import Upload

_TUS = {"Tus-Resumable": tus.VERSION}


def routes(parts: Parts) -> list[Route]:
    """`/widget/uploads`, and each upload below it, for the buyer that the token names."""
    page = UploadsPage(parts)
    return [
        Route("/widget/uploads", page.all, methods=["OPTIONS", "POST"]),
        Route("/widget/uploads/{id}", page.one, methods=["HEAD", "GET", "PATCH", "DELETE"]),
    ]


class UploadsPage:
    """What a page can ask for."""

    def __init__(self, parts: Parts) -> None:
        self._parts, self._uploads = parts, parts.uploads
        self._largest = parts.handing_in.limits.largest

    async def all(self, request: Request) -> Response:
        """What we can, or a new upload."""
        if request.method == "OPTIONS":
            headers = {
                "Tus-Version": tus.VERSION,
                "Tus-Extension": tus.EXTENSIONS,
                "Tus-Max-Size": str(self._largest),
                "Tus-Checksum-Algorithm": ",".join(tus.ALGORITHMS),
            }
            return Response(status_code=204, headers={**_TUS, **headers})
        return await self._as_tus(self._create(request))

    async def one(self, request: Request) -> Response:
        """What became of an upload, more of it, or its end."""
        does = {"GET": self._told, "HEAD": self._head, "PATCH": self._patch, "DELETE": self._delete}
        return await self._as_tus(does[request.method](request))

    async def _as_tus(self, answer: Any) -> Response:
        try:
            response: Response = await answer
        except GatewayError as refused:
            refused.headers.update(_TUS)
            raise
        response.headers.update(_TUS)
        return response

    def _buyer(self, request: Request) -> Buyer:
        return self._parts.identity.of(authorization_of(request.headers))

    async def _mine(self, request: Request) -> tuple[Buyer, Upload]:
        buyer = self._buyer(request)
        if request.method != "GET":
            tus.check_version(request.headers)
        return buyer, await self._uploads.find(buyer.buyer_id, request.path_params["id"])

    async def _create(self, request: Request) -> Response:
        buyer = self._buyer(request)
        tus.check_version(request.headers)
        length, name = tus.number(request.headers, "Upload-Length"), tus.file_name(request.headers)
        if length == 0:
            raise FileRefused("empty", name)
        if length > self._largest:
            raise GatewayError("too_large", in_words("too_large", name))
        await self._parts.check_rate(buyer.buyer_id)
        try:
            upload = await self._uploads.create(
                buyer_id=buyer.buyer_id, length=length, name=name, vouched=vouched_by(buyer)
            )
        except QuotaReached:
            raise FileRefused("too_many_today", name) from None
        headers = {"Location": f"/widget/uploads/{upload.id}", "Upload-Expires": tus.expires(upload)}
        return Response(status_code=201, headers={**headers, "Upload-Offset": "0", "Cache-Control": "no-store"})

    async def _head(self, request: Request) -> Response:
        _, upload = await self._mine(request)
        offset = await self._uploads.offset(upload)
        return Response(headers={**_where(upload, offset), "Upload-Length": str(upload.length)})

    async def _told(self, request: Request) -> Response:
        _, upload = await self._mine(request)
        offset = await self._uploads.offset(upload)
        error = {"code": upload.error, "message": in_words(upload.error, upload.name)} if upload.error else None
        content = {"offset": offset, "length": upload.length, "receipt": self._receipt(upload), "error": error}
        return JSONResponse(content, headers={"Cache-Control": "no-store"})

    async def _patch(self, request: Request) -> Response:
        buyer, upload = await self._mine(request)
        if request.headers.get("Content-Type", "").partition(";")[0].strip().lower() != tus.PART:
            raise GatewayError("wrong_type", f"A part of a file is sent with 'Content-Type: {tus.PART}'.")
        offset, checksum = tus.number(request.headers, "Upload-Offset"), tus.checksum(request.headers)
        if "Content-Length" in request.headers and tus.number(request.headers, "Content-Length") > upload.length:
            raise GatewayError("too_large")
        async with self._uploads.under_way.receiving(buyer.buyer_id, upload.id) as stop:
            try:
                upload, come = await self._uploads.receive(upload, offset, until(request.stream(), stop), checksum)
            except Stopped:
                raise GatewayError("busy") from None
            except OSError:
                raise GatewayError("unavailable", reason="disk") from None
        if upload.error:
            raise FileRefused(upload.error, upload.name)
        headers = _where(upload, come)
        if upload.receipt is None:
            return Response(status_code=204, headers=headers)
        return JSONResponse({"receipt": self._receipt(upload)}, headers=headers)

    async def _delete(self, request: Request) -> Response:
        _, upload = await self._mine(request)
        await self._uploads.remove(upload)
        return Response(status_code=204)

    def _receipt(self, upload: Upload) -> Mapping[str, Any] | None:
        if upload.receipt is None:
            return None
        return with_address(upload.receipt, upload.buyer_id, self._parts.paths, datetime.now(timezone.utc))


def _where(upload: Upload, offset: int) -> dict[str, str]:
    return {"Upload-Offset": str(offset), "Upload-Expires": tus.expires(upload), "Cache-Control": "no-store"}

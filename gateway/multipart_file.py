"""The one file in a multipart request, as it comes: nothing of it is kept in memory, and nothing else is read."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Final

from python_multipart.exceptions import MultipartParseError
from python_multipart.multipart import MultipartParser, parse_options_header

from buyer_protection.evidence.files import cleaned_name
from gateway.errors import GatewayError

#: The field that the file is in.
FIELD: Final = "file"
#: Bytes of a request beside its file: boundaries, and headers of the part.
AROUND: Final = 16 * 1024
_LONGEST_BOUNDARY: Final = 200


class MultipartFile:
    """Reads the file out of a request with this `Content-Type`. Raises GatewayError for another one."""

    def __init__(self, content_type: str) -> None:
        kind, options = parse_options_header(content_type)
        boundary = options.get(b"boundary", b"")
        if kind != b"multipart/form-data" or not 0 < len(boundary) <= _LONGEST_BOUNDARY:
            raise GatewayError("wrong_type", f"A file is sent as 'multipart/form-data', in the field '{FIELD}'.")
        #: What the file is called, known when its first bytes are.
        self.name = ""
        self._found, self._is_file, self._is_over = 0, False, False
        self._header, self._value, self._content = bytearray(), bytearray(), bytearray()
        self._parser = MultipartParser(
            boundary,
            {
                "on_part_begin": self._part,
                "on_header_field": self._field_of_header,
                "on_header_value": self._value_of_header,
                "on_header_end": self._header_end,
                "on_part_data": self._data,
                "on_end": self._end,
            },
        )

    async def read(self, chunks: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
        """The bytes of the file. Raises GatewayError if there is none or more than one, or the request is broken."""
        beside = 0
        async for chunk in chunks:
            try:
                self._parser.write(chunk)
            except MultipartParseError:
                raise GatewayError("bad_request", "the body is not the multipart that it says it is") from None
            content, self._content = bytes(self._content), bytearray()
            beside += len(chunk) - len(content)
            if beside > AROUND:
                raise GatewayError("too_large")
            if content:
                yield content
        if self._found != 1 or not self._is_over:
            raise GatewayError("bad_request", f"one whole file in the field '{FIELD}' is expected")

    def _part(self) -> None:
        self._is_file = False

    def _field_of_header(self, data: bytes, start: int, end: int) -> None:
        self._header += data[start:end]

    def _value_of_header(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def _header_end(self) -> None:
        name, value = bytes(self._header).strip().lower(), bytes(self._value)
        self._header, self._value = bytearray(), bytearray()
        if name != b"content-disposition":
            return
        _, options = parse_options_header(value)
        if options.get(b"name") == FIELD.encode():
            self._found += 1
            self._is_file = True
            self.name = cleaned_name(options.get(b"filename", b"").decode("utf-8", "replace"))

    def _data(self, data: bytes, start: int, end: int) -> None:
        if self._is_file and self._found == 1:
            self._content += data[start:end]

    def _end(self) -> None:
        self._is_over = True

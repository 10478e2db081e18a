"""Documents (PDF): kept for staff, not opened, not shown, and no evidence."""

from __future__ import annotations

import os
from typing import BinaryIO, Final

from buyer_protection.evidence_reader.found import DAMAGED, Found, NoEvidence

_MARK: Final = b"%%EOF"
#: In as many bytes from its end a document that is whole says that it ends.
_TAIL: Final = 2_048


def read_document(file: BinaryIO) -> Found:
    """Whether a document is whole, as far as its end says; raises `NoEvidence` with `damaged`."""
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - _TAIL))
    if _MARK not in file.read():
        raise NoEvidence(DAMAGED)
    return Found("application/pdf", checked=("content", "whole"))

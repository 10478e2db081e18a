"""How much evidence is taken, and where its store is reached; the store's URL stands with the other places."""

from __future__ import annotations

from pydantic import BaseSettings, Field


class EvidenceSettings(BaseSettings):
    """The part of the settings that is about evidence."""

    evidence_endpoint_url: str = Field(default="", description="Where the S3-compatible store is; empty: Amazon's.")
    evidence_most_files: int = Field(default=10, ge=1, description="The most files of one claim.")
    evidence_most_bytes: int = Field(default=500 * 1024**2, ge=1, description="The most bytes of one claim's files.")
    evidence_largest_photo: int = Field(
        default=20 * 1024**2, ge=1, description="The most bytes of one photo or document."
    )
    evidence_largest_video: int = Field(default=200 * 1024**2, ge=1, description="The most bytes of one video.")
    evidence_scanner: str = Field(
        default="", description="A clamd that looks at files first: `tcp://HOST:PORT` or `unix:///SOCKET`; empty: none."
    )
    evidence_most_files_a_day: int = Field(default=100, ge=1, description="The most files that a buyer sends in a day.")
    evidence_most_bytes_a_day: int = Field(
        default=2 * 1024**3, ge=1, le=1024**4, description="The most bytes that a buyer sends in a day."
    )

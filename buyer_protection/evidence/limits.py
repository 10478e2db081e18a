"""How much evidence is taken in."""

from __future__ import annotations

from dataclasses import dataclass

from buyer_protection.settings import Settings


@dataclass(frozen=True)
class Limits:
    """The most files and bytes of one claim, and of what is held for one buyer; the most bytes of one file.

    A document may have as many bytes as a photo. What one buyer may send in a day counts also where it is refused.
    """

    most_files: int = 10
    most_bytes: int = 500 * 1024**2
    largest_photo: int = 20 * 1024**2
    largest_video: int = 200 * 1024**2
    most_files_a_day: int = 100
    most_bytes_a_day: int = 2 * 1024**3

    @classmethod
    def of(cls, known: Settings) -> Limits:
        """The limits that the settings say."""
        return cls(
            most_files=known.evidence_most_files,
            most_bytes=known.evidence_most_bytes,
            largest_photo=known.evidence_largest_photo,
            largest_video=known.evidence_largest_video,
            most_files_a_day=known.evidence_most_files_a_day,
            most_bytes_a_day=known.evidence_most_bytes_a_day,
        )

    @property
    def largest(self) -> int:
        """The most bytes that any one file may have."""
        return max(self.largest_photo, self.largest_video)

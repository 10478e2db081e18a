"""A transcript: what a buyer does, what the assistant answers, and the rows that result.

- title: A sentence about what is shown
  on: 2024-03-12                # the clock, noon UTC; `zone` for the buyer's own
  shows: [BRK-1]                # clauses that the buyer gets to read
  turns:
    - buyer: hello              # typed
      bot: [utter_greet]        # every response of the turn, by name, in order
    - press: Not yet            # a button of the last replies
      bot: [...]
      says: [Tuesday]           # pieces of the words
    - sent: /repeat_question    # what the gateway sends for a message that is not read
    - files: [lamp.png]         # files without words, accepted before the turn
    - long: it came broken      # written again and again, more than is read
    - on: 2024-03-22            # the clock moves
    - other: unlinked:telegram:7    # somebody else writes, in a conversation of their own
    - elsewhere: telegram       # the same buyer from now on writes from there, in a conversation of its own
    - link: buyer-2             # ... whose messenger is linked to this buyer, who writes from now on
    - orders: [{order_id: 8012345678, carrier_status: lost}]    # what the shop's record says, buyer-1's unless it says
    - order: 8012345678         # the page is about this order from now on: the gateway vouches for its number
    - remind: true              # the gateway looks for reminders that are due, and says one; false: it says none
      bot: [utter_reminder_eligible]
    - staff: {verify: [carrier_status, lost]}   # or {attach: photo.jpg}, {decide: favour_of_buyer}, {take: ann}, ...
    # REFERENCE and HANDOFF in what is typed or sent: of the claim changed last, and of the wish for a person.
  slots: {claim_type: broken}   # some slots at the end
  rows: {disputes: [{...}], claims: [{...}], claim_notes: [...], handoffs: [...]}   # all rows, some columns
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

#: Kinds of move; that the clock moves is one as well.
_KINDS = (
    "on",
    "as",
    "other",
    "elsewhere",
    "link",
    "orders",
    "order",
    "buyer",
    "press",
    "sent",
    "long",
    "files",
    "remind",
)

FOLDER = Path(__file__).parent / "transcripts"


@dataclass(frozen=True)
class Transcript:
    """One conversation to be replayed."""

    file: str
    title: str
    on: Any
    turns: list[dict[str, Any]]
    zone: str = "UTC"
    shows: list[str] = field(default_factory=list)
    slots: dict[str, Any] = field(default_factory=dict)
    rows: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    @property
    def path(self) -> tuple[str, ...]:
        """The kinds of move and the responses in their order: two transcripts with the same differ in values only."""
        return tuple(name for turn in self.turns for name in (*moves(turn), *turn.get("bot", ())))


def moves(turn: dict[str, Any]) -> tuple[str, ...]:
    """What kinds of things happen in a turn: who acts and how, without what they say."""
    happened = tuple(kind for kind in _KINDS if kind in turn)
    return (*happened, *(f"staff {action}" for action in turn.get("staff", ())))


def paths(transcripts: Iterable[Transcript]) -> dict[tuple[str, ...], list[str]]:
    """The different paths of transcripts, each with the names of those that go it."""
    found: dict[tuple[str, ...], list[str]] = {}
    for transcript in transcripts:
        found.setdefault(transcript.path, []).append(f"{transcript.file}: {transcript.title}")
    return found


def done(turn: dict[str, Any]) -> Any:
    """What the buyer did in a turn, in the transcript's words; None where nothing."""
    return next((turn[doing] for doing in ("buyer", "press", "sent", "long", "files", "remind") if doing in turn), None)


def all_transcripts() -> list[Transcript]:
    """Every transcript in the folder, in the order of files."""
    found = []
    for path in sorted(FOLDER.glob("*.yml")):
        found += [
            Transcript(file=path.stem, **entry) for entry in yaml.safe_load(path.read_text(encoding="utf-8")) or []
        ]
    return found

"""Evidence is copied, checked and counted."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from buyer_protection.disputes import (
    FieldError,
    Refused,
    drop_claim,
    events_of,
    find_claim,
    withdraw,
)
from buyer_protection.disputes.tables import claims
from buyer_protection.evidence import Limits, Receipt, Store, attach, evidence_of
from tests.disputes.made_up import BROKEN, BUYER, NOW, hand_in, keep, opened, opening
from tests.evidence.files import photo, video


class Folder:
    """Where files are kept, and handing them in as staff do."""

    def __init__(self, engine: Engine, path: Path) -> None:
        self.engine = engine
        self.path = path
        self.store = Store.at(f"file://{path}")
        self.limits = Limits()

    def take(self, reference: str, file: Path, **changes: Any) -> Receipt | Refused:
        """Attach a file."""
        how: dict[str, Any] = {"actor": "ann", "now": NOW, "limits": self.limits}
        return attach(self.engine, self.store, reference=reference, path=file, **(how | changes))

    def names(self) -> list[str]:
        """The originals that lie in it."""
        return [name for name in self.lies() if "-shown" not in name]

    def lies(self) -> list[str]:
        """All that lies in it."""
        return sorted(file.name for file in self.path.iterdir()) if self.path.exists() else []


@pytest.fixture
def folder(engine: Engine, tmp_path: Path) -> Folder:
    """An empty folder that does not exist yet."""
    return Folder(engine, tmp_path / "kept" / "evidence")


def test_a_photo_makes_a_claim_eligible_at_the_next_look(engine: Engine, folder: Folder, tmp_path: Path) -> None:
    """It is kept byte for byte under a name of ours, and its receipt says what it is."""
    draft = keep(engine, facts=BROKEN)
    file = photo(tmp_path / "my lamp.jpg")

    receipt = folder.take(draft.reference, file)

    assert isinstance(receipt, Receipt)
    content = file.read_bytes()
    assert (receipt.media_type, receipt.size) == ("image/jpeg", len(content))
    assert receipt.sha256 == hashlib.sha256(content).hexdigest()
    assert (receipt.original_name, receipt.attached_by, receipt.already) == ("my lamp.jpg", "ann", False)
    assert folder.names() == [receipt.stored_name]
    assert (folder.path / receipt.stored_name).read_bytes() == content
    assert folder.lies() == sorted([receipt.stored_name, receipt.stored_name.replace(".jpg", "-shown.jpg")])
    assert all("lamp" not in name for name in folder.lies())
    assert keep(engine, facts=BROKEN).assessment.outcome == "eligible"
    with engine.connect() as connection:
        assert connection.scalar(sa.select(claims.c.outcome)) == "eligible"


def test_a_video_counts_as_well(engine: Engine, folder: Folder, tmp_path: Path) -> None:
    """And both together are two."""
    draft = keep(engine, facts=BROKEN)

    folder.take(draft.reference, photo(tmp_path / "a.jpg"))
    folder.take(draft.reference, video(tmp_path / "b.mp4"))

    found = find_claim(engine, claim_id="claim-1", now=NOW)
    assert found is not None
    assert found.facts.evidence == 2
    assert [receipt.media_type for receipt in evidence_of(engine, reference=draft.reference)] == [
        "image/jpeg",
        "video/mp4",
    ]


def test_the_same_file_again_is_not_counted_twice(engine: Engine, folder: Folder, tmp_path: Path) -> None:
    """Under another name too; another claim may have it as well, and does not learn that somebody has."""
    draft = keep(engine, facts=BROKEN)
    other = keep(engine, "claim-2", buyer_id="buyer-2", facts=BROKEN)
    file = photo(tmp_path / "a.jpg")
    first = folder.take(draft.reference, file)

    again = folder.take(draft.reference, file.rename(tmp_path / "b.jpg"))
    elsewhere = folder.take(other.reference, tmp_path / "b.jpg")

    assert isinstance(first, Receipt)
    assert isinstance(again, Receipt)
    assert isinstance(elsewhere, Receipt)
    assert (again.already, again.stored_name) == (True, first.stored_name)
    assert (elsewhere.already, elsewhere.original_name) == (False, "b.jpg")
    assert folder.names() == sorted([first.stored_name, elsewhere.stored_name])


def test_a_file_that_is_refused_leaves_nothing_behind(engine: Engine, folder: Folder, tmp_path: Path) -> None:
    """No row, no file, no part of one."""
    draft = keep(engine, facts=BROKEN)
    (tmp_path / "a.jpg").write_text("not a photo", encoding="ascii")

    assert folder.take(draft.reference, tmp_path / "a.jpg") == Refused("not_photo_or_video")
    assert folder.take(draft.reference, tmp_path / "none.jpg") == Refused("no_such_file")
    assert folder.take(draft.reference, tmp_path) == Refused("no_such_file")
    assert folder.lies() == []
    assert evidence_of(engine, reference=draft.reference) == []


def test_a_photo_may_have_twenty_megabytes_and_a_video_more(engine: Engine, folder: Folder, tmp_path: Path) -> None:
    """The numbers are lowered here, the files are real."""
    draft = keep(engine, facts=BROKEN)
    image, film = photo(tmp_path / "a.png", "PNG"), video(tmp_path / "b.mp4")
    of_image, of_film = image.stat().st_size, film.stat().st_size
    assert of_film > of_image
    folder.limits = Limits(largest_photo=of_image - 1)
    assert folder.take(draft.reference, image) == Refused("too_large")
    folder.limits = Limits(largest_photo=of_image)
    assert isinstance(folder.take(draft.reference, image), Receipt)
    folder.limits = Limits(largest_photo=1, largest_video=of_film - 1)
    assert folder.take(draft.reference, film) == Refused("too_large")
    folder.limits = Limits(largest_photo=1, largest_video=of_film)
    assert isinstance(folder.take(draft.reference, film), Receipt)
    assert len(evidence_of(engine, reference=draft.reference)) == 2


def test_a_claim_has_at_most_ten_files(engine: Engine, folder: Folder, tmp_path: Path) -> None:
    """One that is there already is no eleventh."""
    draft = keep(engine, facts=BROKEN)
    for number in range(9):
        hand_in(engine, sha256=f"{number:064}")
    tenth, eleventh = photo(tmp_path / "a.jpg"), photo(tmp_path / "b.jpg", seed=1)

    assert isinstance(folder.take(draft.reference, tenth), Receipt)
    assert folder.take(draft.reference, eleventh) == Refused("too_many_files")
    again = folder.take(draft.reference, tenth)
    assert isinstance(again, Receipt)
    assert again.already
    assert len(folder.names()) == 1


def test_a_claims_files_have_a_size_together(engine: Engine, folder: Folder, tmp_path: Path) -> None:
    """The last byte counts."""
    draft = keep(engine, facts=BROKEN)
    one, other = photo(tmp_path / "a.jpg"), photo(tmp_path / "b.jpg", seed=1)
    together = one.stat().st_size + other.stat().st_size
    folder.take(draft.reference, one)

    folder.limits = Limits(most_bytes=together - 1)
    assert folder.take(draft.reference, other) == Refused("too_many_bytes")
    folder.limits = Limits(most_bytes=together)
    assert isinstance(folder.take(draft.reference, other), Receipt)


def test_evidence_for_a_dispute_is_in_its_timeline(engine: Engine, folder: Folder, tmp_path: Path) -> None:
    """With its sum; and what was handed in with a claim that joined it is shown with it."""
    dispute = opened(engine)
    second = keep(engine, "claim-2")
    opening(engine, "claim-2")

    one = folder.take(dispute.reference, photo(tmp_path / "a.jpg"))
    other = folder.take(second.reference, photo(tmp_path / "b.jpg", seed=1))

    assert isinstance(one, Receipt)
    assert evidence_of(engine, reference=dispute.reference) == [one, other]
    events = [event for event in events_of(engine, reference=dispute.reference) if event.kind == "evidence"]
    assert [event.detail["sha256"] for event in events] == [one.sha256, other.sha256]  # type: ignore[union-attr]


def test_nothing_is_added_to_what_is_over_or_unknown(engine: Engine, folder: Folder, tmp_path: Path) -> None:
    """Each with its code, and nothing is copied."""
    file = photo(tmp_path / "a.jpg")
    dispute = opened(engine)
    withdraw(engine, reference=dispute.reference, buyer_id=BUYER, turn_id="t", now=NOW)
    dropped = keep(engine, "claim-2", order_id="other")
    drop_claim(engine, claim_id="claim-2", buyer_id=BUYER, turn_id="t", now=NOW)

    assert folder.take(dispute.reference, file) == Refused("closed", dispute.reference, "withdrawn")
    assert folder.take(dropped.reference, file) == Refused("closed", dropped.reference, "dropped")
    assert folder.take("PPPJ-GCH7-M", file) == Refused("unknown_reference")
    assert folder.names() == []
    with pytest.raises(FieldError):
        folder.take(dispute.reference, file, actor="a b")


def test_what_a_database_error_leaves_is_a_file_without_a_row_never_a_row_without_a_file(
    engine: Engine, folder: Folder, tmp_path: Path
) -> None:
    """Handing it in again then succeeds."""
    draft = keep(engine, facts=BROKEN)
    file = photo(tmp_path / "a.jpg")

    def fail(*_: object) -> None:
        raise ConnectionError

    sa.event.listen(engine, "commit", fail)
    with pytest.raises(ConnectionError):
        folder.take(draft.reference, file)
    sa.event.remove(engine, "commit", fail)

    receipt = folder.take(draft.reference, file)
    assert isinstance(receipt, Receipt)
    assert receipt.already is False
    assert receipt.stored_name in folder.names()

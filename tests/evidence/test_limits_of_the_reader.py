"""Whoever wrote a file gets little out of its reader; and a large one is never in memory as a whole."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from buyer_protection.evidence import looking
from buyer_protection.evidence.looking import Unacceptable, look
from buyer_protection.evidence_reader.limits import MOST_MEMORY, MOST_WRITTEN
from tests.evidence.files import bomb, photo
from tests.evidence.stores import KINDS, server, url_of_store

ROOT = Path(__file__).resolve().parent.parent.parent
MEGABYTE = 1024**2


def inside(code: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    """What a program says that has taken on the reader's limits."""
    start = "from buyer_protection.evidence_reader.limits import limit_this_process\nlimit_this_process()\n"
    run = [sys.executable, "-c", start + code, *map(str, arguments)]
    return subprocess.run(run, cwd=ROOT, capture_output=True, text=True, timeout=60)


def test_e06_the_reader_cannot_take_more_memory_than_it_is_given() -> None:
    """It is refused, and the machine does not notice."""
    said = inside(
        "import sys\ntry:\n    bytearray(int(sys.argv[1]))\nexcept MemoryError:\n    print('no')", MOST_MEMORY
    )

    assert said.stdout == "no\n"


def test_the_reader_cannot_fill_the_disk(tmp_path: Path) -> None:
    """It ends, or is told, before the file is larger than a copy may be."""
    inside("import sys\nwith open(sys.argv[1], 'wb') as file:\n    file.write(bytes(10**8))", tmp_path / "file")

    assert (tmp_path / "file").stat().st_size <= MOST_WRITTEN


def test_e08_the_reader_reaches_nobody() -> None:
    """Not even this machine; where the kernel lets nobody cut a process off, this cannot be shown."""
    if subprocess.run(["unshare", "-Un", "true"], capture_output=True).returncode != 0:
        pytest.skip("this kernel lets nobody cut a process off from the network")
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        said = inside("import socket, sys\nsocket.create_connection(('127.0.0.1', int(sys.argv[1])), 5)", port)

    assert said.returncode != 0
    assert "Network is unreachable" in said.stderr


def test_a_look_that_does_not_end_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The patience is lowered here, and the file is a pipe that never says anything."""
    os.mkfifo(tmp_path / "pipe")
    monkeypatch.setattr(looking, "PATIENCE_SECONDS", 1)

    with pytest.raises(Unacceptable, match="damaged"):
        look(tmp_path / "pipe", tmp_path / "shown")


def test_many_files_at_once_are_all_looked_at(tmp_path: Path) -> None:
    """Two at a time, each with its own copy."""
    paths = [photo(tmp_path / f"{seed}.jpg", seed=seed) for seed in range(5)]
    found: list[str] = []

    def one(path: Path) -> None:
        found.append(look(path, path.with_suffix(".shown")).media_type)

    threads = [threading.Thread(target=one, args=(path,)) for path in paths]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert found == ["image/jpeg"] * 5
    assert len({path.with_suffix(".shown").read_bytes() for path in paths}) == 5


TAKING = """
import resource, sys
from datetime import datetime, timezone
from pathlib import Path
from buyer_protection.disputes import connect, migrate
from buyer_protection.evidence import Limits, Receipt, Store, hand_in

migrate(sys.argv[1])
engine, store = connect(sys.argv[1]), Store.at(sys.argv[2], sys.argv[3])
def take(path):
    return hand_in(engine, store, buyer_id="buyer-1", path=Path(path), original_name="a", channel="widget",
                   actor="buyer", now=datetime.now(timezone.utc), limits=Limits(largest_photo=10**9))
take(sys.argv[4])
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
answer = take(sys.argv[5])
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before, answer.size if isinstance(answer, Receipt) else 0)
"""


def taken(url: str, folder: Path, small: Path, large: Path) -> tuple[int, int]:
    """By how many kilobytes a process that has taken a small file grows with a large one; how large that was taken."""
    endpoint = server() if url.startswith("s3:") else ""
    run = [sys.executable, "-c", TAKING, f"sqlite:///{folder / 'claims.db'}", url, endpoint, str(small), str(large)]
    said = subprocess.run(run, cwd=ROOT, capture_output=True, text=True, timeout=300)
    assert said.returncode == 0, said.stderr
    grown, size = said.stdout.split()
    return int(grown), int(size)


@pytest.mark.parametrize("kind", KINDS)
def test_e02_a_large_file_is_never_in_memory_as_a_whole(kind: str, tmp_path: Path) -> None:
    """Two hundred megabytes cost less than fifty, in a folder and over the wire."""
    large = tmp_path / "large.pdf"
    with large.open("wb") as file:
        file.write(b"%PDF-1.7\n")
        file.seek(200 * MEGABYTE - 6)
        file.write(b"%%EOF\n")

    with url_of_store(kind, tmp_path) as url:
        grown, size = taken(url, tmp_path, photo(tmp_path / "small.jpg"), large)

    assert size == 200 * MEGABYTE
    assert grown * 1024 < 50 * MEGABYTE


def test_e06_a_picture_made_to_fill_the_memory_costs_its_receiver_nothing(tmp_path: Path) -> None:
    """It is opened elsewhere, and not even there."""
    url = f"file://{tmp_path / 'kept'}"

    grown, size = taken(url, tmp_path, photo(tmp_path / "small.jpg"), bomb(tmp_path / "bomb.png", 20_000))

    assert size == 0
    assert grown * 1024 < 20 * MEGABYTE

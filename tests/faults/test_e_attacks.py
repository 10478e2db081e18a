"""E-03, E-14, E-15, E-16: what somebody tries who means harm, over the wire: nothing breaks, and nothing is learned."""

from __future__ import annotations

import socket
import time
from typing import Final

import httpx
import pytest

from tests.faults.places import Place, on_one
from tests.faults.sending import TUS, Sending
from tests.gateway.photographs import photo

#: What stands for the name of a file or an upload in an address.
IDS: Final = (
    "%00",
    "a%00b",
    "%2e%2e",
    "..%2f..%2fetc%2fpasswd",
    "%2e%2e%2f%2e%2e%2fuploads",
    "%ed%a0%80",
    "%ff%fe",
    "%f0%9f%92%a1",
    "'%20OR%201=1--",
    "%25",
    "A" * 22,
    "A" * 5000,
    "-1",
    "NaN",
    "*",
)


@on_one("postgresql")
@pytest.mark.parametrize("room", ["evidence", "uploads"])
def test_e15_a_name_that_nobody_gave_is_nobodys_whatever_it_is(place: Place, room: str) -> None:
    """With a token and without, for every method: the same answer as to any other, and never a failure."""
    page = Sending(place.buyer())
    methods = {"evidence": ("GET", "HEAD", "DELETE"), "uploads": ("HEAD", "GET", "PATCH", "DELETE")}[room]
    wrong = {}
    for name in IDS:
        for method in methods:
            headers = {**TUS, "Upload-Offset": "0", "Content-Type": "application/offset+octet-stream"}
            path = f"/widget/{room}/{name}"
            given = page.ask(method, path, headers)
            nobody = httpx.request(method, page._buyer.url(path), headers=headers, trust_env=False, verify=False)
            signed = page.ask(method, f"{path}?until=1&signature=A", headers)
            if given.status_code not in (404, 405) or signed.status_code not in (404, 405):
                wrong[f"{method} {name[:30]}"] = (given.status_code, signed.status_code)
            if nobody.status_code not in (401, 404, 405):
                wrong[f"nobody {method} {name[:30]}"] = nobody.status_code

    assert wrong == {}


NAMES: Final = (
    "lamp.jpg\r\nSet-Cookie: stolen=1",
    'lamp".jpg; filename=evil.html',
    "{reference}{0[x]}{slots}.jpg",
    "<img src=x onerror=alert(1)>.jpg",
    "lamp.html",
    "a" * 5000 + ".svg",
    "..",
    "\u202egpj.lmth",
    "/send_file{}",
)


@on_one("sqlite+http")
@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
def test_e03_what_a_file_is_called_is_words_everywhere(place: Place, name: str) -> None:
    """No header, no place to be filled in, no other kind of file; in the answer, the copy and the conversation."""
    buyer = place.buyer()
    page, content = Sending(buyer), photo()
    answer = page.patch(page.begun(len(content), name), 0, content)
    assert answer.status_code == 200, answer.text
    shown = httpx.get(buyer.url(answer.json()["receipt"]["url"]), trust_env=False, verify=False)

    assert "Set-Cookie" not in shown.headers
    assert "Set-Cookie" not in answer.headers
    assert shown.headers["Content-Type"] == "image/jpeg"
    disposition = shown.headers["Content-Disposition"]
    assert disposition.startswith('attachment; filename="')
    assert disposition.count('"') == 2
    assert disposition.isascii()
    assert disposition.endswith(".jpg")
    place.settle()
    told = page.ask("GET", "/widget/messages").json()["messages"]
    assert told[-1]["from"] == "assistant"
    assert not any(each["custom"].get("kind") == "failure" for each in told)


def raw(page: Sending, lines: str, body: bytes) -> bytes:
    """What is answered to a request as it is written here."""
    buyer = page._buyer
    with socket.create_connection(("127.0.0.1", buyer.stage.ports[0]), timeout=30) as wire:
        token = buyer.headers["Authorization"]
        wire.sendall(f"{lines}Host: gateway\r\nConnection: close\r\nAuthorization: {token}\r\n\r\n".encode() + body)
        said = b""
        while piece := wire.recv(65536):
            said += piece
    return said


def multipart(content: bytes, headers: str, boundary: str = "x") -> bytes:
    """A body with one file, its headers as they are written here."""
    return f"--{boundary}\r\n{headers}\r\n\r\n".encode("latin-1") + content + f"\r\n--{boundary}--\r\n".encode()


USUAL: Final = 'Content-Disposition: form-data; name="file"; filename="a.jpg"'


@on_one("sqlite+http")
@pytest.mark.parametrize(
    ("headers", "boundary", "status"),
    [
        (USUAL, "x", b"200"),
        (USUAL + "\r\n" + "\r\n".join(f"X-{number}: {'y' * 500}" for number in range(100)), "x", b"400"),
        (USUAL + "\r\nContent-Transfer-Encoding: base64", "x", b"200"),
        (USUAL + '\r\nContent-Disposition: form-data; name="file"; filename="b.svg"', "x", b"400"),
        ('Content-Disposition: form-data; filename="a.jpg"', "x", b"400"),
        ('Content-Disposition: form-data; name="file"; filename="' + "a" * 20_000 + '"', "x", b"400"),
        ("X: y", "x", b"400"),
        (USUAL, "y" * 300, b"415"),
    ],
    ids=range(8),
)
def test_e03_the_parts_of_a_request_are_read_without_trust(
    place: Place, headers: str, boundary: str, status: bytes
) -> None:
    """Too many headers, two of a kind, none: refused in the one shape, or the file is what it is."""
    page = Sending(place.buyer())
    body = multipart(photo(), headers, boundary)
    lines = f"POST /widget/evidence HTTP/1.1\r\nContent-Type: multipart/form-data; boundary={boundary}\r\n"

    said = raw(page, f"{lines}Content-Length: {len(body)}\r\n", body)

    assert said.split(b" ", 2)[1] == status, said[:300]
    assert len(page.receipts()) == (status == b"200")


@on_one("postgresql")
def test_e16_a_file_in_one_piece_that_drips_is_ended_and_leaves_nothing(place: Place) -> None:
    """A byte now and then keeps no place; the same buyer's next file is taken."""
    page = Sending(place.buyer())
    began = time.monotonic()
    with socket.create_connection(("127.0.0.1", page._buyer.stage.ports[0]), timeout=1) as wire:
        token = page._buyer.headers["Authorization"]
        head = "POST /widget/evidence HTTP/1.1\r\nHost: gateway\r\nContent-Length: 100000\r\n"
        head += f"Authorization: {token}\r\nContent-Type: multipart/form-data; boundary=x\r\n\r\n"
        wire.sendall(head.encode() + f"--x\r\n{USUAL}\r\n\r\n".encode())
        is_open = True
        while is_open and time.monotonic() - began < 40:
            try:
                wire.sendall(b"x")
                is_open = wire.recv(1) != b""
            except TimeoutError:
                continue
            except OSError:
                is_open = False
    assert not is_open
    assert time.monotonic() - began < 25
    assert page.hand_in(photo()).status_code == 200
    left = [path for path in (place.stage.folder / "uploads").iterdir() if path.stat().st_mtime > time.time() - 60]
    assert [path for path in left if path.stat().st_size < 100] == []

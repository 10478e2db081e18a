"""What every command needs: the database, the clock, who is asking, and one clear line where something is wrong."""

from __future__ import annotations

import getpass
from datetime import datetime, timezone
from pathlib import Path
from typing import Final, NoReturn, TypeVar

import typer
from sqlalchemy.engine import Engine, make_url
from sqlalchemy.exc import DBAPIError

from buyer_protection.disputes import DatabaseError, Refused, connect, read_reference
from buyer_protection.settings import settings

T = TypeVar("T")

#: Status of a command that was given something it cannot work with.
BAD_INPUT: Final = 2

Actor = typer.Option(None, help="Who does this; the user of this machine unless given.")

_REFUSALS: Final = {
    "unknown_reference": "there is no such reference",
    "closed": "nothing can be added any more, because it is {status}",
    "taken": "{status} has this conversation",
    "not_taken": "nobody has taken this conversation: `handoffs take` does",
    "move_not_allowed": "this cannot be done while it is {status}",
    "no_such_file": "there is no such file",
    "empty": "the file is empty",
    "too_large": "larger than is taken (20 MB for a photo, 200 MB for a video, unless set otherwise)",
    "not_photo_or_video": "neither a photo (JPEG, PNG, WebP, HEIC, AVIF, GIF) nor a video (MP4, MOV, WebM, 3GP) nor a "
    "PDF by its content",
    "two_kinds": "two kinds of file at once, so somebody made it to be read in two ways",
    "damaged": "it cannot be opened to its end, so it is damaged or cut off",
    "too_many_pixels": "more than 50 million pixels",
    "too_many_files": "the claim has as many files as are taken (10 unless set otherwise)",
    "too_many_bytes": "the claim's files would be larger together than is taken (500 MB unless set otherwise)",
}


class BadInput(Exception):
    """Something that a command cannot work with; the message is one line."""


def engine() -> Engine:
    """The database of the settings; raises `DatabaseError` where there is none yet."""
    url = settings().database_url
    opened = connect(url)
    where = make_url(url)
    if where.get_backend_name() == "sqlite" and not Path(str(where.database)).is_file():
        raise DatabaseError(f"{where.database}: there is no database; `make run` or `python -m migrations` makes it")
    return opened


def now() -> datetime:
    """This moment."""
    return datetime.now(timezone.utc)


def actor(given: str | None) -> str:
    """Who works: the one given, else the user of this machine."""
    if given:
        return given
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "staff"


def reference(text: str) -> str:
    """A reference as it is written; raises `BadInput` for what cannot be one."""
    known = read_reference(text)
    if known is None:
        raise BadInput(f"{text!r} is no reference: one looks like C7KF-3M9P-K, and a wrong letter in it is noticed")
    return known


def done(subject: str, answer: T | Refused) -> T:
    """What a store answered; raises `BadInput` with a line that says why it refused."""
    if isinstance(answer, Refused):
        refuse(subject, answer)
    return answer


def refuse(subject: str, refused: Refused) -> NoReturn:
    """Raise the line for a refusal."""
    raise BadInput(f"{subject}: {_REFUSALS.get(refused.code, refused.code).format(status=refused.status)}")


def trouble(error: DBAPIError) -> str:
    """One line on a database that cannot be used, without passwords or anybody's words."""
    said = str(error.orig)
    if "no such table" in said or getattr(error.orig, "pgcode", None) == "42P01":
        return "the database is not set up: `python -m migrations` does it"
    if "not a database" in said:
        return "the database's file is not a database"
    return f"the database cannot be used just now ({type(error.orig).__name__})"

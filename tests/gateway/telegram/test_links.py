"""One-time codes: for every buyer's id, once, for ten minutes, and nothing can be made of what the database holds."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta, timezone

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy.engine import Engine

from buyer_protection import link_codes
from buyer_protection.disputes import FieldError
from buyer_protection.staff.cli import run
from gateway import links
from gateway.links import CodeRefused, Speaker

SECRET = "the gateway's secret of these tests"
NOW = datetime(2024, 5, 6, 10, tzinfo=timezone.utc)


def minted(engine: Engine, buyer: str = "buyer-1", now: datetime = NOW) -> str:
    """A code for a buyer."""
    return link_codes.mint(engine, SECRET, buyer_id=buyer, now=now).code


def redeem(engine: Engine, code: str, user: str = "7", now: datetime = NOW) -> str:
    """What becomes of a code that a user shows."""
    return links.redeem(engine, SECRET, channel="telegram", user=user, code=code, now=now)


def refused(engine: Engine, code: str, user: str = "7", now: datetime = NOW) -> str:
    """Why a code links nobody."""
    with pytest.raises(CodeRefused) as error:
        redeem(engine, code, user, now)
    return error.value.reason


def who(engine: Engine, user: str = "7") -> Speaker:
    """Who a user is."""
    return links.speaker(engine, channel="telegram", user=user, now=NOW)


def test_the_table_is_the_one_that_migrations_make(engine: Engine) -> None:
    """Column for column."""
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"include_name": lambda name, kind, _: kind != "table" or name == "link_codes"}
        )
        assert compare_metadata(context, link_codes.metadata) == []


@pytest.mark.parametrize("buyer", ["b", "buyer-1", "x" * 128, "shop:1.2_3-4"])
def test_a_code_finds_its_buyer_back_however_long_the_id_is(engine: Engine, buyer: str) -> None:
    """And fits into a link."""
    code = minted(engine, buyer)

    assert len(code) <= link_codes.LONGEST
    assert code.replace("-", "").replace("_", "").isalnum()
    assert redeem(engine, code) == buyer
    assert who(engine) == Speaker(buyer, is_linked=True)


def test_a_code_is_used_up_by_one_user(engine: Engine) -> None:
    """Who shows it again is linked all the same, unless they unlinked since."""
    code = minted(engine)

    assert redeem(engine, code) == redeem(engine, code) == "buyer-1"
    assert refused(engine, code, user="8") == links.USED
    assert links.unlink(engine, channel="telegram", user="7")
    assert refused(engine, code) == links.USED
    assert not links.unlink(engine, channel="telegram", user="7")
    assert who(engine) == Speaker("unlinked:telegram:7", is_linked=False)


def test_of_two_who_show_a_code_at_once_one_is_linked(engine: Engine) -> None:
    """Whoever comes first."""
    code = minted(engine)

    def show(user: str) -> str:
        try:
            return redeem(engine, code, user)
        except CodeRefused as error:
            return error.reason

    with ThreadPoolExecutor(4) as pool:
        answers = sorted(pool.map(show, ["1", "2", "3", "4"]))
    assert answers == ["buyer-1", links.USED, links.USED, links.USED]


def test_a_code_ends_after_ten_minutes(engine: Engine) -> None:
    """To the second, and remembered codes are swept."""
    code = minted(engine)

    assert refused(engine, code, now=NOW + timedelta(minutes=10)) == links.EXPIRED
    assert redeem(engine, code, now=NOW + timedelta(minutes=9, seconds=59)) == "buyer-1"
    minted(engine, now=NOW + timedelta(days=2))
    with engine.connect() as connection:
        assert connection.execute(sa.select(sa.func.count()).select_from(link_codes.link_codes)).scalar_one() == 1


def test_a_changed_code_is_wrong(engine: Engine) -> None:
    """Each letter is signed, also the last; another secret signs otherwise."""
    code = minted(engine)

    for place in range(len(code)):
        for letter in "A", "b", "_":
            changed = code[:place] + letter + code[place + 1 :]
            if changed != code:
                assert refused(engine, changed) == links.WRONG
    assert link_codes.what_is_wrong("another secret", code, NOW) == "wrong"


def test_the_database_holds_no_code(engine: Engine) -> None:
    """Who reads it cannot link themselves."""
    code = minted(engine)

    with engine.connect() as connection:
        row = connection.execute(sa.select(link_codes.link_codes)).one()
    assert code not in str(row)


@pytest.mark.parametrize("buyer", ["", "unlinked:telegram:7", "a b", "x" * 129])
def test_nobody_is_linked_to_an_id_that_no_account_has(engine: Engine, buyer: str) -> None:
    """Nor to somebody unlinked."""
    with pytest.raises(FieldError):
        minted(engine, buyer)


def test_a_second_link_takes_the_place_of_the_first(engine: Engine) -> None:
    """One user is one buyer; one buyer may be two users."""
    redeem(engine, minted(engine, "buyer-1"))
    redeem(engine, minted(engine, "buyer-2"))
    redeem(engine, minted(engine, "buyer-2"), user="8")

    assert who(engine).buyer_id == who(engine, "8").buyer_id == "buyer-2"


def test_staff_can_make_a_code(
    url: str, engine: Engine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`buyer-protection link BUYER` prints the line that the buyer sends to the bot."""
    monkeypatch.setenv("BUYER_PROTECTION_DATABASE_URL", url)
    monkeypatch.setenv("BUYER_PROTECTION_GATEWAY_SECRET", SECRET)
    assert run(["link", "buyer-9"]) == 0
    command, code = capsys.readouterr().out.split()

    assert command == "/start"
    assert redeem(engine, code, now=datetime.now(timezone.utc)) == "buyer-9"
    assert run(["link", "a b"]) == 2

"""Settings come from the environment, in one place, and a missing secret is no small matter."""

from __future__ import annotations

import stat
import time
from pathlib import Path

import jwt
import pytest

from buyer_protection import settings as module
from buyer_protection.settings import Settings, SettingsError, secret, settings, widget_secret
from tests.staff.terminal import Terminal


@pytest.fixture
def home(environment: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A tree of its own."""
    environment.setattr(module, "home", lambda: tmp_path)
    return tmp_path


def test_without_anything_said_it_is_production_and_a_file_under_var(
    environment: pytest.MonkeyPatch, home: Path
) -> None:
    """So nobody is in development by accident."""
    environment.delenv("BUYER_PROTECTION_DATABASE_URL")

    found = settings()

    assert (found.env, found.port) == ("production", 8000)
    assert found.database_url == f"sqlite:///{home}/var/buyer_protection.db"


def test_the_environment_is_read_each_time(environment: pytest.MonkeyPatch) -> None:
    """Nothing is remembered from before."""
    for port in (8001, 8002):
        environment.setenv("BUYER_PROTECTION_PORT", str(port))
        assert settings().port == port


@pytest.mark.parametrize(
    ("name", "value"), [("PORT", "eighty"), ("PORT", "0"), ("ENV", "staging"), ("MADE_UP_BUYER", "buyer-1")]
)
def test_a_setting_that_cannot_be_is_refused_by_its_variable(
    environment: pytest.MonkeyPatch, name: str, value: str
) -> None:
    """A made-up buyer among them, because this is production."""
    environment.setenv(f"BUYER_PROTECTION_{name}", value)

    with pytest.raises(SettingsError, match=f"^BUYER_PROTECTION_{name}: [^\n]+$"):
        settings()


def test_a_made_up_buyer_may_speak_in_development(environment: pytest.MonkeyPatch) -> None:
    """For `rasa shell`."""
    environment.setenv("BUYER_PROTECTION_ENV", "development")
    environment.setenv("BUYER_PROTECTION_MADE_UP_BUYER", "staff-1")

    assert settings().made_up_buyer == "staff-1"


@pytest.mark.parametrize("field", ["turn_secret", "actions_secret", "widget_secret"])
@pytest.mark.parametrize("value", ["", "changeme"])
def test_a_missing_or_short_secret_is_a_refusal_to_start(
    environment: pytest.MonkeyPatch, field: str, value: str
) -> None:
    """With the variable's name, and without what it held."""
    environment.setenv(f"BUYER_PROTECTION_{field.upper()}", value)

    with pytest.raises(SettingsError) as refused:
        secret(settings(), field)

    assert str(refused.value).startswith(f"BUYER_PROTECTION_{field.upper()}: ")
    assert "changeme" not in str(refused.value)


def test_a_secret_is_never_shown_by_printing_the_settings(environment: pytest.MonkeyPatch) -> None:
    """In a log or an error."""
    environment.setenv("BUYER_PROTECTION_TURN_SECRET", "my-long-and-secret-secret")

    assert "my-long" not in repr(settings())
    assert secret(settings(), "turn_secret") == "my-long-and-secret-secret"


def test_every_setting_says_what_it_is_for() -> None:
    """In a sentence."""
    for name, field in Settings.__fields__.items():
        assert len(field.field_info.description or "") > 20, name


def test_development_makes_a_widget_secret_once_that_only_its_user_can_read(
    environment: pytest.MonkeyPatch, home: Path
) -> None:
    """The same for each process."""
    environment.setenv("BUYER_PROTECTION_ENV", "development")

    first, second = widget_secret(settings()), widget_secret(settings())

    assert first == second
    assert len(first) >= 32
    kept = home / "var" / "development-widget-secret"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert [file.name for file in kept.parent.iterdir()] == ["development-widget-secret"]


def test_a_token_speaks_for_one_buyer_for_a_quarter_of_an_hour(
    environment: pytest.MonkeyPatch, home: Path, command: Terminal
) -> None:
    """Signed with the secret that `make run` keeps, also when the command is run beside it."""
    environment.setenv("BUYER_PROTECTION_ENV", "development")
    kept = widget_secret(settings())
    environment.delenv("BUYER_PROTECTION_ENV")

    token = command("token", "buyer-7").out.split()[-1]

    claims = jwt.decode(token, kept, algorithms=["HS256"], audience="buyer-protection-widget")
    assert claims["sub"] == "buyer-7"
    remaining = claims["exp"] - time.time()
    assert 880 < remaining <= 900


def test_no_token_without_a_secret_or_for_nobody(
    environment: pytest.MonkeyPatch, home: Path, command: Terminal
) -> None:
    """In production nothing is made up."""
    assert command("token", "buyer-7").line.startswith("BUYER_PROTECTION_WIDGET_SECRET: ")
    environment.setenv("BUYER_PROTECTION_WIDGET_SECRET", "x" * 32)
    assert command("token", "a buyer").line.startswith("BUYER: ")

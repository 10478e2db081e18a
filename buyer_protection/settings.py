"""Settings: everything that is read from the environment, in one place.

Each field `name` comes from the variable `BUYER_PROTECTION_NAME`.
Nothing is read at import; `settings()` reads the environment each time it is called.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Any, Final

from pydantic import Field, SecretStr, ValidationError, root_validator, validator

from buyer_protection.evidence_settings import EvidenceSettings
from buyer_protection.order_settings import OrderSettings
from buyer_protection.reminder_settings import ReminderSettings
from buyer_protection.telegram_settings import TelegramSettings

PREFIX: Final = "BUYER_PROTECTION_"
DEVELOPMENT: Final = "development"
PRODUCTION: Final = "production"
SHORTEST_SECRET: Final = 16
#: The header in which processes of ours show each other a secret that they share.
SECRET_HEADER: Final = "X-Buyer-Protection-Secret"


class SettingsError(ValueError):
    """A setting that is missing or impossible; the message is one line and begins with the variable's name."""


def home() -> Path:
    """The folder that `var/` stands in: the source tree; the working folder where the package was installed alone."""
    tree = Path(__file__).resolve().parent.parent
    return tree if (tree / "pyproject.toml").exists() else Path.cwd()


class Settings(EvidenceSettings, OrderSettings, ReminderSettings, TelegramSettings):
    """The settings of one process."""

    env: str = Field(default=PRODUCTION, description="`development` (set by `make run`) or `production`.")
    database_url: str = Field(
        default_factory=lambda: f"sqlite:///{home() / 'var' / 'buyer_protection.db'}",
        description="Where claims, disputes and conversations are kept: `sqlite:///FILE` or `postgresql://...`.",
    )
    port: int = Field(default=8000, ge=1, le=65535, description="The one port that is open to buyers.")
    rasa_port: int = Field(default=8101, ge=1, le=65535, description="Rasa's port, on loopback only.")
    actions_port: int = Field(default=8102, ge=1, le=65535, description="The action server's port, on loopback only.")
    turn_secret: SecretStr = Field(
        default=SecretStr(""), description="Shared by whoever hands turns to Rasa, and Rasa."
    )
    actions_secret: SecretStr = Field(default=SecretStr(""), description="Shared by Rasa and the action server.")
    widget_secret: SecretStr = Field(default=SecretStr(""), description="Signs the tokens of buyers on the page.")
    host: str = Field(default="127.0.0.1", description="The address that the open port listens on.")
    metrics_port: int = Field(default=8103, ge=1, le=65535, description="The port of the metrics, on loopback only.")
    rasa_urls: str = Field(
        default="", description="Where turns are run: URLs with commas between them; empty: Rasa's port on loopback."
    )
    actions: str = Field(
        default="in_process", description="Where actions run: `in_process` (in Rasa's) or `http` (in one of their own)."
    )
    fast: bool = Field(default=True, description="Whether Rasa's slow parts are replaced by ours.")
    gateway_secret: SecretStr = Field(
        default=SecretStr(""), description="Signs buttons and links; the same for every gateway."
    )
    widget_public_key: str = Field(
        default="", description="A public key (PEM) that tokens are checked with instead, for RS256 or EdDSA."
    )
    origins: str = Field(
        default="", description="The pages that may speak for a buyer, such as `https://shop.example`, with commas."
    )
    rate_limits: str | None = Field(
        default=None,
        description="How much one buyer may send, such as `5 per 5 seconds; 60 per minute`; empty: no limit.",
    )
    log_level: str = Field(default="warning", description="`debug`, `info`, `warning` or `error`.")
    uploads_folder: Path = Field(
        default_factory=lambda: home() / "var" / "uploads",
        description="Where files are put together until they are whole; all gateways share it.",
    )
    failpoint: str = Field(
        default="", description="Where a process is to fail, such as `outbox.committed:kill`; in development only."
    )
    made_up_buyer: str = Field(default="", description="Who `rasa shell` speaks for; never in production.")
    evidence_url: str = Field(
        default_factory=lambda: f"file://{home() / 'var' / 'evidence'}",
        description="Where evidence is kept: `file:///FOLDER`, or `s3://BUCKET/PREFIX` of an S3-compatible store.",
    )

    class Config:
        """Names come from the environment alone."""

        env_prefix = PREFIX

    @property
    def is_development(self) -> bool:
        """Whether this is somebody's own machine, where secrets may be made up."""
        return self.env == DEVELOPMENT

    @validator("actions")
    def _known_actions(cls, value: str) -> str:
        return _one_of(value, "in_process", "http")

    @validator("log_level")
    def _known_level(cls, value: str) -> str:
        return _one_of(value, "debug", "info", "warning", "error")

    @validator("env")
    def _known_environment(cls, value: str) -> str:
        if value not in (DEVELOPMENT, PRODUCTION):
            raise ValueError(f"{DEVELOPMENT} or {PRODUCTION} is expected")
        return value

    @root_validator(skip_on_failure=True)
    def _nobody_made_up_in_production(cls, values: dict[str, Any]) -> dict[str, Any]:
        if values["made_up_buyer"] and values["env"] == PRODUCTION:
            raise SettingsError(f"{PREFIX}MADE_UP_BUYER: a made-up buyer is refused in {PRODUCTION}")
        return values


def _one_of(value: str, *known: str) -> str:
    if value not in known:
        raise ValueError(f"{' or '.join(known)} is expected")
    return value


def settings() -> Settings:
    """Read the environment; raises `SettingsError` naming the variable, never its value."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        field = str(first["loc"][0])
        message = first["msg"]
        raise SettingsError(message if field == "__root__" else f"{variable(field)}: {message}") from None


def variable(field: str) -> str:
    """The name of the variable that a field is read from."""
    return PREFIX + field.upper()


def secret(known: Settings, field: str) -> str:
    """A secret that a process cannot start without.

    `field` is `turn_secret` or `actions_secret`.
    Raises `SettingsError` with the variable's name where it is missing, or too short outside development.
    """
    value: str = getattr(known, field).get_secret_value()
    if not value:
        raise SettingsError(f"{variable(field)}: is not set, and nothing can start without it")
    if len(value) < SHORTEST_SECRET and not known.is_development:
        raise SettingsError(f"{variable(field)}: at least {SHORTEST_SECRET} characters are expected")
    return value


def widget_secret(known: Settings) -> str:
    """What signs buyers' tokens; in development, where none is set, one is made once and kept (mode 600)."""
    return _kept_in_development(known, "widget_secret")


def gateway_secret(known: Settings) -> str:
    """What signs buttons and links; in development, where none is set, one is made once and kept (mode 600)."""
    return _kept_in_development(known, "gateway_secret")


def development_secret(field: str = "widget_secret") -> Path:
    """The file with a secret of this machine's development server."""
    return home() / "var" / f"development-{field.replace('_', '-')}"


def minting_secret(known: Settings, field: str = "widget_secret") -> str:
    """What `token` and `link` sign with: also what `make run` keeps, when run outside of it and none is set."""
    path = development_secret(field)
    if not getattr(known, field).get_secret_value() and path.is_file():
        return path.read_text(encoding="ascii").strip()
    return _kept_in_development(known, field)


def _kept_in_development(known: Settings, field: str) -> str:
    if getattr(known, field).get_secret_value() or not known.is_development:
        return secret(known, field)
    path = development_secret(field)
    path.parent.mkdir(parents=True, exist_ok=True)
    # Two processes may start at once: only one of them makes the file, and nobody reads half of it.
    draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    try:
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(32))
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink(missing_ok=True)
    return path.read_text(encoding="ascii").strip()

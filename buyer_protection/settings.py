"""Settings: everything that is read from the environment, in one place.

Each field `name` comes from the variable `BUYER_PROTECTION_NAME`.
Nothing is read at import; `settings()` reads the environment each time it is called.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Any, Final

from pydantic import BaseSettings, Field, SecretStr, ValidationError, root_validator, validator

PREFIX: Final = "BUYER_PROTECTION_"
DEVELOPMENT: Final = "development"
PRODUCTION: Final = "production"
SHORTEST_SECRET: Final = 16


class SettingsError(ValueError):
    """A setting that is missing or impossible; the message is one line and begins with the variable's name."""


def home() -> Path:
    """The folder that `var/` stands in: the source tree; the working folder where the package was installed alone."""
    tree = Path(__file__).resolve().parent.parent
    return tree if (tree / "pyproject.toml").exists() else Path.cwd()


class Settings(BaseSettings):
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
    made_up_buyer: str = Field(default="", description="Who `rasa shell` speaks for; never in production.")
    evidence_folder: Path = Field(
        default_factory=lambda: home() / "var" / "evidence",
        description="Where accepted photos and videos are kept.",
    )

    class Config:
        """Names come from the environment alone."""

        env_prefix = PREFIX

    @property
    def is_development(self) -> bool:
        """Whether this is somebody's own machine, where secrets may be made up."""
        return self.env == DEVELOPMENT

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
    if known.widget_secret.get_secret_value() or not known.is_development:
        return secret(known, "widget_secret")
    path = development_secret()
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


def development_secret() -> Path:
    """The file with the secret of this machine's development server."""
    return home() / "var" / "development-secret"


def minting_secret(known: Settings) -> str:
    """What `token` signs with: also the secret that `make run` keeps, when it is run outside of it and none is set."""
    if not known.widget_secret.get_secret_value() and development_secret().is_file():
        return development_secret().read_text(encoding="ascii").strip()
    return widget_secret(known)

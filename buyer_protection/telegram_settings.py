"""How the assistant is reached on Telegram."""

from __future__ import annotations

from pydantic import BaseSettings, Field, SecretStr, validator


class TelegramSettings(BaseSettings):
    """The part of the settings that is about Telegram."""

    telegram_token: SecretStr = Field(default=SecretStr(""), description="The Telegram bot's; empty: no Telegram.")
    telegram_secret: SecretStr = Field(default=SecretStr(""), description="What Telegram's webhook calls carry.")
    telegram_mode: str = Field(default="polling", description="`polling` (a laptop) or `webhook` (a server).")
    telegram_api_url: str = Field(default="https://api.telegram.org", description="Where Telegram's API is.")

    @validator("telegram_mode")
    def _known_mode(cls, value: str) -> str:
        if value not in ("polling", "webhook"):
            raise ValueError("polling or webhook is expected")
        return value

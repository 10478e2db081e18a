"""The settings that say where the shop's record of orders is."""

from __future__ import annotations

from pydantic import BaseSettings, Field, SecretStr, validator


class OrderSettings(BaseSettings):
    """A part of `Settings`, which reads it from the environment."""

    orders_url: str = Field(
        default="", description="The shop's server that is asked for a buyer's order; empty: the table of orders."
    )
    orders_secret: SecretStr = Field(default=SecretStr(""), description="What the shop's server of orders is shown.")

    @validator("orders_url")
    def _an_address(cls, value: str) -> str:
        if value and not value.startswith(("https://", "http://")):
            raise ValueError("an address that begins with https:// or http:// is expected")
        return value

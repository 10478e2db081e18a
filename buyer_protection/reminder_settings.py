"""The settings of reminders: between which hours of the buyer's own day one may be said."""

from __future__ import annotations

from typing import Any

from pydantic import BaseSettings, Field, validator


class ReminderSettings(BaseSettings):
    """A part of `Settings`, which reads it from the environment."""

    remind_from: int = Field(
        default=9, ge=0, le=23, description="The hour of the buyer's day from which a reminder is said."
    )
    remind_until: int = Field(
        default=20, ge=1, le=24, description="The hour of the buyer's day from which none is said any more."
    )

    @validator("remind_until")
    def _later(cls, value: int, values: dict[str, Any]) -> int:
        if "remind_from" in values and value <= values["remind_from"]:
            raise ValueError("a later hour than that from which reminders are said is expected")
        return value

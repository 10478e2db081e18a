"""Numbers for who runs the gateway: counted here, read on a private port."""

from __future__ import annotations

from typing import Final

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

REGISTRY: Final = CollectorRegistry()

_SECONDS: Final = (0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 8, 15, 30)

MESSAGES: Final = Counter("messages", "Messages taken, by channel and kind.", ["channel", "kind"], registry=REGISTRY)
TURNS: Final = Counter("turns", "Turns that are over, by how they ended.", ["outcome"], registry=REGISTRY)
FAILURES: Final = Counter("failures", "Turns that failed and are tried again, by code.", ["code"], registry=REGISTRY)
REFUSALS: Final = Counter("refusals", "Requests that were refused, by code.", ["code"], registry=REGISTRY)
DELIVERIES: Final = Counter("deliveries", "Messages sent to a channel.", ["channel", "outcome"], registry=REGISTRY)
REMINDERS: Final = Counter("reminders", "Reminders that were said, by channel.", ["channel"], registry=REGISTRY)
TURN_SECONDS: Final = Histogram(
    "turn_seconds", "Seconds of a turn, from its post to its replies.", buckets=_SECONDS, registry=REGISTRY
)
ANSWER_SECONDS: Final = Histogram(
    "answer_seconds", "Seconds from a message's arrival to its answer.", buckets=_SECONDS, registry=REGISTRY
)
WAITING: Final = Gauge("waiting_messages", "Messages that have no answer yet.", registry=REGISTRY)
READY: Final = Gauge("ready", "1 while everything that a turn needs can be reached.", registry=REGISTRY)

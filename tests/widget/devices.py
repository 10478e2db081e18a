"""The devices on which the widget is looked at."""

from __future__ import annotations

from typing import Any, Final

#: What the browser is told of each: a desk, and a telephone held upright.
DEVICES: Final[dict[str, dict[str, Any]]] = {
    "desktop": {"viewport": {"width": 1280, "height": 800}},
    "phone": {
        "viewport": {"width": 390, "height": 780},
        "device_scale_factor": 2,
        "is_mobile": True,
        "has_touch": True,
    },
}

"""The copy that others see: a new picture of pixels alone, small enough for any page, with nothing beside them."""

from __future__ import annotations

import io
from contextlib import suppress
from typing import BinaryIO, Final

from PIL import Image, ImageCms

#: The longest side of a copy in pixels, and how well it is kept (1 to 95).
LONGEST_SIDE: Final = 2_048
_QUALITY: Final = 85


def write_copy(picture: Image.Image, shown: BinaryIO) -> None:
    """Write a picture that stands upright as a JPEG without metadata; its colours as any screen shows them."""
    profile = picture.info.get("icc_profile")
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    plain = _in_common_colours(_on_white(picture), profile)
    # Made anew from the pixels: whatever the old picture carried with it cannot come along.
    Image.frombytes("RGB", plain.size, plain.tobytes()).save(shown, "JPEG", quality=_QUALITY)
    shown.flush()


def _on_white(picture: Image.Image) -> Image.Image:
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    clear = picture.convert("RGBA")
    below = Image.new("RGBA", clear.size, "white")
    below.alpha_composite(clear)
    return below.convert("RGB")


def _in_common_colours(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """A telephone's own colours become those that a picture without a profile has; a profile that is broken is left."""
    if profile:
        with suppress(Exception):
            own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            common = ImageCms.createProfile("sRGB")
            changed = ImageCms.profileToProfile(picture, own, common, outputMode="RGB")
            if changed is not None:
                return changed
    return picture

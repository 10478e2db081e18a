"""An environment in which the package with the encoder's weights is really not installed, and all others are."""

from __future__ import annotations

import os
import sysconfig
from pathlib import Path

from language.encoder import weights
from tests.evaluate.reading import ROOT


def environment(folder: Path) -> dict[str, str]:
    """The variables for a Python that is started with `-S`; `folder` gets a link to each installed package but one."""
    for entry in Path(sysconfig.get_paths()["purelib"]).iterdir():
        if not entry.name.startswith(weights.PACKAGE):
            (folder / entry.name).symlink_to(entry)
    return {"PYTHONPATH": f"{ROOT}{os.pathsep}{folder}"}

"""Reads one file: see the package."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from buyer_protection.evidence_reader.limits import limit_this_process


def main(path: str, descriptor: str) -> None:
    """Print what was found of a file, or the code that says why it is no evidence."""
    limit_this_process()
    # The decoders are started only now, inside of the limits.
    from buyer_protection.evidence_reader.found import NoEvidence
    from buyer_protection.evidence_reader.kinds import read

    try:
        with os.fdopen(int(descriptor), "wb") as shown:
            found = read(Path(path), shown)
    except NoEvidence as no:
        print(json.dumps({"code": str(no)}))
        return
    day = None if found.captured_on is None else found.captured_on.isoformat()
    said = {"media_type": found.media_type, "captured_on": day, "checked": found.checked}
    print(json.dumps({**said, "removed": sorted(found.removed)}))


if __name__ == "__main__":
    main(*sys.argv[1:])

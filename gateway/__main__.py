"""`python -m gateway`."""

import sys

from buyer_protection.disputes.database import DatabaseError
from buyer_protection.settings import SettingsError
from gateway.serving import serve


def main() -> int:
    """Serves; 2 and one line if it may not start."""
    try:
        return serve()
    except (SettingsError, DatabaseError) as error:
        print(" ".join(str(error).split()), file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())

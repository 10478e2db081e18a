"""`python -m migrations [URL]`: bring a database (the configured one unless a URL is given) to its newest shape."""

from __future__ import annotations

import sys

from sqlalchemy.exc import SQLAlchemyError

from buyer_protection.disputes.database import DatabaseError, migrate
from buyer_protection.settings import SettingsError, settings


def main(arguments: list[str]) -> int:
    """Migrate; 0 when done, 2 with one line on what is wrong."""
    try:
        migrate(arguments[0] if arguments else settings().database_url)
    except (DatabaseError, SettingsError) as error:
        print(error, file=sys.stderr)
        return 2
    except SQLAlchemyError as error:
        print(f"the database could not be migrated: {type(error).__name__}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

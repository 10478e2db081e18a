"""The command `buyer-protection`: one group for each thing that staff work on.

Whatever is wrong with what it is given ends it with status 2 and one line that says what.
"""

from __future__ import annotations

import sys

import click
import typer
from sqlalchemy.exc import DBAPIError

from buyer_protection.disputes import DatabaseError, FieldError
from buyer_protection.policy import EditionError, FactError
from buyer_protection.settings import SettingsError
from buyer_protection.staff import claims, desk, disputes, evidence, handoffs, orders, people, reminders
from buyer_protection.staff.assess import assess
from buyer_protection.staff.link import link
from buyer_protection.staff.token import token

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Claims, disputes and evidence, for those who work them.",
)
app.command()(assess)
app.command()(token)
app.command()(link)
app.add_typer(claims.app, name="claims")
app.add_typer(disputes.app, name="disputes")
app.add_typer(evidence.app, name="evidence")
app.add_typer(handoffs.app, name="handoffs")
app.add_typer(orders.app, name="orders")
app.add_typer(people.app, name="people")
app.add_typer(reminders.app, name="reminders")


def main() -> None:
    """Run one command and leave with its status."""
    sys.exit(run())


def run(arguments: list[str] | None = None) -> int:
    """Run one command; its status: 0, or 2 with one line on the standard error."""
    try:
        return app(arguments, standalone_mode=False) or 0
    except click.exceptions.Abort:
        return 130
    except click.ClickException as error:
        problem = error.format_message()
    except DBAPIError as error:
        problem = desk.trouble(error)
    except (desk.BadInput, DatabaseError, EditionError, FactError, FieldError, SettingsError) as error:
        problem = str(error)
    print(" ".join(problem.split()), file=sys.stderr)
    return desk.BAD_INPUT


if __name__ == "__main__":
    main()

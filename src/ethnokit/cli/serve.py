"""``ethnokit serve``: the page to code and review in, on this machine only."""

from __future__ import annotations

import sys
from typing import Any

import click

from ethnokit.cli.context import study_folder
from ethnokit.cli.errors import CouldNotRun
from ethnokit.i18n import gettext as _
from ethnokit.i18n import reason


@click.command("serve")
@click.option("--by", metavar="NAME", help="Who codes or reviews; names the person's own log.")
@click.option("--role", type=click.Choice(("coder", "reviewer")), default="coder", help="What this person does.")
@click.option(
    "--port", metavar="N", type=click.IntRange(1, 65535), help="This port, instead of the last or a free one."
)
@click.option("--no-browser", is_flag=True, help="Show the address, open nothing.")
@click.option("--read-only", is_flag=True, help="To look only: nothing is written.")
@click.pass_context
def command(ctx: click.Context, /, by: str | None, port: int | None, **options: Any) -> None:
    """Code and review in the browser; the page is for this machine only, and works offline."""
    from ethnokit.workbench.serve import PortTaken, serve

    root = study_folder(ctx)
    name = _who(by, needed=not options["read_only"])
    try:
        serve(
            root,
            name,
            options["role"],
            port=port,
            read_only=options["read_only"],
            open_browser=not options["no_browser"],
            announce=lambda sentence: click.echo(sentence, err=True),
        )
    except PortTaken as error:
        message = _("Port {port} cannot be used ({reason}): name another one, or leave --port out.")
        raise CouldNotRun(message.format(port=port, reason=reason(error))) from None


def _who(by: str | None, *, needed: bool) -> str:
    """The name under which decisions are written.

    Raises:
        click.UsageError: it is missing and there is nobody to ask, or it cannot name a log.
    """
    from ethnokit.codings.log import name_problem

    if by is None and not needed:
        return ""
    if by is None and not sys.stdin.isatty():
        raise click.UsageError(_("Say who codes: --by NAME; or look only: --read-only."))
    name = by if by is not None else click.prompt(_("Your name (decisions are written under it)"), err=True)
    if problem := name_problem(name):
        raise click.UsageError(problem)
    return str(name)

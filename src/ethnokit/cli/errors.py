"""How a command ends when it cannot run: a sentence, an exit code, and for the unforeseen a log."""

from __future__ import annotations

from collections.abc import Iterable
from typing import IO, Any

import click

from ethnokit.diagnostics.failure import write_failure
from ethnokit.i18n import gettext as _


class CouldNotRun(click.ClickException):
    """The command could not do its work; exit code 3."""

    exit_code = 3


class Refused(click.ClickException):
    """A decision that cannot be taken; its problems, printed as ``check`` does, say “error” by themselves."""

    def show(self, file: IO[Any] | None = None) -> None:
        """Print the problems as they are."""
        click.echo(self.message, file=file, err=file is None)


def no_such(message: str, written: str, known: Iterable[str], ctx: click.Context | None = None) -> click.UsageError:
    """What was asked for is not there, said in ``message``; then the nearest of what is."""
    from ethnokit.text.nearest import did_you_mean

    hint = did_you_mean(written, known)
    return click.UsageError(f"{message} {hint}" if hint else message, ctx)


def report_unexpected(error: Exception) -> int:
    """Say that a failure was not foreseen, and where its traceback lies: :func:`write_failure`."""
    log = write_failure(error)
    click.echo(_("EthnoKit met a failure it did not foresee; nothing in your study was changed by it."), err=True)
    click.echo(_("The details are in {log}; please send that file with your question.").format(log=log), err=True)
    return 3

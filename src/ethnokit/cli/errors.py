"""How a command ends when it cannot run: a sentence, an exit code, and for the unforeseen a log."""

from __future__ import annotations

import tempfile
import traceback
from collections.abc import Iterable
from pathlib import Path
from typing import IO, Any

import click
import platformdirs

from ethnokit import __version__
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
    """Write the traceback of an unforeseen failure to a log outside the study, and say where it is.

    The log holds no interview text: the values of variables are not written.
    """
    folder = Path(platformdirs.user_log_path("ethnokit", appauthor=False))
    lines = [f"ethnokit {__version__}\n", *traceback.format_tb(error.__traceback__), f"{type(error).__name__}\n"]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        log = folder / "last-failure.log"
        log.write_text("".join(lines), encoding="utf-8")
    except OSError:
        log = Path(tempfile.gettempdir()) / "ethnokit-last-failure.log"
        log.write_text("".join(lines), encoding="utf-8")
    click.echo(_("EthnoKit met a failure it did not foresee; nothing in your study was changed by it."), err=True)
    click.echo(_("The details are in {log}; please send that file with your question.").format(log=log), err=True)
    return 3

"""The command line: one module per command, loaded only when it is called."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Sequence
from copy import copy
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from ethnokit import __version__, i18n
from ethnokit.cli.errors import no_such, report_unexpected
from ethnokit.cli.help import in_language
from ethnokit.cli.streams import accept_every_sign
from ethnokit.i18n import N_
from ethnokit.i18n import gettext as _

COMMANDS = {
    "init": N_("A new study: folders, a first codebook, settings."),
    "check": N_("Every problem of the study, in one pass."),
    "status": N_("Where the study stands, and the next step."),
    "show": N_("A document as EthnoKit reads it."),
    "suggest": N_("Propose codings from the words of the codebook."),
    "coding": N_("Code passages; accept and refuse suggestions."),
    "serve": N_("Code and review in the browser."),
    "find": N_("Find words in the documents."),
    "matrix": N_("Themes across structures, and the sources read."),
    "network": N_("The ties between structures."),
    "coverage": N_("The whole register, met or not."),
    "build": N_("Compile the sheets and the report."),
    "demo": N_("The example study, compiled, in a folder of your own."),
}
"""In the order of a study's life; each stands in the module of its name. Said here, so that help imports none."""


class StudyGroup(click.Group):
    """Find a command in the module of its name, when it is called and not before."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands, in the order of a study's life."""
        return list(COMMANDS)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands for ``--help``."""
        with formatter.section(_("Commands")):
            formatter.write_dl([(name, _(said)) for name, said in COMMANDS.items()])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the module of one command."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"ethnokit.cli.{cmd_name}").command
        return in_language(command)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Say which command was perhaps meant: click knows none that is not loaded."""
        if args[0] not in COMMANDS and not args[0].startswith("-") and not ctx.resilient_parsing:
            raise no_such(_("There is no command “{name}”.").format(name=args[0]), args[0], COMMANDS, ctx)
        return super().resolve_command(ctx, args)


def interface_language(chosen: str | None, folder: Path) -> str:
    """The language of the interface: asked for, else of the environment, else of the study, else of the system."""
    wanted = chosen or os.environ.get("ETHNOKIT_LANG")
    if wanted in i18n.LANGUAGES:
        return wanted
    for parent in (folder, *folder.parents):
        settings = parent / "ethnokit.yaml"
        if settings.is_file():
            # A glance, not a reading: the YAML library is not worth its start-up time here.
            text = settings.read_bytes()[:65536].decode("utf-8", "replace")
            found = re.search(r"^(?:language|langue)\s*:\s*[\"']?(\w\w)\b", text, re.M)
            return found[1] if found and found[1] in i18n.LANGUAGES else "fr"
    system = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return "fr" if system.lower().startswith("fr") else "en"


@click.group(cls=StudyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="ethnokit", message="%(prog)s %(version)s")
@click.option("-C", "folder", metavar="DIR", type=click.Path(path_type=Path), default=".", help="Folder of the study.")
@click.option("--lang", type=click.Choice(i18n.LANGUAGES), help="Language of the messages.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but results.")
@click.option("-v", "--verbose", is_flag=True, help="Say more.")
@click.option("--no-color", is_flag=True, help="No colours.")
@click.pass_context
def group(ctx: click.Context, /, **options: Any) -> None:
    """From fieldwork to print: code interviews in plain text, keep every decision."""
    ctx.obj = options
    dumb = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    if options["no_color"] or dumb:
        ctx.color = False


def _language_for(arguments: Sequence[str]) -> str:
    """The language that the arguments ask for, known before they are read: help and complaints are in it too."""
    glance = copy(group).make_context("ethnokit", list(arguments), resilient_parsing=True, ignore_unknown_options=True)
    folder: Path = glance.params.get("folder") or Path()
    return interface_language(glance.params.get("lang"), folder.resolve())


def main() -> None:
    """Run a command; every way out is a sentence and an exit code (0, 1, 2, 3 or 130)."""
    accept_every_sign()
    i18n.set_language(_language_for(sys.argv[1:]))
    try:
        code = in_language(group).main(prog_name="ethnokit", standalone_mode=False)
    except click.exceptions.Abort:
        click.echo(_("Interrupted."), err=True)
        code = 130
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except SystemExit as error:
        # click ends with 1 when the reader of a pipe has gone (`| head`); that is no problem of the study.
        code = 0 if type(sys.stdout).__name__.endswith("PacifyFlushWrapper") else error.code
    except Exception as error:
        code = report_unexpected(error)
    sys.exit(code if isinstance(code, int) else 0)

"""The command line: one module per command, loaded only when it is called."""

from __future__ import annotations

import os
import re
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from ethnokit import __version__, i18n
from ethnokit.cli.errors import report_unexpected
from ethnokit.i18n import gettext as _

COMMANDS = ("init", "check", "show", "suggest", "coding")


class StudyGroup(click.Group):
    """Find a command in the module of its name, so that ``--help`` imports none of the heavy ones."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands, in the order of a study's life."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the module of one command."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"ethnokit.cli.{cmd_name}").command
        return command


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
@click.version_option(__version__, prog_name="ethnokit")
@click.option("-C", "folder", type=click.Path(path_type=Path), default=".", help="Folder of the study.")
@click.option("--lang", type=click.Choice(i18n.LANGUAGES), help="Language of the messages.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but results.")
@click.option("-v", "--verbose", is_flag=True, help="Say more.")
@click.option("--no-color", is_flag=True, help="No colours.")
@click.pass_context
def group(ctx: click.Context, /, folder: Path, lang: str | None, **flags: Any) -> None:
    """From fieldwork to print: code interviews in plain text, keep every decision."""
    i18n.set_language(interface_language(lang, folder.resolve()))
    ctx.obj = {"folder": folder, **flags}
    dumb = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    if flags["no_color"] or dumb:
        ctx.color = False


def main() -> None:
    """Run a command; every way out is a sentence and an exit code (0, 1, 2, 3 or 130)."""
    i18n.set_language(interface_language(None, Path.cwd()))
    try:
        code = group.main(standalone_mode=False)
    except click.exceptions.Abort:
        click.echo(_("Interrupted."), err=True)
        code = 130
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    except Exception as error:
        code = report_unexpected(error)
    sys.exit(code if isinstance(code, int) else 0)

"""``ethnokit demo``: the example study, to look at and to play with."""

from __future__ import annotations

import shutil
from pathlib import Path

import click

from ethnokit.cli import build
from ethnokit.cli.errors import CouldNotRun
from ethnokit.i18n import gettext as _
from ethnokit.i18n import reason

FILES = ("codebook.yaml", "ethnokit.yaml", "fieldwork")


@click.command("demo")
@click.argument("folder", metavar="[DIR]", type=click.Path(path_type=Path, file_okay=False), default="lanternes")
@click.pass_context
def command(ctx: click.Context, folder: Path) -> None:
    """Copy the example study, whose people and words are invented, into DIR and compile it to PDF."""
    root: Path = ctx.obj["folder"] / folder
    if root.exists() and any(root.iterdir()):
        raise click.UsageError(_("{folder} is not empty; name a new folder.").format(folder=root.resolve()))
    try:
        _copy(example(), root)
    except OSError as error:
        message = _("{file} cannot be written: {reason}.")
        raise CouldNotRun(message.format(file=error.filename or root, reason=reason(error))) from None
    click.echo(_("The study is in {folder}.").format(folder=root.resolve()), err=True)
    ctx.obj["folder"] = root
    ctx.invoke(build.command, audience=None, only=(), form="pdf", jobs=2, as_json=False)


def example() -> Path:
    """The folder of the example study: inside an installed package, or this repository itself.

    Raises:
        CouldNotRun: it came with neither.
    """
    package = Path(__file__).parents[1]
    for place in (package / "example", package.parents[1]):
        if all((place / name).exists() for name in FILES):
            return place
    raise CouldNotRun(_("The example study did not come with this installation."))


def _copy(source: Path, target: Path) -> None:
    target.mkdir(parents=True, exist_ok=True)
    for name in FILES:
        if (source / name).is_dir():
            shutil.copytree(source / name, target / name)
        else:
            shutil.copy(source / name, target / name)

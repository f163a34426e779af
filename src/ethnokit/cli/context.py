"""What commands share: finding the study, and printing data."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from ethnokit.cli.errors import CouldNotRun
from ethnokit.diagnostics import Diagnostic
from ethnokit.i18n import gettext as _
from ethnokit.model import Study


def study_folder(ctx: click.Context) -> Path:
    """The folder of the study, looked for from ``-C`` upwards.

    Raises:
        CouldNotRun: there is no study there.
    """
    from ethnokit.study.files import find_study

    start: Path = ctx.obj["folder"]
    found = find_study(start) if start.is_dir() else None
    if found is None:
        message = _("There is no study in {folder}: neither fieldwork/ nor codebook.yaml.").format(folder=start)
        raise CouldNotRun(message)
    return found


def open_study(ctx: click.Context) -> tuple[Study, tuple[Diagnostic, ...]]:
    """The study and its problems."""
    from ethnokit.study import load

    return load(study_folder(ctx))


def print_json(data: Any) -> None:
    """Data for scripts: stable English keys, text as it is."""
    click.echo(json.dumps(data, ensure_ascii=False, indent=2))

"""What commands share: finding the study, and printing data."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from ethnokit.cli.errors import CouldNotRun
from ethnokit.i18n import gettext as _

if TYPE_CHECKING:
    from ethnokit.study import Loaded

T = TypeVar("T")

_CONTROL = re.compile("[\x7f-\x9f]")


def study_folder(ctx: click.Context) -> Path:
    """The folder of the study, looked for from ``-C`` upwards.

    Raises:
        CouldNotRun: there is no study there.
    """
    from ethnokit.study.files import find_study

    start: Path = ctx.obj["folder"]
    found = find_study(start) if start.is_dir() else None
    if found is None:
        message = _("There is no study in {folder}: neither fieldwork/ nor codebook.yaml.").format(
            folder=start.resolve()
        )
        raise CouldNotRun(message)
    return found


def open_study(ctx: click.Context) -> Loaded:
    """The study and its problems."""
    from ethnokit.cache import Cache
    from ethnokit.study import load

    root = study_folder(ctx)
    with Cache(root) as cache:
        return load(root, cache)


def ask(ctx: click.Context, name: str, kind: Any, question: Callable[[Loaded], T]) -> T:
    """The answer to a question about the study: :func:`ethnokit.study.ask`."""
    from ethnokit.cache import Cache
    from ethnokit.study import ask

    root = study_folder(ctx)
    with Cache(root) as cache:
        return ask(root, cache, name, kind, question)


def print_json(data: Any) -> None:
    """Data for scripts: stable English keys, text as it is; a list has one entry on each line."""
    if isinstance(data, list) and data:
        # The indenting encoder is slow, and so is making a new encoder for each of thousands of entries.
        encode = json.JSONEncoder(ensure_ascii=False).encode
        text = "[\n" + ",\n".join(map(encode, data)) + "\n]"
    else:
        text = json.dumps(data, ensure_ascii=False, indent=2)
    print_data(text)


def print_data(text: str) -> None:
    """JSON as it is: UTF-8 for a program, whatever the encoding of the system."""
    if sys.stdout.isatty():
        # JSON escapes ESC; a terminal also obeys the control characters above it, of which the text may hold some.
        click.echo(_CONTROL.sub(lambda found: f"\\u{ord(found[0]):04x}", text))
    else:
        click.echo(text.encode("utf-8", "backslashreplace"))

"""Help in the language of the interface: click shows what stands in the code, docstrings and help texts, as it is."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from copy import copy
from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

import click

from ethnokit.i18n import N_, gettext

C = TypeVar("C", bound=click.Command)
Say = Callable[[str], str]

# `make catalogue` finds what the click that is installed says; before 8.4 it said this otherwise.
_SAID_BY_EARLIER_CLICKS = (N_("No such option: {name}"),)


def in_language(command: C, say: Say = gettext) -> C:
    """A copy of a command, and of the commands below it, in which every sentence of the help went through ``say``."""
    said = copy(command)
    said.help = "\n\n".join(map(say, _paragraphs(command.help or "")))
    said.params = [_parameter(parameter, say) for parameter in command.params]
    said.options_metavar = say(command.options_metavar) if command.options_metavar else None
    if isinstance(command, click.Group) and isinstance(said, click.Group):
        said.subcommand_metavar = say(command.subcommand_metavar)
        said.commands = {name: in_language(one, say) for name, one in command.commands.items()}
    return said


def _paragraphs(help: str) -> list[str]:
    """The paragraphs of a docstring, each on one line, for click fills the lines itself."""
    return [" ".join(paragraph.split()) for paragraph in inspect.cleandoc(help).split("\n\n") if paragraph.strip()]


def _parameter(parameter: click.Parameter, say: Say) -> click.Parameter:
    said = copy(parameter)
    if isinstance(said, click.Option) and said.help:
        said.help = say(said.help)
    if said.metavar:
        said.metavar = say(said.metavar)
    if isinstance(said.type, type(click.INT)):
        # “'x' is not a valid integer”: click leaves the name of the type as it is.
        said.type = copy(said.type)
        said.type.name = say(said.type.name)
    return said


def sentences(command: click.Command) -> list[str]:
    """Every sentence and metavar that :func:`in_language` translates."""
    found: list[str] = []

    def note(sentence: str) -> str:
        found.append(sentence)
        return sentence

    in_language(command, note)
    return found


def extract(file: BinaryIO, keywords: Any, comment_tags: Any, options: Any) -> Iterator[tuple[int, Any, Any, Any]]:
    """Babel's method for this folder (``make catalogue``): what a module marks, and the help of its command."""
    from babel.messages.extract import extract_python

    yield from extract_python(file, keywords, comment_tags, options)
    name = Path(file.name).stem
    module = import_module("ethnokit.cli" if name == "__init__" else f"ethnokit.cli.{name}")
    for command in (getattr(module, "command", None), getattr(module, "group", None)):
        if isinstance(command, click.Command):
            yield from ((1, None, sentence, []) for sentence in sentences(command))

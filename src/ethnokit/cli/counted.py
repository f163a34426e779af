"""What the commands share that count: the study with its evidence, and what was left out of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import click

from ethnokit.analysis.evidence import Evidence, gather
from ethnokit.analysis.progress import WAITING
from ethnokit.cli.context import open_study
from ethnokit.cli.errors import no_such
from ethnokit.diagnostics import Diagnostic, Severity
from ethnokit.i18n import gettext as _
from ethnokit.i18n import ngettext
from ethnokit.model import Codebook, Coding, Structure, Study
from ethnokit.model.vocabulary import fold

F = TypeVar("F", bound=Callable[..., Any])

_json = click.option("--json", "as_json", is_flag=True, help="Data for scripts: stable keys, never translated.")
_csv = click.option("--csv", "as_csv", is_flag=True, help="A table for LibreOffice or Excel; no cell is a formula.")


def data_options(command: F) -> F:
    """The options ``--json`` and ``--csv``."""
    return _json(_csv(command))


def one_form(as_json: bool, as_csv: bool) -> None:
    """Refuse two forms at once.

    Raises:
        click.UsageError: both were asked for.
    """
    if as_json and as_csv:
        raise click.UsageError(_("Give --json or --csv, not both."))


@dataclass(frozen=True, slots=True)
class Counted:
    """A study and the evidence that figures are made of."""

    study: Study
    evidence: tuple[Evidence, ...]


def open_counted(ctx: click.Context) -> Counted:
    """The study and its evidence; what is left out of the figures is said on stderr."""
    study, problems = open_study(ctx)
    if not ctx.obj["quiet"]:
        say_left_out(problems, study.codings)
    return Counted(study, gather(study))


def say_left_out(problems: Iterable[Diagnostic], codings: Iterable[Coding]) -> None:
    """Figures of a study with errors, or with passages that wait for a person, are not whole: say so."""
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    if errors:
        sentence = ngettext(
            "The study has {n} error; what could not be read is not counted (ethnokit check).",
            "The study has {n} errors; what could not be read is not counted (ethnokit check).",
            errors,
        )
        click.echo(sentence.format(n=errors), err=True)
    waiting = sum(coding.state in WAITING for coding in codings)
    if waiting:
        sentence = ngettext(
            "{n} coding no longer stands where it was made; it is not counted until a person looks at it.",
            "{n} codings no longer stand where they were made; they are not counted until a person looks at them.",
            waiting,
        )
        click.echo(sentence.format(n=waiting), err=True)


def chosen_codes(codebook: Codebook, codes: Sequence[str], families: Sequence[str]) -> frozenset[str] | None:
    """The ids asked for and all that is below them in the tree; None when nothing was asked for.

    Raises:
        click.UsageError: there is no such code.
    """
    if not codes and not families:
        return None
    known = [code.id for code in codebook.codes]
    for wanted in (*codes, *families):
        if wanted not in known:
            message = _("There is no code “{id}” in the codebook.").format(id=wanted)
            raise no_such(message, wanted, known)
    found = {*codes, *families}
    while below := {code.id for code in codebook.codes if code.parent in found and code.id not in found}:
        found |= below
    return frozenset(found)


def chosen_structure(structures: Sequence[Structure], wanted: str) -> Structure:
    """The structure with this id or, without accents and case, this name.

    Raises:
        click.UsageError: there is none.
    """
    names = {fold(name): s for s in reversed(structures) for name in (*s.other_names, s.name, s.id)}
    found = next((s for s in structures if s.id == wanted), None) or names.get(fold(wanted))
    if found is None:
        message = _("There is no structure “{id}” in the register.").format(id=wanted)
        raise no_such(message, wanted, [s.id for s in structures])
    return found


def label_of(codebook: Codebook, code: str) -> str:
    """The label of a code, for people; its id where it has none."""
    known = codebook.get(code)
    return known.label if known is not None and known.label else code

"""What the commands that decide share: the desk, what is decided on, and how a decision that is not possible ends."""

from __future__ import annotations

from collections.abc import Iterable

import click

from ethnokit.cli.errors import Refused, no_such
from ethnokit.codings.desk import Desk, Outcome
from ethnokit.diagnostics import Diagnostic, Severity
from ethnokit.diagnostics.formats import block
from ethnokit.i18n import gettext as _
from ethnokit.model import Coding, Document, Study


def desk_of(study: Study, by: str) -> Desk:
    """The desk at which ``by`` decides."""
    return Desk(study.root, by, study.codebook, frozenset(s.id for s in study.structures))


def document_of(study: Study, id: str) -> Document:
    """The document of this id; the command ends where there is none."""
    document = study.document(id)
    if document is None:
        message = _("There is no document “{id}” in this study.").format(id=id)
        raise no_such(message, id, [d.id for d in study.documents])
    return document


def by_id(study: Study, id: str) -> Coding:
    """The coding of this id; the command ends where there is none."""
    found = next((c for c in study.codings if c.id == id), None)
    if found is None:
        raise click.UsageError(_("There is no coding “{id}” in this study.").format(id=id))
    return found


def done(outcome: Outcome) -> str:
    """The id of the event that was written; the command ends where nothing was."""
    id_, problems = outcome
    refuse_errors(problems)
    warn(problems)
    if id_ is None:
        raise click.ClickException(_("Nothing was written."))
    return id_


def warn(problems: Iterable[Diagnostic]) -> None:
    """Say on stderr what was noticed."""
    for problem in problems:
        click.echo(block(problem), err=True, nl=False)


def refuse_errors(problems: Iterable[Diagnostic]) -> None:
    """End the command when a decision is not possible: every problem, nothing written."""
    problems = list(problems)
    if any(p.severity is Severity.ERROR for p in problems):
        raise Refused("".join(block(p) for p in problems).rstrip())

"""``ethnokit network``: which structure speaks of which, in passages that name it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from ethnokit.cli.context import print_json
from ethnokit.cli.counted import Counted, data_options, label_of, one_form, open_counted
from ethnokit.cli.spreadsheet import print_csv
from ethnokit.cli.tables import Column, Heading, Row, print_lines, print_table
from ethnokit.i18n import gettext as _
from ethnokit.i18n import language, ngettext
from ethnokit.model import Posture
from ethnokit.model.vocabulary import shown

if TYPE_CHECKING:
    import pandas

    from ethnokit.analysis.network import Network


@click.command("network")
@click.option("--stated", is_flag=True, help="Also the ties that only a questionnaire states, marked as such.")
@data_options
@click.pass_context
def command(ctx: click.Context, stated: bool, as_json: bool, as_csv: bool) -> None:
    """The ties between structures: passages that name another structure as their target.

    What a questionnaire states is no evidence: it is kept apart, and shown on request.
    """
    from ethnokit.analysis.network import network

    one_form(as_json, as_csv)
    counted = open_counted(ctx)
    study = counted.study
    found = network(study.structures, study.answers, counted.evidence)
    if as_json:
        print_json(as_data(found, counted, stated=stated))
    elif as_csv:
        _print_ties(found, stated=stated)
    else:
        _print(found, counted, stated=stated)


def as_data(found: Network, counted: Counted, *, stated: bool) -> dict[str, Any]:
    """The stable JSON of a network; ``stated`` is there when it was asked for."""
    parts = {"ties": found.ties, "unattributed": found.unattributed, **({"stated": found.stated} if stated else {})}
    nodes = [{"id": structure.id, "name": structure.name} for structure in counted.study.structures]
    return {"structures": nodes, **{name: _records(part) for name, part in parts.items()}}


def _records(frame: pandas.DataFrame) -> list[dict[str, Any]]:
    return [{str(key): value for key, value in row.items()} for row in frame.to_dict("records")]


def _print_ties(found: Network, *, stated: bool) -> None:
    from ethnokit.analysis.network import COLUMNS

    parts = [("passages", found.ties), ("unattributed", found.unattributed)]
    parts += [("stated", found.stated)] if stated else []
    rows = ((kind, *(row[key] for key in COLUMNS)) for kind, part in parts for row in _records(part))
    print_csv(["kind", *COLUMNS], rows)


def _print(found: Network, counted: Counted, *, stated: bool) -> None:
    columns = [
        Column(_("speaks of")),
        Column(_("theme")),
        Column(_("posture")),
        Column(_("pass."), "right"),
        Column(_("src."), "right"),
    ]
    rows = list(_rows(found.ties, counted))
    if rows:
        print_table(columns, rows)
    else:
        print_lines([_("No passage names another structure as its target yet.")])
    if stated and len(found.stated):
        click.echo()
        print_lines([_("Stated in a questionnaire, without any passage:")])
        print_table(columns[:2], list(_rows(found.stated, counted, wide=False)))
    if said := list(_beside(found, counted, stated=stated)):
        click.echo()
        print_lines(said)


def _rows(ties: pandas.DataFrame, counted: Counted, *, wide: bool = True) -> Iterator[Row]:
    """The ties under the structure that speaks; with passages and sources where there can be some."""
    names = {structure.id: structure.name for structure in counted.study.structures}
    source = None
    for row in _records(ties):
        if row["source"] != source:
            source = row["source"]
            yield Heading(names[source])
        posture = shown(Posture(row["posture"]), language()) if row["posture"] else "–"
        numbers = [posture, str(row["passages"]), str(row["documents"])] if wide else []
        yield [names[row["target"]], label_of(counted.study.codebook, row["code"]), *numbers]


def _beside(found: Network, counted: Counted, *, stated: bool) -> Iterator[str]:
    """What is not in the tables, and how to bring it there."""
    lost = found.unattributed
    if len(lost):
        places = {e.document.id for e in counted.evidence if e.structure is None and e.coding.attributes.target}
        sentence = ngettext(
            "{n} passage names a structure and speaks for no single one: it makes no tie ({documents}).",
            "{n} passages name a structure and speak for no single one: they make no tie ({documents}).",
            int(lost["passages"].sum()),
        )
        yield sentence.format(n=lost["passages"].sum(), documents=", ".join(sorted(places)))
    if len(found.stated) and not stated:
        sentence = ngettext(
            "{n} tie is stated in a questionnaire only; see it with --stated.",
            "{n} ties are stated in questionnaires only; see them with --stated.",
            len(found.stated),
        )
        yield sentence.format(n=len(found.stated))

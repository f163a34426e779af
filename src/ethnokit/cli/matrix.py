"""``ethnokit matrix``: themes across structures, and the sources read behind every cell."""

from __future__ import annotations

from dataclasses import asdict, fields
from typing import TYPE_CHECKING, Any

import click

from ethnokit.cli.context import print_json
from ethnokit.cli.counted import Counted, chosen_codes, data_options, label_of, one_form, open_counted
from ethnokit.cli.spreadsheet import print_csv
from ethnokit.i18n import gettext as _

if TYPE_CHECKING:
    from ethnokit.analysis.matrix import Matrix


@click.command("matrix")
@click.option("--code", "codes", metavar="ID", multiple=True, help="Only this theme, structure by structure.")
@click.option("--family", "families", metavar="ID", multiple=True, help="Only the themes of this family.")
@click.option("--by-family", is_flag=True, help="Families as rows: the passages of their themes added up.")
@click.option("--sources", is_flag=True, help="Cells show in how many of the sources read the theme is raised.")
@data_options
@click.pass_context
def command(ctx: click.Context, /, codes: tuple[str, ...], families: tuple[str, ...], **options: Any) -> None:
    """Themes across structures: distinct passages, and the number of sources read behind every cell.

    A theme that nobody raised is “not raised” in the sources that were read; it is never “has not”.
    """
    one_form(options["as_json"], options["as_csv"])
    if codes and options["by_family"]:
        raise click.UsageError(_("A theme is no family: give --code or --by-family, not both."))
    counted = open_counted(ctx)
    found = _chosen(counted, codes, families, by_family=options["by_family"])
    if options["as_json"]:
        print_json(as_data(found, counted))
    elif options["as_csv"]:
        _print_cells(found, counted)
    else:
        from ethnokit.cli.matrix_screen import print_codes, print_matrix

        if codes and not families:
            print_codes(found, counted.study.codebook)
        else:
            print_matrix(found, counted.study.codebook, sources=options["sources"])


def _chosen(counted: Counted, codes: tuple[str, ...], families: tuple[str, ...], *, by_family: bool) -> Matrix:
    from ethnokit.analysis.matrix import matrix

    study = counted.study
    wanted = chosen_codes(study.codebook, codes, families)
    whole = matrix(study.codebook, study.structures, study.documents, counted.evidence, by_family=by_family)
    return whole if wanted is None else whole.only([code for code in whole.codes.index if code in wanted])


def as_data(found: Matrix, counted: Counted) -> dict[str, Any]:
    """The stable JSON of a matrix: rows, columns, and one object for every cell, empty ones too."""
    codebook = counted.study.codebook
    codes = found.codes.reset_index().to_dict("records")
    return {
        "codes": [{"label": label_of(codebook, str(code["code"])), **code} for code in codes],
        "structures": found.structures.reset_index().to_dict("records"),
        "heard": len(found.heard),
        "read": found.read,
        "cells": [asdict(cell) for cell in found.cells()],
    }


def _print_cells(found: Matrix, counted: Counted) -> None:
    """One row per cell, so that no number is ever seen without the number of sources behind it."""
    from ethnokit.analysis.matrix import Cell

    codebook = counted.study.codebook
    names = {structure.id: structure.name for structure in counted.study.structures}
    columns = [field.name for field in fields(Cell)]
    print_csv(
        ["family", "label", "name", *columns],
        (
            (
                codebook.family(cell.code),
                label_of(codebook, cell.code),
                names[cell.structure],
                *(getattr(cell, column) for column in columns),
            )
            for cell in found.cells()
        ),
    )

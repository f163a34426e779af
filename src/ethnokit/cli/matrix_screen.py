"""How a matrix is shown on a screen that is never wide enough.

Columns are the structures with a source that was read; the others are told in a sentence below. Their
titles are as short as the width asks for, and what does not fit side by side comes in a further table.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import click

from ethnokit.analysis.matrix import Cell, Matrix, State
from ethnokit.cli.counted import label_of
from ethnokit.cli.tables import Column, Heading, Row, print_lines, print_table, screen_width, visible
from ethnokit.i18n import gettext as _
from ethnokit.i18n import ngettext
from ethnokit.model import Codebook

LEAST, NARROW, WIDE = 3, 4, 11
"""Characters of a structure's title: the fewest, the fewest that read well, the most."""
THEME = (24, 44)
"""The least and the most characters of a theme's label."""
NOT_RAISED = "·"


@dataclass(frozen=True, slots=True)
class _Layout:
    theme: int
    column: int
    pages: tuple[tuple[str, ...], ...]
    """Structures side by side, table after table."""


def print_matrix(found: Matrix, codebook: Codebook, *, sources: bool) -> None:
    """Themes as rows in the order of the codebook, under their families; structures as columns."""
    print_lines([_denominators(found)])
    raised = {(cell.code, cell.structure): _cell(cell, sources=sources) for cell in found.cells()}
    totals = _totals(found)
    widest = max((len(label_of(codebook, code)) for code in found.codes.index), default=0) + 3
    layout = _layout(found.heard, widest, max(map(len, raised.values()), default=0), totals)
    titles = short_names(found.heard, layout.column)
    for n, page in enumerate(layout.pages):
        last = n == len(layout.pages) - 1
        columns = [Column(_("theme"), width=layout.theme)]
        columns += [Column(titles[structure], "right", layout.column) for structure in page]
        columns += [Column(title, "right") for title in totals] if last else []
        rows = list(_rows(found, codebook, page, raised, list(totals.values()) if last else []))
        click.echo()
        print_table(columns, rows)
    click.echo()
    print_lines(_below(found, titles, totals, sources=sources))


def _denominators(found: Matrix) -> str:
    """How much of the field the table rests on."""
    return _("{n} of {all} structures have a source that was read; {read} sources were read in all.").format(
        n=len(found.heard), all=len(found.structures), read=found.read
    )


def _cell(cell: Cell, *, sources: bool) -> str:
    if sources:
        return f"{cell.raised_in}/{cell.read}"
    return str(cell.passages) if cell.passages else NOT_RAISED


def _totals(found: Matrix) -> dict[str, dict[str, str]]:
    """Title → code → cell, for the columns after the structures."""
    codes, heard = found.codes, len(found.heard)
    totals = {
        _("pass."): {str(c): str(n) for c, n in codes["passages"].items()},
        _("str."): {str(c): f"{n}/{heard}" for c, n in codes["structures"].items()},
        _("src."): {str(c): f"{n}/{found.read}" for c, n in codes["sources"].items()},
    }
    if codes["unattributed"].any():
        totals["?"] = {str(c): str(n) if n else "" for c, n in codes["unattributed"].items()}
    return totals


def _layout(structures: Sequence[str], theme: int, cell: int, totals: Mapping[str, Mapping[str, str]]) -> _Layout:
    """Share the width: short titles first, then the labels of the themes, then longer titles.

    Where even the shortest titles do not stand side by side, there are several tables, the totals in the last.
    """
    screen = screen_width()
    room = screen - sum(1 + max(map(len, (title, *cells.values()))) for title, cells in totals.items())
    least, narrow = max(LEAST, cell), max(NARROW, cell)
    fitting = [column for column in (narrow, least) if len(structures) * (column + 1) + THEME[0] <= room]
    if not fitting:
        n = (screen - THEME[0]) // (narrow + 1)
        pages = [tuple(structures[at : at + n]) for at in range(0, len(structures), n)]
        return _Layout(THEME[0], narrow, (*pages, ()))
    n = max(1, len(structures))
    theme = max(THEME[0], min(THEME[1], theme, room - n * (fitting[0] + 1)))
    column = max(fitting[0], min(WIDE, max(map(len, structures), default=0), (room - theme) // n - 1))
    return _Layout(theme, column, (tuple(structures),))


def short_names(ids: Sequence[str], width: int) -> dict[str, str]:
    """Ids as titles of at most ``width`` characters, all different: their beginning, with their end where needed."""
    titles: dict[str, str] = {}
    for one in ids:
        letters = one if len(one) <= width else one.replace("-", "").replace("_", "")
        cut = (letters[: width - end] + letters[len(letters) - end :] for end in range(width))
        numbered = (f"{letters[: width - len(str(n))]}{n}" for n in range(2, 10 ** (width - 1)))
        choices = chain([letters] if len(letters) <= width else cut, numbered)
        titles[one] = next(title for title in choices if title not in titles.values())
    return titles


def _rows(
    found: Matrix,
    codebook: Codebook,
    page: Sequence[str],
    raised: dict[tuple[str, str], str],
    totals: Sequence[dict[str, str]],
) -> Iterator[Row]:
    read = found.structures["read"].to_dict()
    yield [_("sources read"), *(str(read[structure]) for structure in page), *("" for _total in totals)]
    family = None
    for code in map(str, found.codes.index):
        if codebook.family(code) not in (family, code):
            family = codebook.family(code)
            yield Heading(label_of(codebook, family))
        cells = (raised[code, structure] for structure in page)
        yield [label_of(codebook, code), *cells, *(total[code] for total in totals)]


def _below(found: Matrix, titles: dict[str, str], totals: dict[str, dict[str, str]], *, sources: bool) -> Iterator[str]:
    """What the signs mean, whose short titles these are, and who is not in the table."""
    if sources:
        yield _("n/m: raised in n of the m sources read of that structure; 0/m says “not raised”, not “has not”.")
    else:
        yield _("{sign} not raised in the sources read of that structure, which does not say “has not”.").format(
            sign=NOT_RAISED
        )
    yield _("pass. distinct passages · str. structures that raise it, of those read · src. sources, of all read")
    if "?" in totals:
        yield _("? passages in no column: they speak of the collective as a whole, or nobody said for whom they speak.")
    names = found.structures["name"].to_dict()
    short = [f"{title} {visible(names[s])}" for s, title in titles.items() if title != s]
    if short:
        yield " · ".join(short)
    yield from _absent(found)


def _absent(found: Matrix) -> Iterator[str]:
    """Structures without a source that was read, those whose sources wait apart from those that have none."""
    unread = found.structures[(found.structures["read"] == 0) & (found.structures["sources"] > 0)]
    none = found.structures[found.structures["sources"] == 0]
    if len(unread):
        yield _("Sources not read for coding yet: {names}.").format(names=", ".join(map(visible, unread["name"])))
    if len(none):
        yield _("No source: {names}.").format(names=", ".join(map(visible, none["name"])))


def print_codes(found: Matrix, codebook: Codebook) -> None:
    """A few themes, each structure by structure and in words."""
    names = found.structures["name"].to_dict()
    cells: dict[str, list[Cell]] = {}
    for cell in found.cells():
        cells.setdefault(cell.code, []).append(cell)
    print_lines([_denominators(found)])
    for code, counts in found.codes.iterrows():
        title = f"{visible(label_of(codebook, str(code)))} ({code})"
        click.echo("\n" + click.style(title, bold=True))
        rows = [[names[cell.structure], in_words(cell)] for cell in cells.get(str(code), ())]
        print_table([Column(_("structure")), Column(_("in its sources"))], rows)
        if counts["unattributed"]:
            sentence = ngettext(
                "{n} more passage speaks of the collective as a whole, or nobody said for whom it speaks.",
                "{n} more passages speak of the collective as a whole, or nobody said for whom they speak.",
                counts["unattributed"],
            )
            print_lines([sentence.format(n=counts["unattributed"])])


def in_words(cell: Cell) -> str:
    """What a cell says, as a sentence that cannot be misread."""
    if cell.state is State.RAISED:
        passages = ngettext("{n} passage", "{n} passages", cell.passages).format(n=cell.passages)
        where = ngettext("in {n} of {all} source read", "in {n} of {all} sources read", cell.read)
        return f"{passages} {where.format(n=cell.raised_in, all=cell.read)}"
    if cell.state is State.NOT_RAISED:
        return ngettext("not raised ({n} source read)", "not raised ({n} sources read)", cell.read).format(n=cell.read)
    if cell.state is State.NOT_READ:
        sentence = ngettext("{n} source, not read for coding yet", "{n} sources, not read for coding yet", cell.sources)
        return sentence.format(n=cell.sources)
    return _("no source")

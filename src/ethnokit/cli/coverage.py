"""``ethnokit coverage``: whom the fieldwork met, and whom it did not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, astuple, fields
from typing import Any

import click

from ethnokit.analysis.coverage import Group, Line, Summary, lines, summary
from ethnokit.cli.context import print_json
from ethnokit.cli.counted import data_options, one_form, open_counted
from ethnokit.cli.spreadsheet import print_csv
from ethnokit.cli.tables import Column, Heading, Row, print_table, visible
from ethnokit.i18n import N_, language, ngettext
from ethnokit.i18n import gettext as _
from ethnokit.model import Participation
from ethnokit.model.vocabulary import shown

GROUPS = {
    Group.MET: N_("met"),
    Group.ANSWERED: N_("answered a questionnaire only"),
    Group.AGREED: N_("agreed to meet"),
    Group.SILENT: N_("asked, silent so far"),
    Group.REFUSED: N_("refused"),
    Group.NOT_ASKED: N_("not asked yet"),
    Group.OUT_OF_SCOPE: N_("out of scope"),
}


@click.command("coverage")
@data_options
@click.pass_context
def command(ctx: click.Context, as_json: bool, as_csv: bool) -> None:
    """The whole register, met or not: silence, refusal and not yet asked are kept apart.

    Answers to questionnaires are told, and are never evidence.
    """
    one_form(as_json, as_csv)
    counted = open_counted(ctx)
    study = counted.study
    register = lines(study.structures, study.documents, study.answers, counted.evidence)
    whole = summary(register, study.settings.population)
    if as_json:
        print_json({"summary": summary_data(whole), "structures": [asdict(line) for line in register]})
    elif as_csv:
        print_csv([field.name for field in fields(Line)], [astuple(line) for line in register])
    else:
        _print(register, whole)


def summary_data(whole: Summary) -> dict[str, Any]:
    """The stable JSON of the register in groups."""
    return {
        "population": whole.population,
        "listed": whole.listed,
        "unlisted": whole.unlisted,
        "groups": {group.value: list(ids) for group, ids in whole.groups.items()},
        "only_told": list(whole.only_told),
    }


def share(whole: Summary, group: Group) -> str:
    """A group with its number and the number it is a part of: ``met: 8 of 14``."""
    return _("{group}: {n} of {all}").format(group=_(GROUPS[group]), n=len(whole.groups[group]), all=whole.population)


def beside(whole: Summary, register: Sequence[Line]) -> list[str]:
    """What the groups do not tell: structures that only others speak of, and those missing from the register."""
    names = {line.structure: line for line in register}
    told = [f"{visible(names[s].name)} ({_passages(names[s].told)})" for s in whole.only_told]
    sentences = [_("Only spoken of by others: {names}.").format(names=", ".join(told))] if told else []
    if whole.unlisted:
        sentence = ngettext(
            "{n} structure of the collective is not in the register.",
            "{n} structures of the collective are not in the register.",
            whole.unlisted,
        )
        sentences.append(sentence.format(n=whole.unlisted))
    return sentences


def _passages(n: int) -> str:
    return ngettext("{n} passage", "{n} passages", n).format(n=n)


def _print(register: Sequence[Line], whole: Summary) -> None:
    columns = [
        Column(_("structure")),
        Column(_("state")),
        Column(_("interv."), "right"),
        Column(_("obs."), "right"),
        Column(_("docs"), "right"),
        Column(_("quest."), "right"),
        Column(_("read"), "right"),
        Column(_("passages"), "right"),
    ]
    rows: list[Row] = []
    for group in Group:
        rows.append(Heading(share(whole, group)))
        rows += [_row(line) for line in register if line.group == group]
    print_table(columns, rows)
    for sentence in beside(whole, register):
        click.echo("\n" + sentence)


def _row(line: Line) -> list[str]:
    state = shown(Participation(line.state), language())
    numbers = (line.interviews, line.observations, line.documents, line.questionnaires)
    read = f"{line.read}/{line.sources}" if line.sources else "–"
    passages = str(line.passages) if line.read else "–"
    return [line.name, state, *(str(n) if n else "–" for n in numbers), read, passages]

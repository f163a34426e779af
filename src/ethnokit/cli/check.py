"""``ethnokit check``: every problem of the study, in one pass."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ethnokit.cli.context import ask, open_study, print_data
from ethnokit.cli.errors import CouldNotRun
from ethnokit.diagnostics import Diagnostic, Severity
from ethnokit.i18n import gettext as _
from ethnokit.i18n import ngettext, reason
from ethnokit.model import Study

if TYPE_CHECKING:
    from ethnokit.study import Loaded
    from ethnokit.study.mend import Mended, Repair


@click.command("check")
@click.option("--format", "form", type=click.Choice(["text", "json", "github"]), default="text", help="Form of output.")
@click.option("--explain", metavar="RULE", help="Print the page of a rule, for instance FM001.")
@click.option("--fix", is_flag=True, help="Mend the fixable ones, outside of what people said and agreed to.")
@click.option("--dry-run", is_flag=True, help="With --fix: say what would change, and change nothing.")
@click.pass_context
def command(ctx: click.Context, /, form: str, explain: str | None, fix: bool, dry_run: bool) -> None:
    """Every problem of the study in one pass: what, where, what to do.

    Exits with 1 when there is an error. The json and github forms carry no interview text.
    """
    from ethnokit.diagnostics import formats

    if explain:
        click.echo(formats.explain(explain) or _unknown_rule(explain))
        return
    if dry_run and not fix:
        raise click.UsageError(_("--dry-run goes with --fix."))
    if fix:
        _mend(*open_study(ctx), dry_run=dry_run)
    problems, checked = ask(ctx, "check", tuple[tuple[Diagnostic, ...], int], _checked)
    if form == "json":
        print_data(formats.as_json(problems))
    elif form == "github":
        click.echo(formats.as_github(problems), nl=False)
    else:
        click.echo(formats.as_text(problems, checked))
    ctx.exit(1 if any(p.severity is Severity.ERROR for p in problems) else 0)


def _checked(loaded: Loaded) -> tuple[tuple[Diagnostic, ...], int]:
    """Every problem, and how many documents and structures were read."""
    study, problems = loaded
    return problems, len(study.documents) + len(study.structures)


def _mend(study: Study, problems: tuple[Diagnostic, ...], *, dry_run: bool) -> None:
    """Mend what is fixable and say each repair."""
    from ethnokit.study import mend

    files = tuple(mend.mend(study.root, problems, study.codebook.path))
    for file in files:
        if not dry_run:
            _put(study, file)
        for repair in file.repairs:
            click.echo(_told(repair), err=True)
    n = sum(len(file.repairs) for file in files)
    done = ngettext("{n} repair was made.", "{n} repairs were made.", n)
    planned = ngettext("{n} repair would be made.", "{n} repairs would be made.", n)
    click.echo((planned if dry_run else done).format(n=n), err=True)


def _put(study: Study, file: Mended) -> None:
    from ethnokit.study import mend

    try:
        mend.put(study.root, file)
    except OSError as error:
        message = _("{path} could not be mended: {reason}. It is as it was.")
        raise CouldNotRun(message.format(path=file.file.path, reason=reason(error))) from None


def _told(repair: Repair) -> str:
    place = f"{repair.path}:{repair.line}:{repair.column}: "
    if not repair.new:
        return place + _("“{old}” is taken away").format(old=repair.old) + f" [{repair.rule}]"
    if not repair.old:
        return place + _("“{new}” is added").format(new=repair.new) + f" [{repair.rule}]"
    return place + _("“{old}” → “{new}”").format(old=repair.old, new=repair.new) + f" [{repair.rule}]"


def _unknown_rule(rule: str) -> str:
    from ethnokit.diagnostics.rules import RULES

    raise click.UsageError(_("There is no rule “{rule}”; there are: {rules}").format(rule=rule, rules=", ".join(RULES)))

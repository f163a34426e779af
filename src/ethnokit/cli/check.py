"""``ethnokit check``: every problem of the study, in one pass."""

from __future__ import annotations

import click

from ethnokit.cli.context import open_study
from ethnokit.diagnostics import Severity
from ethnokit.i18n import gettext as _


@click.command("check")
@click.option("--format", "form", type=click.Choice(["text", "json", "github"]), default="text", help="Form of output.")
@click.option("--explain", metavar="RULE", help="Print the page of a rule, for instance FM001.")
@click.pass_context
def command(ctx: click.Context, form: str, explain: str | None) -> None:
    """Every problem of the study in one pass: what, where, what to do.

    Exits with 1 when there is an error. The json and github forms carry no interview text.
    """
    from ethnokit.diagnostics import formats

    if explain:
        click.echo(formats.explain(explain) or _unknown_rule(explain))
        return
    study, problems = open_study(ctx)
    if form == "json":
        click.echo(formats.as_json(problems))
    elif form == "github":
        click.echo(formats.as_github(problems), nl=False)
    else:
        click.echo(formats.as_text(problems, checked=len(study.documents) + len(study.structures)))
    ctx.exit(1 if any(p.severity is Severity.ERROR for p in problems) else 0)


def _unknown_rule(rule: str) -> str:
    from ethnokit.diagnostics.rules import RULES

    raise click.UsageError(_("There is no rule “{rule}”; there are: {rules}").format(rule=rule, rules=", ".join(RULES)))

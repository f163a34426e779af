"""``ethnokit suggest``: the machine proposes codings; people decide."""

from __future__ import annotations

from typing import Any

import click

from ethnokit.cli.context import ask, open_study, print_json
from ethnokit.cli.errors import CouldNotRun, no_such
from ethnokit.i18n import gettext as _
from ethnokit.i18n import ngettext
from ethnokit.model import Document, Study, Suggestion
from ethnokit.suggest.reasons import in_words


@click.command("suggest")
@click.argument("documents", metavar="[DOC]...", nargs=-1)
@click.option("--explain", metavar="ID", help="Why one suggestion was made.")
@click.option("--json", "as_json", is_flag=True, help="Data for scripts; positions are code points in the body.")
@click.pass_context
def command(ctx: click.Context, documents: tuple[str, ...], explain: str | None, as_json: bool) -> None:
    """Propose codings from the words of the codebook: never evidence, never counted.

    What was refused or is already coded does not come back.
    """
    if documents:
        study, _problems = open_study(ctx)
        found = suggested(study, _chosen(study, documents))
    else:
        found = ask(ctx, "suggest", tuple[Suggestion, ...], lambda loaded: suggested(loaded[0], loaded[0].documents))
    if explain:
        click.echo(_explained(found, explain))
    elif as_json:
        print_json([as_data(s) for s in found])
    else:
        click.echo("\n".join([*(_line(s) for s in found), _summary(found)]))


def suggested(study: Study, documents: tuple[Document, ...]) -> tuple[Suggestion, ...]:
    """The suggestions for some documents that nobody has decided yet.

    Raises:
        CouldNotRun: the configured spaCy pipeline is not installed.
    """
    from ethnokit.cache import Cache
    from ethnokit.suggest.stage import PipelineMissing, suggestions_for, without_refused

    try:
        with Cache(study.root) as cache:
            proposed = suggestions_for(study, documents, cache)
    except PipelineMissing as error:
        raise CouldNotRun(str(error)) from None
    return without_refused(proposed, study.refusals, study.codings)


def _chosen(study: Study, ids: tuple[str, ...]) -> tuple[Document, ...]:
    if not ids:
        return study.documents
    known = {document.id: document for document in study.documents}
    for wanted in ids:
        if wanted not in known:
            message = _("There is no document “{id}” in this study.").format(id=wanted)
            raise no_such(message, wanted, known)
    return tuple(known[wanted] for wanted in ids)


def as_data(suggestion: Suggestion) -> dict[str, Any]:
    """The stable JSON of a suggestion (DESIGN, section 6)."""
    keys = ("id", "document", "code", "start", "end", "quote", "source", "score")
    attributes = suggestion.attributes
    return {
        **{key: getattr(suggestion, key) for key in keys},
        "why": list(suggestion.why),
        "attributes": {
            key: str(value) for key in ("posture", "target") if (value := getattr(attributes, key)) is not None
        },
    }


def _line(suggestion: Suggestion) -> str:
    place = f"{suggestion.id}  {suggestion.document}  {suggestion.code}"
    quote = _("“{quote}”").format(quote=" ".join(suggestion.quote.split()))
    return f"{place}\n    {quote}\n    {'; '.join(map(in_words, suggestion.why))}"


def _summary(found: tuple[Suggestion, ...]) -> str:
    sentence = ngettext("{n} suggestion to decide.", "{n} suggestions to decide.", len(found))
    return sentence.format(n=len(found))


def _explained(found: tuple[Suggestion, ...], id: str) -> str:
    suggestion = next((s for s in found if s.id == id), None)
    if suggestion is None:
        raise click.UsageError(_("There is no undecided suggestion “{id}”.").format(id=id))
    return _line(suggestion) + "\n    " + _("score {score}").format(score=f"{suggestion.score:.2f}")

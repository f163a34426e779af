"""``ethnokit status``: where the study stands, on one screen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import click

from ethnokit.analysis.coverage import Group, Line, Summary, lines, summary
from ethnokit.analysis.evidence import gather
from ethnokit.analysis.progress import DocumentProgress, Next, Step, next_step, progress, waiting
from ethnokit.cli.context import open_study, print_json
from ethnokit.cli.coverage import beside, share, summary_data
from ethnokit.cli.tables import Column, print_lines, print_table, visible
from ethnokit.diagnostics import Diagnostic, Severity
from ethnokit.i18n import gettext as _
from ethnokit.i18n import language, ngettext
from ethnokit.model import AnchorState, CodingState, Study
from ethnokit.model.vocabulary import shown

SCREEN = 15
"""Documents in the table, the unfinished ones first, unless all are asked for."""


@dataclass(frozen=True, slots=True)
class State:
    """What there is to say of a study."""

    study: Study
    register: tuple[Line, ...]
    coverage: Summary
    documents: tuple[DocumentProgress, ...]
    waiting: dict[AnchorState, tuple[str, ...]]
    problems: dict[Severity, int]
    next: Next


@click.command("status")
@click.option("--all", "everything", is_flag=True, help="Every document, however many there are.")
@click.option("--json", "as_json", is_flag=True, help="Data for scripts: stable keys, never translated.")
@click.pass_context
def command(ctx: click.Context, everything: bool, as_json: bool) -> None:
    """Where the study stands: register, coding, passages that wait, problems, and the next step.

    Nothing is computed for it: suggestions are counted where an earlier run left them.
    """
    study, problems = open_study(ctx)
    state = state_of(study, problems)
    if as_json:
        print_json(as_data(state))
        return
    for section in SECTIONS:
        section(state, everything=everything)
        click.echo()
    print_lines([_("Next: {step}").format(step=sentence_of(state.next, study))])


def state_of(study: Study, problems: Sequence[Diagnostic]) -> State:
    """The state of a study, from what was read and from what earlier runs computed."""
    register = lines(study.structures, study.documents, study.answers, gather(study))
    whole = summary(register, study.settings.population)
    documents = progress(study.documents, study.codings, _undecided(study))
    unsettled = waiting(study.codings)
    counts = Counter(problem.severity for problem in problems)
    step = next_step(counts[Severity.ERROR], sum(map(len, unsettled.values())), documents, register, whole)
    return State(study, register, whole, documents, unsettled, {s: counts[s] for s in Severity}, step)


def _undecided(study: Study) -> dict[str, int]:
    """Document → suggestions that nobody decided, for the documents whose suggestions are in the cache."""
    from ethnokit.cache import Cache
    from ethnokit.suggest.stage import known_suggestions, without_refused

    with Cache(study.root) as cache:
        known = known_suggestions(study, study.documents, cache)
    proposed = (suggestion for found in known.values() for suggestion in found)
    left = Counter(s.document for s in without_refused(proposed, study.refusals, study.codings))
    return {document: left[document] for document in known}


def as_data(state: State) -> dict[str, Any]:
    """The stable JSON of the state of a study."""
    settings = state.study.settings
    return {
        "study": settings.title,
        "snapshot": settings.snapshot.isoformat() if settings.snapshot else None,
        "coverage": summary_data(state.coverage),
        "documents": [asdict(document) for document in state.documents],
        "anchors": {anchor.value: list(ids) for anchor, ids in state.waiting.items()},
        "problems": {severity.value: n for severity, n in state.problems.items()},
        "next": asdict(state.next),
    }


def _coverage(state: State, *, everything: bool) -> None:
    title = visible(state.study.settings.title) or state.study.root.name
    click.echo(click.style(title, bold=True))
    groups = [share(state.coverage, group) for group in Group if state.coverage.groups[group] or group is Group.MET]
    print_lines([_("Register: {groups}.").format(groups=" · ".join(groups)), *beside(state.coverage, state.register)])


def _coding(state: State, *, everything: bool) -> None:
    print_lines([_("Coding: {documents}.").format(documents=" · ".join(_by_state(state.documents)))])
    ordered = sorted(state.documents, key=lambda d: not (d.to_do or d.undecided or d.waiting))
    shown_now = ordered if everything else ordered[:SCREEN]
    columns = [
        Column(_("document")),
        Column(_("state")),
        Column(_("codings")),
        Column(_("to decide"), "right"),
        Column(_("waiting"), "right"),
    ]
    if shown_now:
        print_table(columns, [_row(document) for document in shown_now])
    left = len(ordered) - len(shown_now)
    if left:
        sentence = ngettext("… and {n} more document: --all", "… and {n} more documents: --all", left)
        click.echo(sentence.format(n=left))
    unknown = sum(document.undecided is None for document in state.documents)
    if unknown:
        sentence = ngettext(
            "Suggestions are not computed for {n} document: ethnokit suggest",
            "Suggestions are not computed for {n} documents: ethnokit suggest",
            unknown,
        )
        print_lines([sentence.format(n=unknown)])


def _by_state(documents: Sequence[DocumentProgress]) -> Iterator[str]:
    """How many documents there are, in each state, and who coded how much."""
    yield ngettext("{n} document", "{n} documents", len(documents)).format(n=len(documents))
    states = Counter(document.state for document in documents)
    yield from (_many(shown(state, language()), states[state]) for state in CodingState if states[state])
    codings: Counter[str] = Counter()
    for document in documents:
        codings.update(document.codings)
    n = codings.total()
    yield ngettext("{n} coding", "{n} codings", n).format(n=n)
    yield from (_many(visible(by), codings[by]) for by in sorted(codings))


def _many(name: str, n: int) -> str:
    return _("{name}: {n}").format(name=name, n=n)


def _row(document: DocumentProgress) -> list[str]:
    state = shown(document.state, language())
    codings = " · ".join(_many(by, n) for by, n in document.codings.items())
    undecided = "?" if document.undecided is None else str(document.undecided)
    return [document.document, state, codings or "–", undecided, str(document.waiting or "–")]


def _anchors(state: State, *, everything: bool) -> None:
    counts = {anchor: len(ids) for anchor, ids in state.waiting.items() if ids}
    if not counts:
        print_lines([_("Anchors: no coding waits to be looked at.")])
        return
    words = " · ".join(_many(shown(anchor, language()), n) for anchor, n in counts.items())
    print_lines([_("Anchors that wait for a person: {states} (ethnokit coding list).").format(states=words)])


def _problems(state: State, *, everything: bool) -> None:
    errors, warnings, notes = (state.problems[s] for s in (Severity.ERROR, Severity.WARNING, Severity.NOTE))
    parts = [
        ngettext("{n} error", "{n} errors", errors).format(n=errors),
        ngettext("{n} warning", "{n} warnings", warnings).format(n=warnings),
        *([ngettext("{n} note", "{n} notes", notes).format(n=notes)] if notes else []),
    ]
    print_lines([_("Problems: {problems}.").format(problems=", ".join(parts))])


SECTIONS: tuple[Callable[..., None], ...] = (_coverage, _coding, _anchors, _problems)
"""What is printed, from top to bottom: each is given the state and whether everything was asked for."""


def sentence_of(next: Next, study: Study) -> str:
    """The next step as one sentence, with the command that does it."""
    names = {structure.id: visible(structure.name) for structure in study.structures}
    n, subject = next.count, next.subject or ""
    sentences = {
        Step.REPAIR: ngettext(
            "repair {n} error; ethnokit check shows it.", "repair {n} errors; ethnokit check shows them.", n
        ),
        Step.REANCHOR: ngettext(
            "look at {n} coding whose text was edited; ethnokit coding list shows it.",
            "look at {n} codings whose text was edited; ethnokit coding list shows them.",
            n,
        ),
        Step.IMPORT: _("put a transcript into fieldwork/interviews, then run ethnokit check."),
        Step.CODE: _(
            "code {subject}, for which ethnokit suggest {subject} proposes passages; "
            "when it is done, write coding_state: coded in its header."
        ),
        Step.DECIDE: _("decide the suggestions of {subject}; ethnokit suggest {subject} shows them."),
        Step.TRANSCRIBE: _("write down what {name} said: it was met, and no document tells of it."),
        Step.ASK: _("ask {name}: it was not asked yet."),
        Step.BUILD: _("build the reports with ethnokit build."),
    }
    return sentences[next.step].format(n=n, subject=subject, name=names.get(subject, subject))

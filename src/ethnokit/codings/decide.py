"""Decisions of a person on passages: add, accept, refuse, change, remove, undo.

Each checks first and writes last; it returns the id of the new event, or None and every problem found.
What was returned as an id is on the disk (:mod:`ethnokit.codings.log`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from ethnokit.codings.anchor import find_quote, make_anchor
from ethnokit.codings.attributes import problem
from ethnokit.codings.bulk import Row
from ethnokit.codings.desk import Desk, Outcome, errors, name_problems, new_event, save, write
from ethnokit.codings.fold import in_time, undone
from ethnokit.codings.history import Undone, history, take_back
from ethnokit.codings.log import FOLDER, read
from ethnokit.diagnostics import Diagnostic, Severity
from ethnokit.i18n import gettext as _
from ethnokit.i18n import ngettext
from ethnokit.model.coding import Attributes, Coding, Event, Suggestion
from ethnokit.model.document import Document
from ethnokit.model.words import Act, Role
from ethnokit.text.nearest import did_you_mean


def add(
    desk: Desk, document: Document, code: str, span: tuple[int, int], attributes: Attributes | None = None
) -> Outcome:
    """Code a passage ``[start, end)`` by hand."""
    event, problems = _coding_event(desk, document, code, span, attributes or Attributes())
    return write(desk, event, problems)


def add_quote(  # noqa: PLR0913, PLR0917 - the options of `coding add`
    desk: Desk, document: Document, code: str, quote: str, nth: int | None = None, attributes: Attributes | None = None
) -> Outcome:
    """Code the passage that a quote names; see :func:`ethnokit.codings.anchor.find_quote`."""
    span, problems = quote_span(document, quote, nth)
    return (None, problems) if span is None else add(desk, document, code, span, attributes)


def quote_span(
    document: Document, quote: str, nth: int | None = None
) -> tuple[tuple[int, int] | None, list[Diagnostic]]:
    """The place of a quote, or why it has none."""
    found = find_quote(document, quote, nth)
    if isinstance(found, tuple):
        return found, []
    if found.kind == "ambiguous":
        message = ngettext(
            "The quote stands {n} time in the text.", "The quote stands {n} times in the text.", found.count
        )
        hint = _("Say which one with --nth, from 1 to {n}.").format(n=found.count)
        return None, [problem("CD022", message.format(n=found.count), path=document.path, hint=hint)]
    if found.count:
        message = ngettext(
            "The quote stands only {n} time in the text.", "The quote stands only {n} times in the text.", found.count
        )
        return None, [problem("CD021", message.format(n=found.count), path=document.path)]
    hint = _("Copy it from `ethnokit show`; one word more or less is another text.")
    return None, [problem("CD021", _("The quote does not stand in the text."), path=document.path, hint=hint)]


def accept(  # noqa: PLR0913 - each part of a suggestion may be another one
    desk: Desk,
    document: Document,
    suggestion: Suggestion,
    attributes: Attributes | None = None,
    *,
    code: str | None = None,
    span: tuple[int, int] | None = None,
) -> Outcome:
    """Make a suggestion a coding of this coder, with another code, place or attributes where these are given."""
    chosen = suggestion.attributes if attributes is None else attributes
    place = span or (suggestion.start, suggestion.end)
    event, problems = _coding_event(desk, document, code or suggestion.code, place, chosen)
    return _decided(desk, document, suggestion, event, problems, Act.ACCEPT)


def refuse(desk: Desk, document: Document, suggestion: Suggestion) -> Outcome:
    """Refuse a suggestion: it never comes back for this passage and code."""
    problems = name_problems(desk.by) or span_problems(document, suggestion.start, suggestion.end)
    event = None if problems else new_event(desk, Act.REFUSE, document.id, suggestion.code)
    if event:
        event = replace(event, anchor=make_anchor(document, suggestion.start, suggestion.end))
    return _decided(desk, document, suggestion, event, problems, Act.REFUSE)


def _decided(  # noqa: PLR0913, PLR0917 - the parts of one decision
    desk: Desk, document: Document, suggestion: Suggestion, event: Event | None, problems: list[Diagnostic], act: Act
) -> Outcome:
    if suggestion.document != document.id or document.body[suggestion.start : suggestion.end] != suggestion.quote:
        hint = _("Run `ethnokit suggest` again.")
        problems = [problem("CD023", _("This suggestion was made on another text."), path=document.path, hint=hint)]
        return None, problems
    return write(desk, replace(event, act=act, suggestion=suggestion.id) if event else None, problems)


def change(  # noqa: PLR0913 - each part of a coding may change
    desk: Desk,
    document: Document,
    coding: Coding,
    *,
    code: str | None = None,
    span: tuple[int, int] | None = None,
    attributes: Attributes | None = None,
) -> Outcome:
    """Change the code, the place or the attributes of a coding; what is None stays as it is."""
    wanted = coding.attributes if attributes is None else attributes
    problems = name_problems(desk.by)
    if code is not None or attributes is not None:
        problems += _theme(desk, document, code or coding.code, wanted)
    if span is not None:
        problems += span_problems(document, *span) or evidence_problems(document, *span)
    event = replace(new_event(desk, Act.CHANGE, coding.document, code), of=coding.id, attributes=wanted)
    if span is not None and not errors(problems):
        event = replace(event, anchor=make_anchor(document, *span))
    return write(desk, event, problems)


def remove(desk: Desk, coding: Coding) -> Outcome:
    """Take a coding away; its history stays in the log."""
    return write(desk, replace(new_event(desk, Act.REMOVE, coding.document), of=coding.id), name_problems(desk.by))


def undo(desk: Desk, event: str | None = None) -> Undone:
    """Take back the last gesture of this coder in the whole study, or the given event; an undo is undone by its id."""
    if problems := name_problems(desk.by):
        return (), problems
    own = in_time(e for e in _own_events(desk) if e.by == desk.by)
    if event is None:
        gestures = history(own, desk.by).undo
        if not gestures:
            return (), [problem("CD024", _("{name} has nothing to undo.").format(name=desk.by))]
        return take_back(desk, own, gestures[-1])
    if event in undone(own) or all(e.id != event for e in own):
        message = _("No event “{id}” of {name} can be undone.").format(id=event, name=desk.by)
        return (), [problem("CD024", message)]
    return take_back(desk, own, (event,))


def add_many(
    desk: Desk, documents: Mapping[str, Document], rows: Iterable[Row], path: str = ""
) -> tuple[tuple[str, ...], list[Diagnostic]]:
    """Code many passages, as one gesture; when one row is wrong, all problems are told and nothing is written.

    A row's own ``by`` counts where the desk names nobody. Returns the ids in the order of the rows.
    """
    events: list[Event] = []
    problems: list[Diagnostic] = []
    desk = desk.as_one()
    for row in rows:
        event, wrong = _row_event(replace(desk, by=desk.by or row.by or ""), documents, row)
        problems += [replace(w, path=path, line=row.line) for w in wrong]
        if event is not None:
            events.append(event)
    if errors(problems):
        return (), problems
    logs: dict[tuple[str, str], list[Event]] = {}
    for event in events:
        logs.setdefault((event.document, event.by), []).append(event)
    written: set[str] = set()
    for (document, by), batch in logs.items():
        failed = save(desk.root, document, by, batch)
        if failed:
            problems.append(failed)
        else:
            written.update(event.id for event in batch)
    return tuple(event.id for event in events if event.id in written), problems


def _row_event(desk: Desk, documents: Mapping[str, Document], row: Row) -> tuple[Event | None, list[Diagnostic]]:
    document = documents.get(row.document or "")
    if document is None:
        hint = did_you_mean(row.document or "", documents)
        return None, [problem("CD025", _("Unknown document “{id}”.").format(id=row.document or ""), hint=hint)]
    if row.start is not None and row.end is not None:
        span = (row.start, row.end)
        if row.quote is not None and document.body[slice(*span)] != row.quote:
            return None, [problem("CD023", _("The quote does not stand at this start and end."))]
        return _coding_event(desk, document, row.code or "", span, row.attributes)
    found, problems = quote_span(document, row.quote or "", row.nth)
    return (None, problems) if found is None else _coding_event(desk, document, row.code or "", found, row.attributes)


def _coding_event(
    desk: Desk, document: Document, code: str, span: tuple[int, int], attributes: Attributes
) -> tuple[Event | None, list[Diagnostic]]:
    problems = name_problems(desk.by) + _theme(desk, document, code, attributes)
    problems += span_problems(document, *span) or evidence_problems(document, *span)
    if errors(problems):
        return None, problems
    event = new_event(desk, Act.ADD, document.id, code)
    return replace(event, anchor=make_anchor(document, *span), attributes=attributes), problems


def _theme(desk: Desk, document: Document, code: str, attributes: Attributes) -> list[Diagnostic]:
    """Problems of the code and of what the attributes name."""
    theme = desk.codebook.get(code)
    found: list[Diagnostic] = []
    if theme is None:
        hint = did_you_mean(code, [c.id for c in desk.codebook.codes])
        found.append(problem("CD030", _("Unknown code “{id}”.").format(id=code), path=document.path, hint=hint))
    elif not theme.codable:
        hint = _("Use one of the codes below it.")
        message = _("The code “{id}” is a family; passages are not coded with it.").format(id=code)
        found.append(problem("CD031", message, path=document.path, hint=hint))
    elif theme.relation and attributes.target is None:
        message = _("The code “{id}” is a relation; it needs a target structure.").format(id=code)
        found.append(problem("CD032", message, path=document.path, hint=_("Add --set target=ID.")))
    for named in (attributes.target, attributes.structure):
        if named is not None and named not in desk.structures:
            message = _("Unknown structure “{id}”.").format(id=named)
            found.append(problem("CD033", message, path=document.path, hint=did_you_mean(named, desk.structures)))
    return found


def span_problems(document: Document, start: int, end: int) -> list[Diagnostic]:
    """Why a span is no passage of the document."""
    size = len(document.body)
    if start < 0 or end > size:
        message = _("The passage goes beyond the text, which has {n} characters.").format(n=size)
        return [problem("CD034", message, path=document.path)]
    if start >= end or not document.body[start:end].strip():
        return [problem("CD035", _("The passage is empty."), path=document.path)]
    return []


def evidence_problems(document: Document, start: int, end: int) -> list[Diagnostic]:
    """An interviewer's words are never evidence: a passage neither begins nor ends in them."""
    text = document.body[start:end]
    first, last = start + len(text) - len(text.lstrip()), start + len(text.rstrip()) - 1
    turns = document.turns_between(start, end)
    asked = [turn for turn in turns if turn.role is Role.INTERVIEWER]
    if not asked:
        return []
    line = document.body_line + document.body.count("\n", 0, start)
    if len(asked) == len(turns) or any(t.start <= edge < t.end for t in asked for edge in (first, last)):
        hint = _("Code the answer only.")
        message = _("The passage holds the interviewer's words, which are never evidence.")
        return [problem("CD036", message, path=document.path, line=line, hint=hint)]
    message = _("An interviewer speaks inside this passage; these words will not count as evidence.")
    return [problem("CD037", message, path=document.path, line=line, severity=Severity.WARNING)]


def _own_events(desk: Desk) -> Iterable[Event]:
    for path in sorted((desk.root / FOLDER).glob("*/*.jsonl")):
        if path.stem == desk.by:
            yield from read(path.read_bytes(), path.name)[0]

"""A gesture made in the page becomes a decision on the disk; what is answered was written before.

A gesture sent twice, because the first answer got lost, is done once and answered the same.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ethnokit.codings import decide, review, settle
from ethnokit.codings.attributes import parse_attributes
from ethnokit.codings.desk import Desk, Outcome, errors
from ethnokit.codings.history import of_role, redo_last, undo_last
from ethnokit.diagnostics import Diagnostic, Severity
from ethnokit.i18n import gettext as _
from ethnokit.model import Act, Attributes, Coding, Document, Event, Suggestion, Verdict
from ethnokit.workbench.asked import Asked
from ethnokit.workbench.decided import Decided
from ethnokit.workbench.errors import Denied, denied
from ethnokit.workbench.live import Live
from ethnokit.workbench.positions import positions_of
from ethnokit.workbench.shapes import coding_data, undoable

Data = dict[str, Any]
Done = tuple[tuple[str, ...], list[Diagnostic]]
"""Ids of the events that were written, and the problems; with an error among them nothing was."""


def decide_in(live: Live, data: Data) -> Data:
    """Do what one gesture of the page asks for, and tell what it changed.

    Raises:
        Denied: it is not possible; nothing was written.
    """
    asked = Asked(data)
    act, gesture = asked.text("act"), asked.text("gesture")
    _check_role(live, act)
    if asked.optional("suggestion", str) is not None:
        live.suggestions(asked.text("document"))  # before the lock: where they are not known yet, this takes seconds
    with live.lock:
        decided = live.decided(asked.text("document"))
        since = decided.version
        again = decided.ledger.by_gesture(live.by, gesture)
        if again and act != Act.REANCHOR.value:  # which writes what is still unwritten, and nothing twice
            touched = frozenset(id_ for event in again for id_ in (event.id, event.of) if id_ is not None)
            return _answer(live, decided, since, touched, [], act, asked.optional("suggestion", str))
        if asked.text("text") != decided.document.text_hash:
            raise Denied("stale", _("The text was edited in the meantime."), _("Look at the passage again."))
        _ids, problems = ACTS[act](_Gesture(live, decided, live.desk(gesture), asked))
        if errors(problems):
            raise denied(problems)
        touched = live.refresh(decided)
        return _answer(live, decided, since, touched, problems, act, asked.optional("suggestion", str))


def _check_role(live: Live, act: str) -> None:
    if act not in ACTS:
        raise Denied("wrong", _("There is no act “{act}”.").format(act=act))
    if live.read_only:
        raise Denied("readonly", _("The study is open for reading only."))
    if act not in (REVIEWING if live.role == "reviewer" else CODING):
        message = _("This is not decided in your role.")
        raise Denied("forbidden", message, _("Coders code, reviewers give verdicts: ethnokit serve --role."))


def _answer(  # noqa: PLR0913, PLR0917 - what there is to tell
    live: Live,
    decided: Decided,
    since: int,
    touched: frozenset[str],
    problems: list[Diagnostic],
    act: str,
    suggestion: str | None = None,
) -> Data:
    found = ((id_, decided.coding(id_)) for id_ in sorted(touched))
    changed = [coding for _id, coding in found if coding is not None]
    return {
        "version": decided.version,
        "since": since,
        "changed": [coding_data(coding, decided.document, live.by) for coding in changed],
        "gone": sorted(id_ for id_ in touched if decided.coding(id_) is None),
        **undoable(decided, live.by, reviewing=live.reviewing),
        "warnings": [p.message for p in problems if p.severity is Severity.WARNING],
        "decided": [suggestion] if suggestion is not None else [],
        "restored": act in BRINGS_BACK,
    }


class _Gesture:
    """What a gesture is about, each part checked when it is asked for."""

    def __init__(self, live: Live, decided: Decided, desk: Desk, asked: Asked) -> None:
        self.live, self.decided, self.desk, self.asked = live, decided, desk, asked

    @property
    def document(self) -> Document:
        return self.decided.document

    @property
    def past(self) -> tuple[Event, ...]:
        """What was decided on the document, in the role of this person."""
        return of_role(self.decided.ledger.events, reviewing=self.live.reviewing)

    @property
    def attributes(self) -> Attributes | None:
        """The attributes as the page gives them, whole; None where it leaves them."""
        given = self.asked.optional("attributes", dict)
        if given is None:
            return None
        written = [f"{key}={_word(value)}" for key, value in given.items() if value not in (None, "", False)]
        attributes, problems = parse_attributes(written)
        if errors(problems):
            raise denied(problems)
        return attributes

    @property
    def span(self) -> tuple[int, int] | None:
        """The passage in code points; None where the page gives none.

        Its words must be those that the page showed: a slip between the two counts of positions would be seen.
        """
        start, end = self.asked.optional("start", int), self.asked.optional("end", int)
        if start is None or end is None:
            return None
        at, body = positions_of(self.document.body), self.document.body
        try:
            span = at.to_points(start), at.to_points(end)
        except ValueError:
            raise Denied("wrong", _("The passage begins or ends within a sign.")) from None
        if body[slice(*span)] != self.asked.text("quote"):
            raise Denied("stale", _("The words of the passage are not those of the text."))
        return span

    @property
    def passage(self) -> tuple[int, int]:
        """The passage, which must be given."""
        if (span := self.span) is None:
            raise Denied("wrong", _("Select a passage first."))
        return span

    @property
    def coding(self) -> Coding:
        """The coding that it is about, as the page saw it."""
        coding = self.decided.coding(self.asked.text("coding"))
        if coding is None:
            raise Denied("stale", _("This coding was taken away in the meantime."))
        revision = self.asked.optional("revision", str)
        if revision is not None and revision != coding.revision:
            message = _("This coding was changed in the meantime, in another window or program.")
            raise Denied("stale", message, _("See what it says now, and decide again."))
        return coding

    @property
    def own_coding(self) -> Coding:
        """The coding, which must be one's own."""
        coding = self.coding
        if coding.by != self.live.by:
            message = _("This is a coding of {name}; it is changed by its own coder only.").format(name=coding.by)
            raise Denied("wrong", message, _("Code the passage yourself, or answer in the thread."))
        return coding

    @property
    def suggestion(self) -> Suggestion:
        """The suggestion that it is about, still undecided."""
        wanted = self.asked.text("suggestion")
        found = next((s for s in self.live.suggestions(self.document.id) if s.id == wanted), None)
        if found is None:
            raise Denied("stale", _("This suggestion was decided in the meantime, or its text was edited."))
        return found


def _word(value: Any) -> str:
    return "yes" if value is True else str(value)


def _one(outcome: Outcome) -> Done:
    id_, problems = outcome
    return ((id_,) if id_ is not None else ()), problems


def _add(g: _Gesture) -> Done:
    return _one(decide.add(g.desk, g.document, g.asked.text("code"), g.passage, g.attributes))


def _accept(g: _Gesture) -> Done:
    code = g.asked.optional("code", str)
    return _one(decide.accept(g.desk, g.document, g.suggestion, g.attributes, code=code, span=g.span))


def _refuse(g: _Gesture) -> Done:
    return _one(decide.refuse(g.desk, g.document, g.suggestion))


def _change(g: _Gesture) -> Done:
    code = g.asked.optional("code", str)
    return _one(decide.change(g.desk, g.document, g.own_coding, code=code, span=g.span, attributes=g.attributes))


def _remove(g: _Gesture) -> Done:
    return _one(decide.remove(g.desk, g.own_coding))


def _undo(g: _Gesture) -> Done:
    return undo_last(g.desk, g.document.id, g.past)


def _redo(g: _Gesture) -> Done:
    return redo_last(g.desk, g.document.id, g.past)


def _confirm(g: _Gesture) -> Done:
    return _one(settle.confirm(g.desk, g.document, g.coding))


def _place(g: _Gesture) -> Done:
    return _one(settle.place(g.desk, g.document, g.coding, g.passage))


def _lose(g: _Gesture) -> Done:
    return _one(settle.give_up(g.desk, g.coding))


def _reanchor(g: _Gesture) -> Done:
    documents = {g.document.id: g.document}
    moved = settle.unwritten(g.decided.codings, documents)
    written, problems = settle.write_down(g.desk, moved, documents)
    return tuple(written.values()), problems


def _verdict(g: _Gesture) -> Done:
    word = g.asked.text("verdict")
    if word not in set(Verdict):
        raise Denied("wrong", _("There is no verdict “{word}”.").format(word=word))
    if g.coding.by == g.live.by:
        raise Denied("wrong", _("This is a coding of your own: somebody else reviews it."))
    remark = g.asked.optional("remark", str) or ""
    return _one(review.give_verdict(g.desk, g.coding, Verdict(word), remark))


def _comment(g: _Gesture) -> Done:
    return _one(review.comment(g.desk, g.coding, g.asked.text("remark")))


ACTS: dict[str, Callable[[_Gesture], Done]] = {
    Act.ADD.value: _add,
    Act.ACCEPT.value: _accept,
    Act.REFUSE.value: _refuse,
    Act.CHANGE.value: _change,
    Act.REMOVE.value: _remove,
    Act.UNDO.value: _undo,
    "redo": _redo,
    "confirm": _confirm,
    "place": _place,
    Act.LOSE.value: _lose,
    Act.REANCHOR.value: _reanchor,
    Act.VERDICT.value: _verdict,
    Act.COMMENT.value: _comment,
}
BRINGS_BACK = {Act.UNDO.value, "redo", Act.REMOVE.value}
"""Acts after which a suggestion may be undecided again, or decided again."""
REVIEWING = {Act.VERDICT.value, Act.COMMENT.value, Act.UNDO.value, "redo"}
CODING = ACTS.keys() - {Act.VERDICT.value}

"""What the page writes besides decisions: memos, new codes, the state of a document."""

from __future__ import annotations

from typing import Any

from ethnokit.codebook.write import NewCode, add_code, proposed_id
from ethnokit.codings.desk import errors
from ethnokit.i18n import gettext as _
from ethnokit.i18n import reason
from ethnokit.model import CodingState
from ethnokit.study.coding_state import mark
from ethnokit.study.memos import MemoFile, memo_file, save_memo
from ethnokit.text.whole import ChangedMeanwhile
from ethnokit.workbench.asked import Asked
from ethnokit.workbench.errors import Denied, denied
from ethnokit.workbench.live import Live

Data = dict[str, Any]
STATES = {
    "coder": (CodingState.TO_CODE, CodingState.IN_PROGRESS, CodingState.CODED),
    "reviewer": (CodingState.CODED, CodingState.REVIEWED),
}
"""Which states of a document are whose word."""


def proposed(live: Live, label: str, parent: str | None) -> Data:
    """The id that a new code of this label would get below ``parent``."""
    return {"id": proposed_id(live.study.codebook, parent, label)}


def add(live: Live, data: Data) -> Data:
    """Put a new code into the codebook, below its parent.

    Raises:
        Denied: the codebook cannot take it; it is as it was.
    """
    asked = Asked(data)
    _coders_only(live)
    label, parent = asked.text("label").strip(), asked.optional("parent", str) or None
    with live.lock:
        book = live.study.codebook
        new = NewCode(
            id=(asked.optional("id", str) or "").strip() or proposed_id(book, parent, label),
            label=label,
            parent=parent,
            definition=(asked.optional("definition", str) or "").strip(),
            include=_texts(asked, "include"),
            exclude=_texts(asked, "exclude"),
        )
        problems = add_code(live.root, book.path, new)
        if errors(problems):
            raise denied(problems)
        live.look()
        return {"id": new.id}


def _texts(asked: Asked, key: str) -> tuple[str, ...]:
    return tuple(str(one).strip() for one in asked.optional(key, list) or () if str(one).strip())


def memo(live: Live, kind: str, id: str) -> Data:
    """The memo on a document or a code; an empty text where there is none yet."""
    _known(live, kind, id)
    return _memo_data(memo_file(live.root, id, kind))


def save(live: Live, kind: str, id: str, data: Data) -> Data:
    """Save a memo, unless somebody else wrote it since the page read it.

    Raises:
        Denied: it was not saved; with the present text where it was changed meanwhile.
    """
    asked = Asked(data)
    _known(live, kind, id)
    text, seen = asked.text("text"), asked.text("hash")
    try:
        saved = save_memo(live.root, id, kind, text, seen, live.study.settings.language)
    except ChangedMeanwhile:
        message = _("This memo was changed in the meantime, in another window or program.")
        raise Denied("stale", message, current=_memo_data(memo_file(live.root, id, kind))) from None
    except OSError as error:
        raise Denied("disk", _("The memo could not be saved: {reason}.").format(reason=reason(error))) from None
    live.look()
    return _memo_data(saved)


def _memo_data(file: MemoFile) -> Data:
    return {"path": file.path, "text": file.text, "hash": file.hash, "exists": file.exists}


def _known(live: Live, kind: str, id: str) -> None:
    there = {"document": live.study.document, "code": live.study.codebook.get}.get(kind)
    if there is None or there(id) is None:
        raise Denied("missing", _("There is nothing of this name to write a memo about."))


def mark_document(live: Live, id: str, data: Data) -> Data:
    """Say in the header of a document how far its coding has come.

    Raises:
        Denied: it is no state, or the header cannot be changed safely; it is as it was.
    """
    word = Asked(data).text("state")
    if word not in set(CodingState):
        raise Denied("wrong", _("There is no state “{word}”.").format(word=word))
    if CodingState(word) not in STATES[live.role]:
        raise Denied("forbidden", _("This is not decided in your role."))
    with live.lock:
        problems = mark(live.root, live.document(id), CodingState(word))
        if errors(problems):
            raise denied(problems)
        live.look()
        return {"state": live.document(id).coding_state.value}


def _coders_only(live: Live) -> None:
    if live.role != "coder":
        raise Denied("forbidden", _("This is not decided in your role."))

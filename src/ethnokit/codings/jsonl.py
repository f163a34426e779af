"""An event as one line of JSON, and back. Keys and words are English and never change.

Keys that this version does not know stay in ``Event.extra`` and are written again as they came.
"""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from ethnokit.i18n import gettext as _
from ethnokit.model.audience import Audience
from ethnokit.model.coding import Anchor, Attributes, Event
from ethnokit.model.vocabulary import read_word, word_of
from ethnokit.model.words import Act, Posture, Scale, Verdict

VERSION = 1
_AS_WRITTEN = ("suggestion", "codebook", "gesture", "remark", "seen")
_TEXTS = ("code", "of", *_AS_WRITTEN)
_ANCHOR = ("start", "end", "quote", "prefix", "suffix", "turn", "text")
_KNOWN = {"v", "id", "at", "by", "act", "document", "attributes", "verdict", *_TEXTS, *_ANCHOR}
_WORDS: dict[str, Any] = {"posture": Posture, "scale": Scale, "audience": Audience}
_FLAGS = ("specific", "doubt")
_NEED_ANCHOR = (Act.ADD, Act.ACCEPT, Act.REFUSE)


class UnknownActError(ValueError):
    """The event says something that this version cannot replay."""


def dump(event: Event) -> bytes:
    """One line of the log, newline included."""
    record = to_json(event)
    try:
        return json.dumps(record, ensure_ascii=False).encode() + b"\n"
    except UnicodeEncodeError:  # a lone surrogate has no UTF-8; JSON can still escape it
        return json.dumps(record).encode() + b"\n"


def to_json(event: Event) -> dict[str, Any]:
    """The event as plain data; what is not set is left out."""
    record: dict[str, Any] = {"v": VERSION, "id": event.id, "at": event.at.isoformat(), "by": event.by}
    record |= {"act": event.act.value, "document": event.document, "code": event.code}
    if event.anchor:
        a = event.anchor
        record |= {"start": a.start, "end": a.end, "quote": a.quote, "prefix": a.prefix, "suffix": a.suffix}
        record |= {"turn": a.turn, "text": a.text_hash}
    extra = dict(event.extra)
    attributes = attributes_to_json(event.attributes) | extra.pop("attributes", {})
    record |= {"attributes": attributes or None, "of": event.of}
    record |= {"verdict": event.verdict and event.verdict.value}
    record |= {key: getattr(event, key) for key in _AS_WRITTEN}
    return {key: value for key, value in record.items() if value is not None} | extra


def attributes_to_json(attributes: Attributes) -> dict[str, Any]:
    """The attributes that are set, with their English words: ``{"posture": "offers", "specific": true}``."""
    found: dict[str, Any] = {}
    for key in ("posture", "scale", "audience"):
        value = getattr(attributes, key)
        if value is not None:
            found[key] = word_of(value)
    for key in ("target", "structure", "memo"):
        if (text := getattr(attributes, key)) is not None:
            found[key] = text
    return found | {key: True for key in _FLAGS if getattr(attributes, key)}


def from_json(record: Any) -> Event:
    """The event that a line's data tells.

    Raises:
        UnknownActError: the act is of another version.
        ValueError: something that every event needs is missing or wrong; the message says what.
    """
    if not isinstance(record, dict):
        raise ValueError(_("keys and values are expected"))
    written = _text(record, "act", required=True)
    try:
        act = Act(written or "")
    except ValueError:
        raise UnknownActError(written) from None
    anchor = _anchor(record)
    code, of = _text(record, "code"), _text(record, "of")
    if act in _NEED_ANCHOR and (code is None or anchor is None):
        raise ValueError(_("code, start, end and quote are needed"))
    if act is Act.REANCHOR and anchor is None:
        raise ValueError(_("start, end and quote are needed"))
    if act not in _NEED_ANCHOR and of is None:
        raise ValueError(_("the key “{key}” is missing").format(key="of"))
    verdict = _verdict(record)
    if act is Act.VERDICT and verdict is None:
        raise ValueError(_("the key “{key}” is missing").format(key="verdict"))
    if act is Act.COMMENT and not record.get("remark"):
        raise ValueError(_("the key “{key}” is missing").format(key="remark"))
    attributes, rest = _attributes(record.get("attributes"))
    extra = {key: value for key, value in record.items() if key not in _KNOWN}
    if record.get("v", VERSION) != VERSION:
        extra["v"] = record["v"]
    if rest:
        extra["attributes"] = rest
    return Event(
        id=_text(record, "id", required=True) or "",
        at=_moment(record.get("at")),
        by=_text(record, "by", required=True) or "",
        act=act,
        document=_text(record, "document", required=True) or "",
        code=code,
        anchor=anchor,
        attributes=attributes,
        of=of,
        verdict=verdict,
        extra=extra,
        **{key: _text(record, key) for key in _AS_WRITTEN},
    )


def _text(record: dict[str, Any], key: str, *, required: bool = False) -> str | None:
    value = record.get(key)
    if value is None and not required:
        return None
    if not isinstance(value, str) or (required and not value):
        raise ValueError(_("a text is expected for the key “{key}”").format(key=key))
    return value


def _verdict(record: dict[str, Any]) -> Verdict | None:
    written = _text(record, "verdict")
    try:
        return None if written is None else Verdict(written)
    except ValueError:
        raise UnknownActError(f"verdict {written}") from None


def _whole(value: Any, key: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise ValueError(_("a whole number is expected for the key “{key}”").format(key=key))
    return value


def _moment(value: Any) -> dt.datetime:
    try:
        moment = dt.datetime.fromisoformat(value)
    except (TypeError, ValueError):
        raise ValueError(_("a date and time is expected for the key “{key}”").format(key="at")) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)


def _anchor(record: dict[str, Any]) -> Anchor | None:
    if record.get("start") is None and record.get("end") is None:
        return None
    start, end = _whole(record.get("start"), "start"), _whole(record.get("end"), "end")
    turn = record.get("turn")
    return Anchor(
        start,
        end,
        _text(record, "quote") or "",
        _text(record, "prefix") or "",
        _text(record, "suffix") or "",
        None if turn is None else _whole(turn, "turn"),
        _text(record, "text") or "",
    )


def _attributes(data: Any) -> tuple[Attributes, dict[str, Any]]:
    """The attributes that are understood, and the rest as it came."""
    if data is None:
        return Attributes(), {}
    if not isinstance(data, dict):
        raise ValueError(_("keys and values are expected for the key “{key}”").format(key="attributes"))
    known: dict[str, Any] = {}
    for key, value in data.items():
        if key in _WORDS and isinstance(value, str) and (word := read_word(_WORDS[key], value)) is not None:
            known[key] = word
        elif (key in ("target", "structure", "memo") and isinstance(value, str)) or (
            key in _FLAGS and isinstance(value, bool)
        ):
            known[key] = value
    return Attributes(**known), {key: value for key, value in data.items() if key not in known}

"""A new code, written into the codebook at its place in the tree; every other byte of the file stays.

A codebook is a text that people wrote: with remarks, in an order, in one language or the other. Where a code of the
same branch stands, the new one follows it and is written as it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path

from ethnokit.codebook.layout import Layout, Spot, layout_of, put_in, spot_for
from ethnokit.codebook.read import read_codebook
from ethnokit.diagnostics import Diagnostic, Fix, Severity, Source, one_word
from ethnokit.i18n import gettext as _
from ethnokit.i18n import language
from ethnokit.model import Code, Codebook
from ethnokit.text.nearest import did_you_mean
from ethnokit.text.normal import decode, normalise
from ethnokit.text.repair import repaired
from ethnokit.text.slug import is_id, slug
from ethnokit.text.whole import rewrite
from ethnokit.text.yamledit import key_in, lines_at, scalar

UNREAD = {"FI003", "YA001", "YA006", "YA007"}
"""Problems that keep a codebook from being read at all: what is not understood is not written into."""
Words = str | tuple[str, ...]
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class NewCode:
    """A theme that somebody found in the material."""

    id: str
    label: str
    parent: str | None = None
    """Id of the family or code that it belongs to; None for a theme that belongs to none."""
    definition: str = ""
    include: tuple[str, ...] = ()
    """What belongs to it, and under ``exclude`` what does not."""
    exclude: tuple[str, ...] = ()


def add_code(root: Path, path: str, new: NewCode) -> list[Diagnostic]:
    """Write a new code into the codebook at ``path`` of the study, or a first codebook where there is none.

    Returns why it could not be (an error), or what was noticed; the code is on the disk unless there is an error.
    """
    return rewrite(root, path, lambda data: with_new_code(data, path, new))


def with_new_code(data: bytes | None, path: str, new: NewCode) -> tuple[bytes | None, list[Diagnostic]]:
    """The bytes of a codebook with one more code; None with the problem where it cannot be written.

    The code follows the last one of its branch. That no other code changed is not hoped for: the new bytes are read
    again and compared.
    """
    data, new, source = data or b"", _cleaned(new), Source.of(path, "")
    before, found = read_codebook(data, path)
    problems = _wrong(new, before, source)
    if problems:
        return None, problems
    made = None
    if not UNREAD.intersection(p.rule for p in found):
        fix = _fix(decode(data, path).text, before, new)
        made = repaired(data, fix) if fix else None
    if made is None or not _is_proved(before, read_codebook(made, path)[0], new):
        hint = _("Write it by hand; ethnokit check says whether the codebook can be read.")
        message = _("The code “{id}” cannot be written into this codebook without harm; nothing was written.")
        return None, [source.problem("CB011", Severity.ERROR, message.format(id=new.id), hint=hint)]
    return made, []


def _cleaned(new: NewCode) -> NewCode:
    """The words of a new code as a codebook can hold them: each on its line, no signs that nobody sees."""

    def lines(words: str) -> str:
        return normalise(_UNSEEN.sub("", words)).strip()

    def line(words: str) -> str:
        return " ".join(lines(words).split())

    include, exclude = (tuple(filter(None, map(line, said))) for said in (new.include, new.exclude))
    return replace(new, label=line(new.label), definition=lines(new.definition), include=include, exclude=exclude)


def _wrong(new: NewCode, book: Codebook, source: Source) -> list[Diagnostic]:
    """Why there can be no such code, whatever the file looks like."""
    said: list[tuple[str, str, str | None]] = []
    if not new.label:
        said.append(("CB010", _("A code needs a label."), None))
    if not is_id(new.id):
        hint = _("Use letters without accents, digits, - _ and ., as in gouv.decision.")
        said.append(("CB010", _("“{id}” cannot be the id of a code.").format(id=one_word(new.id)), hint))
    elif book.get(new.id) is not None:
        said.append(("CB001", _("There is already a code “{id}”.").format(id=new.id), None))
    if new.parent is not None and book.get(new.parent) is None:
        message = _("The parent “{parent}” of the code “{id}” does not exist.")
        message = message.format(parent=one_word(new.parent), id=one_word(new.id))
        said.append(("CB002", message, did_you_mean(new.parent, [code.id for code in book.codes])))
    return [source.problem(rule, Severity.ERROR, message, hint=hint) for rule, message, hint in said]


def _is_proved(before: Codebook, after: Codebook, new: NewCode) -> bool:
    """The new code is there as it was meant, and everything else is as it was, in the same order."""
    made = after.get(new.id)
    others = tuple(code for code in after.codes if code.id != new.id)
    return (
        made is not None
        and made == _as_meant(made, new)
        and others == before.codes
        and replace(after, codes=before.codes) == before
    )


def _as_meant(made: Code, new: NewCode) -> Code:
    # What is withheld is withheld with all that stands below it.
    return Code(new.id, new.label, new.parent, new.definition, new.include, new.exclude, withheld=made.withheld)


def _fix(text: str, book: Codebook, new: NewCode) -> Fix | None:
    """What is put in, and where; None where the file has a form that is not known."""
    layout = layout_of(text)
    if layout is None:
        return lines_at(text, len(text), _first(new))
    spot = spot_for(layout, book, new.parent)
    return put_in(layout, spot, _pairs(layout, spot, new)) if spot else None


def _first(new: NewCode) -> list[str]:
    """A codebook of one code, in the language of the interface."""
    first, *others = (f"{key_in(language(), key)}: {_written(value, None)}" for key, value in _said(new, None).items())
    return ["codes:", f"  - {first}", *(f"    {pair}" for pair in others)]


def _pairs(layout: Layout, spot: Spot, new: NewCode) -> list[str]:
    """What is said of the code, in the order, with the words and the quotation marks of the codes beside it."""
    beside = [*([spot.after] if spot.after else layout.among(spot.codes)[-1:]), *layout.items]
    said = _said(new, spot.parent_key)
    order = list(beside[0].entries) if beside else []
    if set(said) <= set(order):
        said = {key: said[key] for key in order if key in said}
    written = {key: _written(value, layout.quotes(key, beside)) for key, value in said.items()}
    return [f"{layout.spelling(key, beside)}: {value}" for key, value in written.items()]


def _said(new: NewCode, parent_key: str | None) -> dict[str, Words]:
    """What there is to say of a code, by key in English; nothing of what is not said."""
    parent = {parent_key: new.parent} if parent_key and new.parent else {}
    said: dict[str, Words] = {"id": new.id, **parent, "label": new.label, "definition": new.definition}
    said |= {"include": new.include, "exclude": new.exclude}
    return {key: value for key, value in said.items() if value}


def _written(value: Words, quotes: str | None) -> str:
    return scalar(value, quotes) if isinstance(value, str) else f"[{', '.join(scalar(one, quotes) for one in value)}]"


_SMALL_WORDS = frozenset(
    {
        *("a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"),
        *("au", "aux", "avec", "ce", "ces", "d", "dans", "de", "des", "du", "en", "et", "l", "la", "le", "les", "leur"),
        *("leurs", "ou", "par", "pour", "sa", "se", "ses", "son", "sur", "un", "une"),
    }
)
_LONG = 40


def proposed_id(codebook: Codebook, parent: str | None, label: str) -> str:
    """An id for a new code, free in this codebook: ``Prise de décision`` under ``gouv`` gives ``gouv.prise-decision``.

    Ids never change, so this is only proposed. The id of the parent leads where the codes of this codebook do that.
    """
    words = slug(re.sub(r"[^\w]+", "-", label)).split("-")
    kept = [word for word in words if word not in _SMALL_WORDS] or words
    while len(kept) > 1 and len("-".join(kept)) > _LONG:
        kept.pop()
    joint = "_" if any("_" in code.id for code in codebook.codes) else "-"
    wanted = _prefix(codebook, parent) + joint.join(kept)[:_LONG]
    taken = {code.id for code in codebook.codes}
    numbered = (f"{wanted}{joint}{n}" for n in range(2, len(taken) + 3))
    return wanted if wanted not in taken else next(id_ for id_ in numbered if id_ not in taken)


def _prefix(codebook: Codebook, parent: str | None) -> str:
    """What the ids below a parent begin with: its own id and a sign, unless the codes known so far do without."""
    above = codebook.get(parent) if parent is not None else None
    if above is None:
        return ""
    siblings = codebook.children(above.id) or [code for code in codebook.codes if code.parent is not None]
    signs = [_sign_after_parent(code) for code in siblings]
    sign = max(signs, key=signs.count) if signs else "."
    return f"{above.id}{sign}" if sign else ""


def _sign_after_parent(code: Code) -> str:
    """The sign between the id of a parent and the rest of its child's: ``.`` in ``gouv.decision``; else nothing."""
    rest = code.id.removeprefix(code.parent or "")
    return rest[0] if rest != code.id and rest[:1] in {".", "-", "_", "/", ":"} else ""

"""Structures named in a passage: the target of a relation."""

from __future__ import annotations

import re

from ethnokit.model import Structure


class Names:
    """Names of the register, longest first; those of the document's own structures are not looked for."""

    def __init__(self, structures: tuple[Structure, ...], own: tuple[str, ...]) -> None:
        self._ids: dict[str, str] = {}
        for structure in sorted(structures, key=lambda s: s.id):
            if structure.id not in own:
                for name in (structure.name, *structure.other_names):
                    if len(name.strip()) > 1:
                        self._ids.setdefault(_straight(name.strip()), structure.id)
        names = sorted(self._ids, key=lambda n: (-len(n), n))
        self._any = re.compile(rf"(?<!\w)(?:{'|'.join(_either_case(n) for n in names)})(?!\w)") if names else None

    def nearest(self, text: str, offset: int) -> str | None:
        """The id of the structure whose name stands nearest to ``offset`` in ``text``, or None."""
        if self._any is None:
            return None
        found = [(abs(m.start() - offset), m.start(), m[0]) for m in self._any.finditer(_straight(text))]
        if not found:
            return None
        name = min(found)[2]
        return self._ids.get(name) or self._ids.get(name[0].upper() + name[1:]) or self._ids[name[0].lower() + name[1:]]


def _straight(text: str) -> str:
    return text.replace("’", "'")


def _either_case(name: str) -> str:
    """Case counts (a name may be an ordinary word), except that of an article that begins it: les Loutres."""
    if " " not in name:
        return re.escape(name)
    return f"[{re.escape(name[0].upper())}{re.escape(name[0].lower())}]{re.escape(name[1:])}"

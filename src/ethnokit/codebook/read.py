"""Read ``codebook.yaml``, in French or in English: families, codes, their words and patterns."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Annotated, Any

from pydantic import Field

from ethnokit.codebook.patterns import can_run_away, compile_error
from ethnokit.codebook.terms import parse_term
from ethnokit.diagnostics import Diagnostic, Severity, Source, one_word
from ethnokit.i18n import gettext as _
from ethnokit.model import Code, Codebook, Posture, PostureRule
from ethnokit.model.vocabulary import fold
from ethnokit.text.nearest import did_you_mean
from ethnokit.text.normal import decode
from ethnokit.text.schema import Day, Listed, Record, Words, YesNo, read_record, word
from ethnokit.text.yamlfile import Mark, Path, Yaml, read_yaml

WITHHELD = ("retire_des_sorties", "withheld")
_COLOUR = re.compile(r"#(?:[0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})\Z")


class _Posture(Record):
    posture: word(Posture)  # type: ignore[valid-type]
    words: Words = ()


class _Code(Record):
    id: Annotated[str, Field(min_length=1)]
    label: str | None = None
    family: str | None = None
    parent: str | None = None
    definition: str | None = None
    include: Words = ()
    exclude: Words = ()
    examples: Words = ()
    example: Words = ()
    synonyms: Words = ()
    strong: Words = ()
    weak: Words = ()
    blocking: Words = ()
    patterns: Words = ()
    postures: Annotated[tuple[_Posture, ...], Listed] = ()
    colour: str | None = None
    codable: YesNo | None = None
    relation: YesNo | None = None
    manual: YesNo | None = None
    withheld: YesNo | None = None
    effect: str | None = None
    codes: Annotated[tuple[_Code, ...], Listed] = ()


class _Head(Record):
    id: str = "codebook"
    version: str = "0"
    label: str | None = None
    language: str = "fr"
    date: Day | None = None
    status: str | None = None


class _File(Record):
    codebook: _Head = _Head()
    families: Annotated[tuple[_Code, ...], Listed] = ()
    codes: Annotated[tuple[_Code, ...], Listed] = ()
    postures: Annotated[tuple[_Posture, ...], Listed] = ()


def read_codebook(data: bytes, path: str) -> tuple[Codebook, list[Diagnostic]]:
    """The codebook of a file's bytes and every problem in it; what is wrong is left out, the rest is kept.

    A family becomes a code with ``codable`` false; the ``family`` or ``parent`` of a code, or the code it
    is nested in, is its parent.
    """
    decoded = decode(data, path)
    source = Source.of(path, decoded.text)
    yaml, problems = read_yaml(decoded.text, source)
    problems = [*decoded.diagnostics, *problems]
    file, wrong = read_record(_File, yaml, source)
    problems.extend(wrong)
    reader = _Reader(yaml, source, problems)
    file = file or _File()
    for record in file.families:
        reader.add(record, None, family=True)
    for record in file.codes:
        reader.add(record, None, family=False)
    head = file.codebook
    rules = reader.postures(file.postures, lambda i: ("postures", i))
    codebook = Codebook(
        id=head.id,
        version=head.version,
        language=head.language,
        date=head.date,
        status=head.status,
        codes=reader.finish(),
        path=path,
        postures=rules,
    )
    return codebook, problems


def _paths(data: Any, at: Path) -> list[tuple[str, Path]]:
    """The id and the path of every code of the file as written, nested ones after their parent."""
    if isinstance(data, dict):
        here = [(str(data["id"]).strip(), at)] if at and isinstance(data.get("id"), str) else []
        return here + [found for key in ("families", "codes") for found in _paths(data.get(key), (*at, key))]
    if isinstance(data, list):
        return [found for i, item in enumerate(data) for found in _paths(item, (*at, i))]
    return []


class _Reader:
    """Collects codes while noting what is wrong with them, and where."""

    def __init__(self, yaml: Yaml, source: Source, problems: list[Diagnostic]) -> None:
        self.yaml, self.source, self.problems = yaml, source, problems
        self.codes: dict[str, Code] = {}
        self.at: dict[str, Path] = {}
        # Entries that the schema left out shift the ranks of a list: a code is found again by its id.
        self.places: dict[str, list[Path]] = {}
        for id_, at in _paths(yaml.data, ()):
            self.places.setdefault(id_, []).append(at)

    def add(self, record: _Code, parent: str | None, *, family: bool) -> None:
        """Take in one code and those nested in it."""
        waiting = self.places.get(record.id, [])
        at: Path = waiting.pop(0) if waiting else ()
        if record.id in self.codes:
            message = _("The code “{id}” is written twice; the first one is kept.").format(id=record.id)
            self._say("CB001", message, self.yaml.mark((*at, "id")))
        else:
            self.at[record.id] = at
            self.codes[record.id] = self._code(record, parent, at, family=family)
        for child in record.codes:
            self.add(child, record.id, family=False)

    def finish(self) -> tuple[Code, ...]:
        """Check the tree, once every code is known."""
        for code in tuple(self.codes.values()):
            if code.parent is not None and code.parent not in self.codes:
                message = _("The parent “{parent}” of the code “{id}” does not exist.")
                hint = did_you_mean(code.parent, [c for c in self.codes if c != code.id])
                self._orphan(code, "CB002", message.format(parent=code.parent, id=code.id), hint)
            elif code.parent is not None and self._in_cycle(code.id):
                message = _("The code “{id}” is its own ancestor.").format(id=code.id)
                self._orphan(code, "CB003", message, None)
        # What is withheld is withheld with all that stands below it.
        return tuple(replace(code, withheld=self._is_withheld(code)) for code in self.codes.values())

    def _is_withheld(self, code: Code) -> bool:
        above = self.codes.get(code.parent) if code.parent is not None else None
        return code.withheld or (above is not None and self._is_withheld(above))

    def _orphan(self, code: Code, rule: str, message: str, hint: str | None) -> None:
        at = self.at[code.id]
        key = "parent" if (*at, "parent") in self.yaml.values else "family"
        self._say(rule, message, self.yaml.mark((*at, key)), hint=hint)
        self.codes[code.id] = replace(code, parent=None)

    def _in_cycle(self, id_: str) -> bool:
        seen: set[str] = set()
        current = self.codes[id_].parent
        while current is not None and current in self.codes and current not in seen:
            if current == id_:
                return True
            seen.add(current)
            current = self.codes[current].parent
        return False

    def _code(self, record: _Code, parent: str | None, at: Path, *, family: bool) -> Code:
        codable = record.codable if record.codable is not None else not family
        definition = (record.definition or "").strip()
        if codable and not definition:
            message = _("The code “{id}” has no definition.").format(id=record.id)
            self._say("CB004", message, self.yaml.mark((*at, "id")), severity=Severity.WARNING)
        return Code(
            id=record.id,
            label=record.label or record.id,
            parent=record.parent or record.family or parent,
            definition=definition,
            include=record.include,
            exclude=record.exclude,
            examples=(*record.examples, *record.example),
            synonyms=record.synonyms,
            strong=self._terms(record.strong, lambda i: (*at, "strong", i)),
            weak=self._terms(record.weak, lambda i: (*at, "weak", i)),
            blocking=self._terms(record.blocking, lambda i: (*at, "blocking", i)),
            patterns=tuple(p for i, p in enumerate(record.patterns) if self._pattern(p, (*at, "patterns", i))),
            postures=self.postures(record.postures, lambda i: (*at, "postures", i)),
            colour=self._colour(record.colour, at),
            codable=codable,
            relation=bool(record.relation),
            manual=bool(record.manual),
            withheld=bool(record.withheld) or self._withheld(record.effect, at),
        )

    def postures(self, records: tuple[_Posture, ...], at: Callable[[int], Path]) -> tuple[PostureRule, ...]:
        """Posture rules with the words that can be read."""
        return tuple(
            PostureRule(r.posture, self._terms(r.words, lambda j, i=i: (*at(i), "words", j)))  # type: ignore[misc]
            for i, r in enumerate(records)
        )

    def _terms(self, written: tuple[str, ...], at: Callable[[int], Path]) -> tuple[str, ...]:
        kept = []
        for i, entry in enumerate(written):
            term, wrong = parse_term(entry)
            if term is None:
                message = _("These words cannot be read: {problem}.").format(problem=wrong)
                hint = _("Write for instance: créer ~3 association")
                self._say("CB008", message, self.yaml.mark(at(i)), hint=hint)
            else:
                kept.append(entry)
        return tuple(kept)

    def _pattern(self, pattern: str, at: Path) -> bool:
        wrong = compile_error(pattern)
        if wrong is not None:
            message = _("This regular expression cannot be read: {problem}.").format(problem=wrong)
            self._say("CB005", message, self.yaml.mark(at))
        elif can_run_away(pattern):
            message = _("This regular expression holds a repetition inside a repetition and could run without end.")
            self._say("CB006", message, self.yaml.mark(at))
        else:
            return True
        return False

    def _colour(self, written: str | None, at: Path) -> str | None:
        if written is None or _COLOUR.match(written):
            return written
        message = _("“{colour}” is not a colour; a colour is written #4C6A92.").format(colour=one_word(written))
        self._say("CB007", message, self.yaml.mark((*at, "colour")))
        return None

    def _withheld(self, effect: str | None, at: Path) -> bool:
        if effect is None or fold(effect) in WITHHELD:
            return effect is not None
        message = _("The effect “{effect}” is not known.").format(effect=one_word(effect))
        self._say("CB009", message, self.yaml.mark((*at, "effect")), hint=did_you_mean(effect, WITHHELD))
        # Whoever writes an effect wants to protect something: a misspelt one protects all the same.
        return True

    def _say(
        self, rule: str, message: str, mark: Mark, *, severity: Severity = Severity.ERROR, hint: str | None = None
    ) -> None:
        self.problems.append(
            self.source.problem(
                rule, severity, message, line=mark.line, column=mark.column, length=mark.length, hint=hint
            )
        )

"""What the reading of turns is unsure of: said with its line, never settled in silence."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from ethnokit.diagnostics import Diagnostic, Severity, Source
from ethnokit.i18n import gettext as _
from ethnokit.ingest.labels import Form, Label
from ethnokit.ingest.lines import Line
from ethnokit.model import DocumentType, Role, Turn

_WORDS_OF_A_NAME = 3
"""More words than this before a colon are the beginning of a sentence."""


class Doubts:
    """The doubts about one body, in the order in which they come up; ``offset`` is where it begins in ``source``."""

    def __init__(self, kind: DocumentType, source: Source, offset: int) -> None:
        self.problems: list[Diagnostic] = []
        self._kind, self._source, self._offset = kind, source, offset

    def labels_passed_over(self, lines: Sequence[Line], accepted: Collection[int]) -> None:
        """A paragraph of an interview that begins like a turn and was not read as one (TR005)."""
        if self._kind is not DocumentType.INTERVIEW:
            return
        said = set()
        for before, line in zip((None, *lines), lines, strict=False):
            label = line.label
            first = before is None or before.blank or before.aside or bool(before.level)
            if label and first and line.start not in accepted and label.name not in said and _like_a_name(label):
                said.add(label.name)
                message = _("This looks like a speaker's label and is read as words of the turn before it.")
                hint = _("If somebody speaks here, declare them under speakers: {{code: {label}, role: …}}")
                self._say("TR005", message, label.at, hint.format(label=label.text), length=len(label.text))

    def speech_without_speakers(self, turns: Sequence[Turn], body: str) -> None:
        """An interview in which nobody is told from anybody (TR006)."""
        if self._kind is DocumentType.INTERVIEW and body.strip() and all(t.role is Role.NONE for t in turns):
            message = _("No speaker is recognised in this interview; questions are not told from answers.")
            hint = _("Begin each turn with a label, as in “P1 : …”, and declare P1 under speakers in the header.")
            self._say("TR006", message, len(body) - len(body.lstrip()), hint)

    def italics_taken_for_questions(self, first: int | None, participants: int) -> None:
        """Nothing but italics tells who asks, and the header does not say who answers (TR007)."""
        if first is not None and participants != 1:
            message = _("No label tells who speaks: from here on, paragraphs in italics are read as questions.")
            hint = _("If that is right, declare the one who answers under speakers; otherwise label the turns.")
            self._say("TR007", message, first, hint)

    def silenced(self, places: Sequence[int]) -> None:
        """Text under a heading that nobody claims (TR003)."""
        for at in places:
            message = _("This text follows a heading and has no label: it is nobody's words.")
            self._say("TR003", message, at, _("Write the speaker's label again after the heading."), Severity.NOTE)

    def no_sections(self, turns: Sequence[Turn], body: str) -> None:
        """An observation that does not part facts from impressions (TR004)."""
        if self._kind is DocumentType.OBSERVATION and body.strip() and not any(t.part for t in turns):
            message = _("This observation has no section for facts, reported words or impressions.")
            hint = _("Write the headings “## Faits”, “## Paroles rapportées”, “## Impressions” (or in English).")
            self._say("TR004", message, 0, hint)

    def _say(  # noqa: PLR0913, PLR0917 - a diagnostic has that many parts
        self, rule: str, message: str, at: int, hint: str, severity: Severity = Severity.WARNING, length: int = 1
    ) -> None:
        at += self._offset
        self.problems.append(self._source.problem(rule, severity, message, offset=at, length=length, hint=hint))


def _like_a_name(label: Label) -> bool:
    if label.stopped or (label.form is Form.BRACKET and not label.colon):
        return False
    return label.text[:1].isupper() and len(label.text.split()) <= _WORDS_OF_A_NAME

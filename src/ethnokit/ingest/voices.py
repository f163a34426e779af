"""Whose label it is: from labels to declared, known or unknown speakers and their roles."""

from __future__ import annotations

import re
from collections import Counter

from ethnokit.diagnostics import Diagnostic, Severity, Source
from ethnokit.i18n import gettext as _
from ethnokit.ingest.labels import Label
from ethnokit.model import DocumentType, Role, Speaker
from ethnokit.model.vocabulary import fold, read_word
from ethnokit.text.nearest import SHORTEST, SURE, likeness

_INTERVIEWER = {"enq", "q", "int", "itw", "interviewer", "question", "questions", "interviewers", "enqueteurs"}

_OFTEN_MISSPELT = ("chercheur", "chercheuse", "enqueteur", "enquetrice", "intervieweur", "intervieweuse", "interviewer")


def is_interviewer_word(label: str) -> bool:
    """Whether a label such as ``Chercheur``, ``ENQ`` or ``Interviewer 2`` names an interviewer by itself."""
    name = re.sub(r"[\s_.]*\d*\Z", "", fold(label)).strip("_.")
    return name in _INTERVIEWER or read_word(Role, name) is Role.INTERVIEWER


class Voices:
    """The speakers of one document."""

    def __init__(self, declared: tuple[Speaker, ...], investigators: tuple[str, ...]) -> None:
        self.declared = declared
        self._by_name = {fold(s.pseudonym): s for s in declared if s.pseudonym}
        self._by_name |= {fold(s.code.removeprefix("$")): s for s in declared if s.code.startswith("$")}
        self._by_name |= {fold(s.code): s for s in declared if not s.code.startswith("$")}
        self._investigators = {fold(name) for name in investigators}
        self.found: dict[str, Speaker] = {}

    def knows(self, label: Label) -> bool:
        """Whether the header or the word itself says who this is."""
        return label.name in self._by_name or self._interviewer(label)

    def near(self, label: Label, counts: Counter[str]) -> str | None:
        """The name (folded) that an unknown label may be a slip for: one known, or one written far more often."""
        if self.knows(label) or len(label.name) < SHORTEST:
            return None
        often = {name for name, n in counts.items() if n >= 3 * max(1, counts[label.name])}
        near = {
            name: likeness(label.name, name)
            for name in {*self._by_name, *_OFTEN_MISSPELT, *often}
            if name != label.name
        }
        best = max(sorted(near), key=lambda name: near[name], default=None)
        return best if best is not None and near[best] >= SURE else None

    def meet(self, labels: list[Label]) -> None:
        """Give a speaker to every label of the document."""
        for label in labels:
            if label.name not in self.found:
                role = Role.INTERVIEWER if self._interviewer(label) else Role.OTHER
                self.found[label.name] = self._by_name.get(label.name) or Speaker(label.text, role, declared=False)

    def settle(  # noqa: PLR0913, PLR0917 - all that is known once the labels are
        self, labels: list[Label], slips: dict[str, str], kind: DocumentType, asked: bool, source: Source, offset: int
    ) -> list[Diagnostic]:
        """Infer the one participant of an interview and say which speakers are unknown.

        ``asked``: the typography shows an interviewer's questions although no label does.
        """
        first: dict[str, Label] = {}
        for label in labels:
            first.setdefault(label.name, label)
        unknown = [n for n, s in self.found.items() if s.role is Role.OTHER and not s.declared and n not in slips]
        roles = {s.role for s in self.found.values()}
        interviewed = asked or Role.INTERVIEWER in roles
        if kind is DocumentType.INTERVIEW and interviewed and len(unknown) == 1 and Role.PARTICIPANT not in roles:
            speaker = self.found[unknown[0]]
            self.found[unknown[0]] = Speaker(speaker.code, Role.PARTICIPANT, declared=False)
        return [self._unknown(first[name], slips, source, offset) for name in (*unknown, *slips)]

    def speakers(self) -> tuple[Speaker, ...]:
        """Declared speakers, then those that the text alone shows."""
        return self.declared + tuple(s for s in self.found.values() if not s.declared)

    def answering(self) -> tuple[Speaker, ...]:
        """The participants who have a label in the text; where none has, those that the header declares."""
        met = tuple(s for s in self.found.values() if s.role is Role.PARTICIPANT)
        return met or tuple(s for s in self.declared if s.role is Role.PARTICIPANT)

    def _interviewer(self, label: Label) -> bool:
        return label.name in self._investigators or is_interviewer_word(label.text)

    def _unknown(self, label: Label, slips: dict[str, str], source: Source, offset: int) -> Diagnostic:
        at, length = label.at + offset, len(label.text)
        if label.name in slips:
            meant = next((s.code for n, s in self.found.items() if n == slips[label.name]), slips[label.name])
            message = _("This label is not declared and is close to another one; nobody's words are guessed.")
            hint = _("Did you mean “{word}”?").format(word=meant)
            return source.problem("TR002", Severity.WARNING, message, offset=at, length=length, hint=hint)
        if self.found[label.name].role is Role.PARTICIPANT:
            message = _(
                "This speaker is not declared; being alone with an interviewer, they are read as the participant."
            )
        else:
            message = _(
                "This speaker is not declared; their words are read as those of someone else, not a participant."
            )
        hint = _("Declare them in the header under speakers: {{code: {label}, role: participant}}").format(
            label=label.text
        )
        return source.problem("TR001", Severity.WARNING, message, offset=at, length=length, hint=hint)

"""Who said it: from the body of a document to its turns (the forms are those of real transcripts)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

from ethnokit.diagnostics import Diagnostic, Source
from ethnokit.ingest.doubts import Doubts
from ethnokit.ingest.labels import Form, Label
from ethnokit.ingest.lines import Line, italic_paragraphs, lines_of
from ethnokit.ingest.voices import Voices
from ethnokit.model import DocumentType, Part, Role, Speaker, Turn
from ethnokit.model.vocabulary import read_word


@dataclass(frozen=True, slots=True)
class Talk:
    """The turns of a document and everyone who speaks in it."""

    turns: tuple[Turn, ...]
    speakers: tuple[Speaker, ...]


def read_turns(  # noqa: PLR0913, PLR0917 - what a header says of its document
    body: str,
    kind: DocumentType,
    declared: tuple[Speaker, ...],
    investigators: tuple[str, ...],
    source: Source,
    offset: int,
) -> tuple[Talk, list[Diagnostic]]:
    """Cut ``body`` into turns. ``offset`` is where the body begins in ``source``.

    Turns are in the order of the text and never overlap; headings, comments and template tags are in none.
    """
    lines = lines_of(body)
    voices, doubts = Voices(declared, investigators), Doubts(kind, source, offset)
    labels, slips = _accepted(lines, kind, voices)
    spoken = [label for label in labels.values() if not label.is_break]
    voices.meet(spoken)
    asked = _questions(lines, kind, voices)
    problems = voices.settle(spoken, slips, kind, bool(asked), source, offset)
    cutter = _Cutter(body, kind, voices, labels, asked)
    turns = cutter.cut(lines)
    doubts.labels_passed_over(lines, labels)
    doubts.italics_taken_for_questions(lines[min(asked)].start if asked else None, len(voices.answering()))
    doubts.speech_without_speakers(turns, body)
    doubts.silenced(cutter.silenced)
    doubts.no_sections(turns, body)
    return Talk(turns, voices.speakers()), problems + doubts.problems


def _accepted(lines: list[Line], kind: DocumentType, voices: Voices) -> tuple[dict[int, Label], dict[str, str]]:
    """The labels that name a speaker or a break, by offset of their line; and probable slips of the pen."""
    candidates = [(line.start, line.label) for line in lines if line.label]
    counts = Counter(label.name for _start, label in candidates)
    strong = Counter(label.name for _start, label in candidates if label.form is not Form.PLAIN)
    plain = {label.name for _s, label in candidates if label.form is Form.PLAIN and _may_be_plain(label, counts)}
    # In a written source, one repeated word before a colon is a list; two that alternate are a conversation.
    talk = kind is DocumentType.INTERVIEW or len(plain) > 1
    marked = any(label.form is Form.BOLD and _is_marked(label, kind, counts, voices) for _s, label in candidates)
    common = Counter({n: c for n, c in counts.items() if n in strong or n in plain})
    near: dict[str, str | None] = {}
    accepted: dict[int, Label] = {}
    slips: dict[str, str] = {}
    for start, label in candidates:
        if label.name not in near:
            near[label.name] = None if label.stopped else voices.near(label, common)
        slip = near[label.name]
        known = voices.knows(label)
        if label.form is Form.PLAIN:
            takes = (known and _plain_known(label, counts)) or slip or (label.name in plain and talk and not marked)
        elif label.form is Form.BRACKET:
            takes = known or slip or (label.time is not None and not label.stopped)
        else:
            takes = label.is_break or slip or _is_marked(label, kind, counts, voices)
        if takes:
            accepted[start] = label
            if slip and not known:
                slips[label.name] = slip
    return accepted, slips


def _may_be_plain(label: Label, counts: Counter[str]) -> bool:
    """An undeclared name without typography must come back to be believed."""
    return counts[label.name] > 1 and not label.stopped and label.text[:1].isupper()


def _plain_known(label: Label, counts: Counter[str]) -> bool:
    """``Question :`` or ``Q :`` once is a word of the text; declared codes and clear words are believed at once."""
    return counts[label.name] > 1 or not label.stopped


def _is_marked(label: Label, kind: DocumentType, counts: Counter[str], voices: Voices) -> bool:
    """Bold before a colon is a speaker in an interview; elsewhere it must come back or be known."""
    if voices.knows(label):
        return True
    return not label.stopped and (kind is DocumentType.INTERVIEW or counts[label.name] > 1)


def _questions(lines: list[Line], kind: DocumentType, voices: Voices) -> dict[int, int]:
    """Lines (by index) on which an interviewer's words in italics begin, and the index after them.

    Italics speak for the interviewer only where no label does. From the first question on, any paragraph
    that is wholly in italics is theirs, thanks and reminders included.
    """
    if any(s.role is Role.INTERVIEWER for s in voices.found.values()):
        return {}
    found = italic_paragraphs(lines)
    asked = [i for i, _j, question in found if question]
    if len(asked) < (1 if kind is DocumentType.INTERVIEW else 2):
        return {}
    return {i: j for i, j, _question in found if i >= asked[0]}


class _Cutter:
    """Walks through the lines and closes a turn whenever someone else speaks."""

    def __init__(
        self, body: str, kind: DocumentType, voices: Voices, labels: dict[int, Label], asked: dict[int, int]
    ) -> None:
        self.body, self.kind, self.voices, self.labels, self.asked = body, kind, voices, labels, asked
        self.turns: list[Turn] = []
        self.silenced: list[int] = []
        self._speaker: Speaker | None = None
        self._role = Role.NONE
        self._time: str | None = None
        self._part: Part | None = None
        self._part_level = 0
        self._open: tuple[int, int] | None = None
        self._hushed = False

    def cut(self, lines: list[Line]) -> tuple[Turn, ...]:
        """All turns of the document."""
        i = 0
        while i < len(lines):
            line = lines[i]
            if i in self.asked:
                self._question(line.start, lines[self.asked[i] - 1].end)
                i = self.asked[i]
                continue
            i += 1
            if line.level:
                self._heading(line)
            elif line.aside:
                self._close()
            elif label := self.labels.get(line.start):
                self._label(label)
                self._words(label.end, line.end)
            else:
                self._words(line.start, line.end)
        self._close()
        return tuple(replace(turn, n=n) for n, turn in enumerate(self.turns, 1))

    def _label(self, label: Label) -> None:
        self._close()
        self._hushed = False
        self._time = label.time
        self._speaker = None if label.is_break else self.voices.found[label.name]
        self._role = self._speaker.role if self._speaker else Role.NONE

    def _heading(self, line: Line) -> None:
        self._close()
        self._hushed = self._role is not Role.NONE
        self._speaker, self._role, self._time = None, Role.NONE, None
        if self.kind is not DocumentType.OBSERVATION:
            return
        part = read_word(Part, line.heading.rstrip(" :"))
        if part is not None or line.level <= self._part_level:
            self._part, self._part_level = part, line.level if part else 0

    def _question(self, start: int, end: int) -> None:
        self._close()
        start, end = self._trim(start, end)
        if end - start > 2:
            start, end = self._trim(start + 1, end - 1)
        self._speaker, self._role, self._time, self._hushed = None, Role.INTERVIEWER, None, False
        self._open = (start, end) if start < end else None
        self._close()
        alone = self.voices.answering()
        # Answers without a label are the participant's; who it is goes without saying only when there is one.
        self._speaker, self._role = alone[0] if len(alone) == 1 else None, Role.PARTICIPANT

    def _words(self, start: int, end: int) -> None:
        start, end = self._trim(start, end)
        if start >= end:
            return
        if self._hushed and self._open is None:
            self.silenced.append(start)
            self._hushed = False
        self._open = (self._open[0] if self._open else start, end)

    def _trim(self, start: int, end: int) -> tuple[int, int]:
        text = self.body[start:end]
        left = len(text) - len(text.lstrip())
        return start + left, start + max(left, len(text.rstrip()))

    def _close(self) -> None:
        if self._open is None:
            return
        start, end = self._open
        speaker = self._speaker.code if self._speaker else None
        self.turns.append(Turn(0, speaker, self._role, self._time, start, end, self._part))
        self._open, self._time = None, None

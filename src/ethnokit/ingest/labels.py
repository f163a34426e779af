"""How a line says who speaks: every form of label met in real transcripts.

A label found here is only a candidate; :mod:`ethnokit.ingest.turns` decides which ones are speakers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from ethnokit.model.vocabulary import fold

_GAP = r"[^\S\n]{0,8}"
_CLOCK = r"\d{1,3}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?"
_SPAN = rf"{_CLOCK}(?:{_GAP}[-–—]{_GAP}{_CLOCK})?"
_TIME = rf"(?:\\?[\[(]{_GAP}\\{{0,2}}(?P<time>{_SPAN}){_GAP}\\?[\])]|(?P<bare>{_SPAN}))"
_BEFORE = rf"{_GAP}(?:{_TIME}{_GAP})?"
_AFTER = _TIME.replace("<time>", "<time2>").replace("<bare>", "<bare2>")
_NAME = r"(?P<label>[^\s*:\[\]][^*:\[\]\n]{0,59}?)"

_LATER = _TIME.replace("<time>", "<time3>").replace("<bare>", "<bare3>")
_INSIDE = rf":{_GAP}(?:\*\*|__)"
_OUTSIDE = rf"(?:\*\*|__){_GAP}(?:{_LATER}{_GAP})?:"
_BOLD = re.compile(rf"{_BEFORE}(?:\*\*|__){_NAME}{_GAP}(?:{_AFTER}{_GAP})?(?:{_INSIDE}|{_OUTSIDE})")
_BRACKET = re.compile(
    rf"{_BEFORE}(?:\*\*)?\\?\[{_NAME}\\?\]{_GAP}(?:{_AFTER})?{_GAP}(?:\*\*)?{_GAP}(?P<colon>:(?:\*\*)?)?"
)
_PLAIN = re.compile(
    rf"{_BEFORE}(?P<bold>\*\*|__)?(?P<label>\$?[^\W_][^\n:*\[\]{{}}<>«»\"“”!?,;`|]{{0,39}}?)"
    rf"{_GAP}(?:{_AFTER}{_GAP})?:(?=\s|\Z)"
)
_LEADING_TIME = re.compile(rf"\s*{_TIME}")

# Words that announce a note, a field or a break and are nobody's name.
_STOP_WORDS = (
    "Note, Notes, NB, N.B., PS, P.S., Remarque, Remarques, Nota, Attention, Important, Astuce, Exemple, Exemples, "
    "Par exemple, Modèle, Notre modèle, Réponse, Réponse courte, Réponse longue, Lieu, Date, Heure, Durée, Sujet, "
    "Objet, Titre, Contexte, Présents, Présentes, Présence, Excusés, Excusées, Absents, Participants, "
    "Participantes, Ordre du jour, Source, Sources, Voir, Voir aussi, Lien, Liens, Adresse, Site, Contact, Tél, "
    "Courriel, Total, Résultat, Résultats, Conclusion, Introduction, Résumé, Décision, Décisions, Action, Actions, "
    "Suite, Moralité, Preuve, Bilan, Constat, Problème, Objectif, Objectifs, Avantage, Avantages, Inconvénient, "
    "Inconvénients, Exception, Rappel, Définition, Sous réserve de, Prix, Tarif, Licence, Version, Auteur, Autrice, "
    "Break, Pause, Musique, Music, Jingle, Outro, Intro, Ad, Ads, Publicité, Silence, Interruption, Coupure, "
    "Warning, Tip, Example, Examples, Answer, Place, Time, Duration, Subject, Title, Context, Attendees, Present, "
    "Agenda, See, See also, Link, Links, Address, Summary, Result, Results, Decision, Reminder, Price, License, "
    "Author, Transcript, Transcription, Bref, Donc, Alors, Voilà, Et, Mais, Enfin, Bon, Oui, Non, Ensuite, Puis"
)
_STOP = {fold(word) for word in _STOP_WORDS.split(", ")}
_BREAKS = {fold(w) for w in ("Break", "Pause", "Musique", "Music", "Jingle", "Ad", "Ads", "Publicité", "Interruption")}


class Form(Enum):
    """How strongly the typography of a label says that it is one."""

    BOLD = "bold"
    BRACKET = "bracket"
    """``[Name]``, which is also how a passage taken out is marked."""
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class Label:
    """A candidate label at the beginning of a line."""

    form: Form
    text: str
    """As written, without an overlap sign."""
    time: str | None
    at: int
    """Offset of the label in the body."""
    name: str
    """The form in which labels are compared."""
    end: int
    """Offset after the label, its colon and its time; the words said begin here or later."""
    colon: bool = True
    """False for a name in brackets alone."""

    @property
    def stopped(self) -> bool:
        """True for a word that is nobody's name."""
        return self.name in _STOP

    @property
    def is_break(self) -> bool:
        """True for a break of the recording: nobody speaks after it."""
        return self.name in _BREAKS


def label_of(line: str, at: int) -> Label | None:
    """The label that ``line``, which begins at offset ``at`` of the body, may begin with."""
    head = line[:160]
    for form, pattern in ((Form.BOLD, _BOLD), (Form.BRACKET, _BRACKET), (Form.PLAIN, _PLAIN)):
        found = pattern.match(head)
        if found and len(found["label"].split()) <= (4 if form is Form.PLAIN else 6):
            return _label(form, found, line, at)
    return None


def leading_time(line: str) -> int:
    """How many code points at the beginning of a line are a time in brackets and the space around it."""
    found = _LEADING_TIME.match(line)
    # A bare number may be said: only a time in brackets is one.
    return len(line) - len(line[found.end() :].lstrip()) if found and found["time"] else 0


def _label(form: Form, found: re.Match[str], line: str, at: int) -> Label:
    groups = found.groupdict()
    time = next((groups[k] for k in ("time", "bare", "time2", "bare2", "time3", "bare3") if groups.get(k)), None)
    end = found.end()
    leading = _LEADING_TIME.match(line, end) if time is None else None
    if leading and leading["time"]:
        time, end = leading["time"], leading.end()
    text = found["label"].strip().removeprefix("$")
    colon = form is not Form.BRACKET or groups["colon"] is not None
    return Label(form, text, time, at + found.start("label"), fold(text), at + end, colon)

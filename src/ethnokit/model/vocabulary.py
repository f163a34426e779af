"""One table: the French alias of every key and of every enumerated value.

Files may be written in French or in English, or in both; everything is read as the English word.
An alias is looked up without accents and case (:func:`fold`), so ``Enquêteur`` and ``enqueteur`` are one.
The first French alias of a value, or the inclusive one, is also what a French screen shows (:func:`shown`).
"""

from __future__ import annotations

import unicodedata
from enum import Enum
from functools import lru_cache
from typing import TypeVar

from ethnokit.model import words as w
from ethnokit.model.audience import Audience

E = TypeVar("E", bound=Enum)


def fold(word: str) -> str:
    """Lower case, no accents, ``_`` for spaces and hyphens: the form in which words are compared."""
    plain = unicodedata.normalize("NFD", word.strip().lower().replace("œ", "oe"))
    return "".join(c for c in plain if not unicodedata.combining(c)).replace(" ", "_").replace("-", "_")


# English key -> its aliases. A key that French and English share is not listed.
KEYS: dict[str, tuple[str, ...]] = {
    # documents
    "structures": ("structure_s",),
    "speakers": ("locuteurs", "locutrices", "personnes"),
    "code": (),
    "role": (),
    "pseudonym": ("pseudonyme", "pseudo"),
    "function": ("fonction",),
    "structure": (),
    "gender": ("sexe", "genre"),
    "share": ("part",),
    "medium": ("modalite",),
    "place": ("lieu",),
    "duration_min": ("duree_min", "duree"),
    "language": ("langue",),
    "investigators": ("enquete_par", "enquetrices", "enqueteurs", "investigator", "enqueteur", "enquetrice"),
    "guide": (),
    "consent": ("consentement",),
    "collected_on": ("recueilli_le",),
    "form": ("forme",),
    "recording": ("enregistrement",),
    "quote": ("citer",),
    "structure_named": ("structure_nommee",),
    "proofreading": ("relecture",),
    "withdrawal_until": ("retrait_jusqu_au",),
    "audience": ("diffusion",),
    "transcription": (),
    "by": ("par",),
    "mode": (),
    "proofread_on": ("relue_le",),
    "convention": (),
    "source": (),
    "support": (),
    "fingerprint": ("empreinte", "sha256"),
    "file": ("fichier",),
    "kept_until": ("conserve_jusqu_au",),
    "coding_state": ("etat_codage",),
    "title": ("titre",),
    "start": ("debut",),
    "end": ("fin",),
    "event": ("evenement",),
    "stance": ("posture_enquete",),
    "announced": ("presence_annoncee",),
    "written_on": ("redigee_le",),
    "state": ("etat",),
    "present": ("presents",),
    "number": ("nombre",),
    "including": ("dont",),
    "about": ("a_propos", "au_sujet_de"),
    "tags": ("mots_cles", "etiquettes"),
    # register
    "name": ("nom",),
    "other_names": ("autres_noms",),
    "membership": ("membre",),
    "joined": ("entree",),
    "left": ("sortie",),
    "founded": ("creation",),
    "town": ("commune", "ville"),
    "department": ("departement",),
    "country": ("pays",),
    "area": ("perimetre",),
    "workforce": ("effectifs",),
    "volunteers": ("benevoles_actifs", "benevoles"),
    "memberships": ("adhesions",),
    "employees": ("salaries",),
    "counted_on": ("releve_le",),
    "hosting": ("machines",),
    "services": (),
    "software": ("logiciel",),
    "access": ("acces",),
    "contacts": (),
    "topic": ("sujet",),
    "means": ("moyen",),
    "participation": (),
    "availability": ("disponibilite",),
    "history": ("historique",),
    "on": ("le",),
    "what": ("quoi",),
    "document": (),
    "sheet": ("fiche",),
    "sent_on": ("envoyee_le",),
    "version": (),
    "validated_by": ("validee_par",),
    "remarks": ("remarques",),
    "sources": (),
    "address": ("adresse",),
    "seen_on": ("vu_le",),
    "used_for": ("pour",),
    "unpublished": ("champs_non_publies",),
    # codebook
    "codebook": ("grille",),
    "families": ("familles",),
    "codes": (),
    "family": ("famille",),
    "parent": (),
    "label": ("libelle",),
    "colour": ("couleur", "color"),
    "status": ("statut",),
    "definition": (),
    "include": ("inclure",),
    "exclude": ("exclure",),
    "examples": ("exemples",),
    "example": ("exemple",),
    "synonyms": ("synonymes",),
    "strong": ("forts", "fort"),
    "weak": ("faibles", "faible"),
    "blocking": ("bloque", "bloquants"),
    "patterns": ("motifs",),
    "postures": (),
    "words": ("mots", "indices"),
    "codable": (),
    "relation": (),
    "manual": ("manuel",),
    "effect": ("effet",),
    # codings
    "posture": (),
    "scale": ("echelle",),
    "target": ("cible",),
    "specific": ("specificite", "specifique"),
    "doubt": ("doute",),
    "memo": (),
    # settings
    "study": ("etude",),
    "collective": ("collectif",),
    "period": ("periode",),
    "snapshot": ("instantane",),
    "population": (),
    "default_audience": ("diffusion_par_defaut",),
    "small_group": ("seuil_petit_groupe",),
    "alerts": ("alertes",),
    "withdrawal_before_release": ("retrait_avant_publication",),
    "unvalidated_sheet": ("fiche_non_validee",),
    "max_share": ("part_max_un_document",),
    "authors": ("auteurs", "autrices", "auteures"),
    "responsible": ("responsable", "responsable_des_donnees"),
    "licence": ("license",),
    "nlp": ("taln",),
    "pipeline": (),
    "report": ("rapport",),
    # questionnaire columns
    "answered_on": ("repondu_le",),
    "speaks_for": ("repond_pour",),
    "offers": ("competences_proposees", "propose"),
    "seeks": ("competences_cherchees", "cherche"),
    "ties": ("liens",),
}

# Value -> its French alias (the first one is shown), then other words read as the same.
# Pairs, not a dict: words of two enumerations that are spelt alike are equal as strings.
VALUES: tuple[tuple[Enum, tuple[str, ...]], ...] = (
    (Audience.TEAM, ("équipe", "restreint", "interne")),
    (Audience.COLLECTIVE, ("collectif",)),
    (Audience.PUBLIC, ("public", "publique")),
    (w.DocumentType.INTERVIEW, ("entretien",)),
    (w.DocumentType.OBSERVATION, ("observation",)),
    (w.DocumentType.DOCUMENT, ("document",)),
    (
        w.Role.INTERVIEWER,
        (
            "enquêteur",
            "enquêtrice",
            "enquêteur·rice",
            "enquêteurice",
            "chercheur",
            "chercheuse",
            "researcher",
            "intervieweur",
            "intervieweuse",
        ),
    ),
    (
        w.Role.PARTICIPANT,
        (
            "enquêté",
            "enquêtée",
            "enquêté·e",
            "participante",
            "participant·e",
            "répondant",
            "répondante",
            "respondent",
            "interviewee",
            "interviewé",
            "interviewée",
            "speaker",
            "speaker/signer",
        ),
    ),
    (w.Role.OTHER, ("autre", "tiers", "inconnu", "unknown")),
    (w.Role.NONE, ("aucun",)),
    (w.Part.FACTS, ("faits",)),
    (w.Part.REPORTED, ("paroles rapportées",)),
    (w.Part.IMPRESSIONS, ("impressions",)),
    (w.Medium.IN_PERSON, ("présence", "présentiel")),
    (w.Medium.VIDEO, ("visio", "visioconférence")),
    (w.Medium.TELEPHONE, ("téléphone",)),
    (w.Medium.WRITTEN, ("écrit",)),
    (w.Medium.FORUM, ("forum",)),
    (w.Stance.PARTICIPANT, ("participante",)),
    (w.Stance.WITHDRAWN, ("en retrait",)),
    (w.Stance.ONLINE, ("en ligne",)),
    (w.Quoting.NONE, ("non", "aucune", "no")),
    (w.Quoting.UNATTRIBUTED, ("sans attribution",)),
    (w.Quoting.PSEUDONYM, ("pseudonyme",)),
    (w.Quoting.FUNCTION, ("fonction",)),
    (w.Quoting.NAME, ("nom",)),
    (w.ConsentForm.WRITTEN, ("écrit",)),
    (w.ConsentForm.RECORDED, ("oral enregistré", "oral")),
    (w.ConsentForm.COLLECTIVE, ("collectif",)),
    (w.ConsentForm.ABSENT, ("absent",)),
    (w.Proofreading.NO, ("non",)),
    (w.Proofreading.REQUESTED, ("demandée",)),
    (w.Proofreading.DONE, ("faite",)),
    (w.CodingState.TO_CODE, ("à coder",)),
    (w.CodingState.IN_PROGRESS, ("en cours",)),
    (w.CodingState.CODED, ("codé",)),
    (w.CodingState.REVIEWED, ("relu",)),
    (w.Posture.OFFERS, ("propose",)),
    (w.Posture.PRACTISES, ("pratique",)),
    (w.Posture.LEARNS, ("apprend",)),
    (w.Posture.SEEKS, ("cherche",)),
    (w.Posture.REFUSES, ("refuse",)),
    (w.Posture.GAVE_UP, ("a quitté",)),
    (w.Scale.INDIVIDUAL, ("individu",)),
    (w.Scale.STRUCTURE, ("structure",)),
    (w.Scale.COLLECTIVE, ("collectif",)),
    (w.Participation.TO_ASK, ("à solliciter",)),
    (w.Participation.ASKED, ("sollicitée",)),
    (w.Participation.REMINDED, ("relancée",)),
    (w.Participation.AGREED, ("accord",)),
    (w.Participation.SCHEDULED, ("programmée",)),
    (w.Participation.MET, ("rencontrée",)),
    (w.Participation.REFUSED, ("refus",)),
    (w.Participation.NO_ANSWER, ("sans réponse",)),
    (w.Participation.OUT_OF_SCOPE, ("hors champ",)),
    (w.SheetState.DRAFT, ("brouillon",)),
    (w.SheetState.SENT, ("envoyée",)),
    (w.SheetState.CORRECTIONS, ("corrections",)),
    (w.SheetState.VALIDATED, ("validée",)),
    (w.SheetState.REFUSED, ("refusée",)),
    (w.SheetState.NO_ANSWER, ("sans réponse",)),
    (w.LegalForm.ASSOCIATION, ("association",)),
    (w.LegalForm.COOPERATIVE, ("coopérative",)),
    (w.LegalForm.COMPANY, ("entreprise",)),
    (w.LegalForm.MICROCOMPANY, ("micro-entreprise",)),
    (w.LegalForm.INFORMAL, ("groupe informel",)),
    (w.LegalForm.INDIVIDUAL, ("personne seule",)),
    (w.LegalForm.OTHER, ("autre forme",)),
    (w.Membership.ACTIVE, ("active",)),
    (w.Membership.IDLE, ("en sommeil",)),
    (w.Membership.AWAY, ("partie",)),
    (w.Hosting.HOME, ("à domicile",)),
    (w.Hosting.HOSTEDBAY, ("baie louée",)),
    (w.Hosting.HOSTEDSERVER, ("serveur loué",)),
    (w.Hosting.OUTSOURCED, ("sous-traitée",)),
    (w.AnchorState.EXACT, ("exact",)),
    (w.AnchorState.MOVED, ("déplacé",)),
    (w.AnchorState.CHANGED, ("changé",)),
    (w.AnchorState.AMBIGUOUS, ("ambigu",)),
    (w.AnchorState.LOST, ("perdu",)),
    (w.Verdict.ACCEPTED, ("accepté",)),
    (w.Verdict.CHANGE, ("à reprendre",)),
    (w.Verdict.REFUSED, ("refusé",)),
    (w.Review.PENDING, ("en attente",)),
    (w.Review.ACCEPTED, ("accepté",)),
    (w.Review.CHANGE, ("à reprendre",)),
    (w.Review.REFUSED, ("refusé",)),
)

# Part of the report that a memo can be about -> its French alias.
REPORT_PARTS: dict[str, str] = {
    "report.summary": "rapport.synthese",
    "report.method": "rapport.methode",
    "report.limits": "rapport.limites",
}

_ALIASES = {(type(value), value.name): aliases for value, aliases in VALUES}
_FROM_ALIAS = {fold(alias): key for key, aliases in KEYS.items() for alias in (key, *aliases)}


def canonical_key(key: str) -> str:
    """The English name of a key written in French or English; an unknown key comes back as it is."""
    return _FROM_ALIAS.get(fold(key), key)


def canonical_part(about: str) -> str:
    """The English name of a part of the report written in French or English; anything else comes back as it is."""
    written = fold(about)
    return next((part for part, alias in REPORT_PARTS.items() if written in (part, alias)), about)


def aliases_of(key: str) -> tuple[str, ...]:
    """The words a person may write for an English key, itself first."""
    return (key, *KEYS.get(key, ()))


def word_of(value: Enum) -> str:
    """The stable English word of an enumerated value, as in files and JSON."""
    return value.word if isinstance(value, Audience) else str(value.value)


def _french(value: Enum) -> tuple[str, ...]:
    return _ALIASES.get((type(value), value.name), ())


@lru_cache(maxsize=64)
def _readings(kind: type[Enum]) -> dict[str, Enum]:
    return {fold(a): v for v in kind for a in (word_of(v), *_french(v))}


def read_word(kind: type[E], written: str) -> E | None:
    """The value of ``kind`` that a person wrote, in French or English, or None."""
    return _readings(kind).get(fold(written))  # type: ignore[return-value]


def spellings(value: Enum) -> tuple[str, ...]:
    """Every word that is read as this value, in the form in which files write it: ``in_person``, ``presence``."""
    return tuple(dict.fromkeys((word_of(value), *(fold(alias) for alias in _french(value)))))


def choices(kind: type[Enum], language: str = "en") -> tuple[str, ...]:
    """The words allowed for ``kind``, in the language of the reader, for messages."""
    return tuple(fold(_french(v)[0]) if language == "fr" and _french(v) else word_of(v) for v in kind)


def shown(value: Enum, language: str) -> str:
    """How a value is printed for people, in lower case: ``gave up`` or ``a quitté``; ``enquêteur·rice`` for anyone."""
    if language == "fr" and (aliases := _french(value)):
        return next((alias for alias in aliases if "·" in alias), aliases[0])
    return word_of(value).replace("_", " ").lower()

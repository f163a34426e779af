"""The match key: the one form under which words of the codebook and words of the text meet.

NFC, straight apostrophe, lower case, inclusive writing undone, irregular verbs brought home, Snowball stem,
accents folded. It is meant for recall; exact written forms are told apart afterwards.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from ethnokit.suggest.forms import HOME

_APOSTROPHES = str.maketrans({"’": "'", "ʼ": "'", "‘": "'"})
_POINT = re.compile(r"[·⋅‧•∙]")
_ENDINGS = (
    "e|es|s|x|ne|nes|te|tes|le|les|se|ses|ve|ves|fe|fes|ère|ères|ice|ices|rice|rices|trice|trices|euse|euses|eure|eures"
)
_DOT = re.compile(rf"([^\W\d_]{{2,}})(?:[.-](?:{_ENDINGS}))(?:[.-]s)?\Z")
_FEMININE = re.compile(r"trices?\Z")
_BRACKET = re.compile(rf"([^\W\d_][\w'-]*)\((?:{_ENDINGS})\)(?:s)?\Z")

# Words in -ent that are no third person plural; the stemmer leaves both kinds alone.
_IN_ENT = (
    "argent agent client présent absent récent urgent patient content talent accident incident président résident "
    "adhérent référent différent indifférent fréquent parent souvent permanent évident continent équivalent "
    "compétent transparent cohérent prudent violent excellent innocent intelligent précédent conscient efficient "
    "torrent serpent couvent convent ingrédient inconvénient orient occident antécédent dissident apparent "
    "concurrent décent dolent éloquent imminent impatient indulgent insolent négligent opulent pertinent quotient "
    "récipient somnolent turbulent virulent coefficient contingent détergent divergent émergent expédient arpent"
)
_NO_VERBS = frozenset(_IN_ENT.split())

# Words that the stemmer takes into a family that is not theirs (données into donner, maintenant into maintenance);
# each, with its plural, is a family of its own.
_ALONE = (
    "maintenant donnée commune communication collecte collection collectivité coopérative association administration "
    "gouvernement équipe élève étudiant utilisateur restaurant migrant chiffre forme format formation part partie "
    "mise prise coup début tournant via"
)
_FAMILIES = frozenset(_ALONE.split())
# « particulièrement » says nothing of « un particulier »: an adverb is of the family of no other word.
_ADVERB = re.compile(r"(?:[ae]m|(?:iv|ell|iqu|ièr|eus|abl|ibl|ct|(?<!sign)al|air)e)ment\Z")


def plain(word: str) -> str:
    """The written form that counts as exact: NFC, straight apostrophe, lower case."""
    return unicodedata.normalize("NFC", word).translate(_APOSTROPHES).lower()


def uninclusive(word: str) -> str:
    """``adhérent·es`` -> ``adhérent``, ``nombreu⋅ses`` -> ``nombreux``; any other word as it is (in :func:`plain`)."""
    head = _POINT.split(word, maxsplit=1)[0]
    if head == word or not head:
        found = _BRACKET.match(word) or _DOT.match(word)
        if found is None:
            return word
        head = found[1]
    if head.endswith("eu"):
        return head + "x"
    return {"tou": "tout", "cel": "celui"}.get(head, head)


def _fold(word: str) -> str:
    split = unicodedata.normalize("NFD", word.replace("œ", "oe").replace("æ", "ae"))
    return "".join(c for c in split if not unicodedata.combining(c))


@lru_cache(maxsize=4)
def key_maker(language: str) -> Callable[[str], str]:
    """The function that gives a word's key, in French (``fr``) or English (any other language)."""
    import snowballstemmer

    french = language == "fr"
    stemmer: Any = snowballstemmer.stemmer("french" if french else "english")

    @lru_cache(maxsize=100_000)
    def key(word: str) -> str:
        base = plain(word)
        if french:
            base = uninclusive(base)
            base = _FEMININE.sub("teur", HOME.get(base, base))
            singular = base[:-1] if base[-1:] in ("s", "x") else base
            if singular in _FAMILIES or _ADVERB.search(base):
                return _fold(singular) + "~"
            stem = str(stemmer.stemWord(base))
            verb = _infinitive(base, stem)
            return _fold(_told_apart(verb, stem if verb == base else str(stemmer.stemWord(verb)))) or verb
        return _fold(str(stemmer.stemWord(base))) or base

    return key


def _infinitive(word: str, stem: str) -> str:
    """``décident`` -> ``décider``: the stemmer leaves this third person plural as it is."""
    untouched = stem == word and len(word) > 4 and word.endswith("ent")
    if untouched and not word.endswith("ment") and word not in _NO_VERBS:
        return word.removesuffix("ent") + "er"
    return word


def _told_apart(word: str, stem: str) -> str:
    """Repair two things that the French stemmer does to short words.

    It leaves the s of ``élus``; and it makes one of ``don`` and ``donner``, where a stem of three letters
    says too little: a word that lost more than its plural is marked.
    """
    if stem == word and len(word) > 3 and word[-2:] in ("us", "is", "os", "as"):
        stem = word[:-1]
    if len(stem) <= 3 and word not in (stem, stem + "s", stem + "x"):
        return stem + "~"
    return stem

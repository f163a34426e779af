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

_APOSTROPHES = str.maketrans({"’": "'", "ʼ": "'", "‘": "'"})
_POINT = re.compile(r"[·⋅‧•∙]")
_ENDINGS = (
    "e|es|s|x|ne|nes|te|tes|le|les|se|ses|ve|ves|fe|fes|ère|ères|ice|ices|rice|rices|trice|trices|euse|euses|eure|eures"
)
_DOT = re.compile(rf"([^\W\d_]{{2,}})(?:[.-](?:{_ENDINGS}))(?:[.-]s)?\Z")
_BRACKET = re.compile(rf"([^\W\d_][\w'-]*)\((?:{_ENDINGS})\)(?:s)?\Z")

# Forms that no stemmer brings back to their infinitive, for the verbs that word lists use.
_IRREGULAR = {
    "avoir": "ai as a avons avez ont avais avait avions aviez avaient eu aura aurai auront aurait auraient ait aient",
    "être": "suis es est sommes êtes sont étais était étions étiez étaient été sera serai seront serait seraient soit",
    "faire": "fais fait faisons faites font faisais faisait faisions faisaient fera feront ferait faite",
    "aller": "vais vas va allons allez vont allais allait allaient ira irai iront irait aille",
    "pouvoir": "peux peut pouvons pouvez peuvent pouvais pouvait pouvaient pu pourra pourrait pourraient puisse",
    "vouloir": "veux veut voulons voulez veulent voulais voulait voulaient voulu voudra voudrais voudrait voudraient",
    "savoir": "sais sait savons savez savent savais savait savaient su saura saurait sache",
    "devoir": "dois doit devons devez doivent devais devait devaient devra devrait devraient",
    "falloir": "faut fallait fallu faudra faudrait faille",
    "prendre": "prends prend prenons prenez prennent prenais prenait prenaient pris prise prises prendra",
    "apprendre": "apprends apprend apprenons apprenez apprennent apprenais apprenait apprenaient appris apprise",
    "mettre": "mets met mettons mettez mettent mettais mettait mettaient mis mise mises mettra",
    "transmettre": "transmets transmet transmettons transmettez transmettent transmettait transmis transmise",
    "naître": "nais naît naissent naissait né née nés nées naquit",
    "écrire": "écris écrit écrivons écrivez écrivent écrivait écrivaient écrite écrites écrits",
    "connaître": "connais connaît connaissons connaissez connaissent connaissait connaissaient connu connue connus",
    "tenir": "tiens tient tenons tenez tiennent tenait tenaient tenu tenue",
    "venir": "viens vient venons venez viennent venait venaient venu venue venus",
    "partir": "pars part partons partez partent partait partaient parti partie partis",
    "dire": "dis dit disons dites disent disait disaient",
    "payer": "paie paies paient paye payes payent",
    "envoyer": "envoie envoies envoient",
    "tout": "tous toute toutes",
    "travail": "travaux",
    "local": "locaux locale locales",
    "tiers-lieu": "tiers-lieux",
    "réseau": "réseaux",
    "jeu": "jeux",
    "ne": "n'",
    "de": "d'",
    "le": "l'",
}
_HOME = {form: base for base, forms in _IRREGULAR.items() for form in forms.split()}
# Forms of a verb that are a noun of the word lists as well keep to themselves.
for _noun in ("mise", "prise", "mises", "prises", "part", "partie", "as", "pu", "écrit"):
    _HOME.pop(_noun, None)

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
            base = _HOME.get(base, base)
            base = _infinitive(base, str(stemmer.stemWord(base)))
            return _fold(_told_apart(base, str(stemmer.stemWord(base)))) or base
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

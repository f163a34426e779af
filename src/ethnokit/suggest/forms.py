"""Forms that no stemmer brings home to their word: irregular verbs by class, and some nouns and adjectives."""

from __future__ import annotations

from collections.abc import Iterator

_OPENING = "ouvrir offrir couvrir découvrir souffrir"
_JOINING = "joindre rejoindre atteindre éteindre craindre peindre"
_TAKING = "prendre apprendre comprendre reprendre"
_RECEIVING = "recevoir percevoir apercevoir concevoir"
_GIVING_BACK = "vendre rendre attendre entendre défendre dépendre étendre répondre correspondre perdre descendre"
_MAKING = "produire construire conduire traduire réduire introduire instruire détruire"
_PUTTING = "mettre transmettre permettre promettre admettre soumettre remettre"
_HOLDING = "tenir maintenir soutenir obtenir appartenir contenir retenir venir devenir revenir intervenir parvenir"
# Verbs that go alike, what they lose, and what takes its place; "-" is nothing at all.
_CLASSES = (
    (_GIVING_BACK, "re", "- s ons ez ent ais ait ions aient u ue us ues ra rai ront rait raient ant"),
    (_MAKING, "re", "s t ts te tes sons sez sent sais sait saient ra ront rait raient sant"),
    (_JOINING, "dre", "s t ts te tes dra dront drait draient"),
    (_JOINING, "ndre", "gnons gnez gnent gnais gnait gnaient gnant"),
    (_OPENING, "ir", "e es ons ez ent ais ait aient ira iront irait iraient ant"),
    (_OPENING, "rir", "ert erts erte ertes"),
    (
        _RECEIVING,
        "cevoir",
        "çois çoit çoivent çu çue çus çues cevons cevez cevais cevait cevra cevront cevrait",
    ),
    ("servir sortir sentir dormir", "ir", "ons ez ent ais ait aient i ie is ies ira iront irait"),
    (_TAKING, "endre", "ends end enons enez ennent enais enait enaient is ise ises endra endront endrait endraient"),
    (_PUTTING, "ettre", "ets et ettons ettez ettent ettais ettait ettaient is ise ises ettra ettront ettrait"),
    (_HOLDING, "enir", "iens ient enons enez iennent enais enait enaient enu enue enus enues iendra iendront iendrait"),
)
_ALONE = {
    "avoir": "ai as a avons avez ont avais avait avions aviez avaient eu aura aurai auront aurait auraient ait aient",
    "être": "suis es est sommes êtes sont étais était étions étiez étaient été sera serai seront serait seraient soit",
    "faire": "fais fait faisons faites font faisais faisait faisions faisaient fera ferai feront ferais ferait "
    "ferions feraient faite faites fasse fassent",
    "aller": "vais vas va allons allez vont allais allait allaient ira irai iront irait aille",
    "pouvoir": "peux peut pouvons pouvez peuvent pouvais pouvait pouvaient pourra pourrais pourrait pourraient puisse",
    "vouloir": "veux veut voulons voulez veulent voulais voulait voulaient voulu voudra voudrais voudrait voudraient",
    "savoir": "sais sait savons savez savent savais savait savaient su saura saurait sache",
    "devoir": "dois doit devons devez doivent devais devait devaient devra devrait devraient",
    "falloir": "faut fallait fallu faudra faudrait faille",
    "voir": "vois voit voyons voyez voient voyais voyait voyaient vu verra verront verrait",
    "croire": "crois croit croyons croyez croient croyais croyait croyaient cru croira",
    "lire": "lis lit lisons lisez lisent lisais lisait lisaient lu lue lus lira",
    "dire": "dis dit disons dites disent disais disait disaient dira dirait",
    "vivre": "vis vit vivons vivez vivent vivais vivait vivaient vécu vécue vivra",
    "suivre": "suit suivons suivez suivent suivais suivait suivaient suivie suivra",
    "servir": "sers sert",
    "naître": "nais naît naissent naissait né née nés nées naquit",
    "écrire": "écris écrivons écrivez écrivent écrivais écrivait écrivaient écrite écrites écrits écrira",
    "connaître": "connais connaît connaissons connaissez connaissent connaissait connaissaient connu connue connus",
    "partir": "pars partons partez partent partais partait partaient parti partis partira",
    "payer": "paie paies paient paye payes payent",
    "envoyer": "envoie envoies envoient",
    "tout": "tous toute toutes",
    "nouveau": "nouvel nouvelle nouvelles nouveaux",
    "vieux": "vieil vieille vieilles",
    "beau": "bel belle belles beaux",
    "public": "publique publiques",
    "travail": "travaux",
    "local": "locaux locale locales",
    "tiers-lieu": "tiers-lieux",
    "réseau": "réseaux",
    "jeu": "jeux",
    "usager": "usagère usagères",
    "étudiant": "étudiante étudiantes",
    "ne": "n'",
    "de": "d'",
    "le": "l'",
}
# Forms of a verb that are a noun or an adjective as well keep to themselves.
_NOUNS = (
    "mise mises prise prises reprise reprises remise remises offre offres suivi produit produits conduite conduites "
    "contenu contenus revenu revenus retenue retenues tenue tenues venue découverte découvertes couverts atteinte "
    "atteintes crainte craintes rendu étendue as pu écrit sortie sorties ouvert ouverte ouverts ouvertes"
)


def _forms() -> Iterator[tuple[str, str]]:
    for verbs, lost, endings in _CLASSES:
        for verb in verbs.split():
            yield from ((verb.removesuffix(lost) + ending.strip("-"), verb) for ending in endings.split())
    for word, forms in _ALONE.items():
        yield from ((form, word) for form in forms.split())


HOME = {form: word for form, word in _forms() if f" {form} " not in f" {_NOUNS} "}
"""A form and the word it is a form of."""

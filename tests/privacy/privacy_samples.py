"""A study in which each document is closed in its own way; the words say which."""

CODEBOOK = """\
grille: {id: essai, version: "0.1", langue: fr}
familles:
  - {id: gouv, label: "Gouvernance"}
  - {id: coop, label: "Coopérations"}
  - {id: meth, label: "Méthode"}
codes:
  - {id: gouv.decision, famille: gouv, label: "Prise de décision", definition: "Comment on tranche."}
  - {id: coop.entraide, famille: coop, label: "Entraide", definition: "Qui aide qui.", relation: true}
  - {id: coop.reseaux, famille: coop, label: "Réseaux", definition: "Autres alliances."}
  - {id: meth.sensible, famille: meth, label: "Sensible", definition: "À taire.", effet: retire_des_sorties}
"""

SETTINGS = """\
etude: "Le canal"
collectif: "Les bêtes du canal"
langue: fr
instantane: 2026-09-15
population: 5
diffusion: public
diffusion_par_defaut: equipe
"""

LOUTRES = """\
---
id: loutres
type: structure
nom: "Les Loutres"
forme: ASSOCIATION
creation: 2015
lieu: {commune: "Port-Vieux", departement: "99"}
effectifs: {benevoles_actifs: 3, adhesions: 40}
services: [{nom: "Nuage", logiciel: Nextcloud, acces: membres}]
contacts: [{sujet: gouv.decision, par: "secrétariat", moyen: "bureau@loutres.example"}]
participation: {etat: rencontree}
fiche: {etat: validee}
champs_non_publies: [effectifs.adhesions]
---

Une **association** de canal.
"""
HERONS = """\
---
id: herons
type: structure
nom: "Les Hérons"
participation: {etat: rencontree}
---
"""
CASTORS = """\
---
id: castors
type: structure
nom: "Les Castors"
participation: {etat: refus}
---
"""


def interview(
    id,
    words,
    *,
    consent="{forme: ecrit, citer: pseudonyme, structure_nommee: true}",
    audience="public",
    structure="loutres",
):
    """An interview of two turns; ``consent`` and ``audience`` may be None to leave the line out."""
    lines = [
        f"consentement: {consent}" if consent else "",
        f"diffusion: {audience}" if audience else "",
    ]
    return f"""\
---
id: {id}
type: entretien
structures: [{structure}]
date: 2026-05-19
locuteurs:
  - {{code: E, role: enqueteur}}
  - {{code: P1, role: enquete, pseudonyme: "Camille", fonction: "trésorerie"}}
{chr(10).join(line for line in lines if line)}
---

**E :** Et ensuite ?

**P1 :** {words}
"""


DOCUMENTS = {
    "ouvert": interview("ouvert", "On lève la main et on compte. Les Hérons nous prêtent une rame."),
    "equipe": interview("equipe", "Mot pour la seule équipe.", audience="equipe"),
    "collectif": interview("collectif", "Mot pour le collectif.", audience="collectif"),
    "muet": interview("muet", "Mot sans diffusion écrite.", audience=None),
    "sans-accord": interview("sans-accord", "Mot sans aucun accord.", consent=None),
    "non-cite": interview(
        "non-cite", "Mot lu mais jamais cité.", consent="{forme: ecrit, citer: non, structure_nommee: true}"
    ),
    "a-relire": interview(
        "a-relire",
        "Mot qui attend sa relecture.",
        consent="{forme: ecrit, citer: pseudonyme, structure_nommee: true, relecture: demandee}",
    ),
    "fonction": interview(
        "fonction", "Mot de la trésorerie.", consent="{forme: ecrit, citer: fonction, structure_nommee: true}"
    ),
    "herons": interview(
        "herons", "Mot de bêtes discrètes.", consent="{forme: ecrit, citer: sans_attribution}", structure="herons"
    ),
    "sensible": interview("sensible", "Un mot simple, puis un mot grave qui doit rester entre nous."),
}

CODINGS = [
    ("ouvert", "gouv.decision", "On lève la main et on compte", ("posture=practises", "specific=true")),
    ("ouvert", "coop.entraide", "Les Hérons nous prêtent une rame", ("posture=seeks", "target=herons")),
    ("equipe", "gouv.decision", "Mot pour la seule équipe", ()),
    ("collectif", "gouv.decision", "Mot pour le collectif", ()),
    ("muet", "gouv.decision", "Mot sans diffusion écrite", ()),
    ("sans-accord", "gouv.decision", "Mot sans aucun accord", ()),
    ("non-cite", "gouv.decision", "Mot lu mais jamais cité", ()),
    ("a-relire", "gouv.decision", "Mot qui attend sa relecture", ()),
    ("fonction", "gouv.decision", "Mot de la trésorerie", ()),
    ("herons", "gouv.decision", "Mot de bêtes discrètes", ()),
    ("sensible", "gouv.decision", "Un mot simple, puis un mot grave", ()),
    ("sensible", "meth.sensible", "un mot grave qui doit rester entre nous", ()),
]

"""A study in which every place that could leak holds an invented word of its own.

``equipier…`` words are for the team alone, ``collectif…`` words for the collective as well, ``ouvert…`` words for all.
"""

CODEBOOK = """\
grille: {id: essai, version: "0.1", langue: fr}
familles:
  - {id: gouv, label: "Gouvernance"}
  - {id: meth, label: "Méthode", effet: retire_des_sorties}
codes:
  - id: gouv.decision
    famille: gouv
    label: "Décision"
    definition: "Comment on tranche."
    exemples: ["« On vote à l'equipierexemple, toujours. »", "« On lève un doigt ouvertexemple. »"]
  - {id: gouv.entraide, famille: gouv, label: "Entraide", definition: "Qui aide qui.", relation: true}
  - {id: gouv.roles, famille: gouv, label: "Rôles", definition: "Qui fait quoi."}
  - {id: meth.sensible, famille: meth, label: "Sensible", definition: "À taire."}
"""

SETTINGS = """\
etude: "Le canal ouvertitre"
collectif: "Les bêtes du canal"
langue: fr
instantane: 2026-09-15
diffusion: public
diffusion_par_defaut: equipe
"""

FILES = {
    "fieldwork/structures/loutres.md": """\
---
id: loutres
type: structure
nom: "Les Loutres ouvertnom"
autres_noms: ["equipiersurnom"]
membre: {etat: ACTIVE, entree: "equipierentree"}
lieu: {commune: "Equipiercommune", departement: "99", perimetre: "equipierperimetre"}
effectifs: {benevoles_actifs: 3, adhesions: 4077}
services: [{nom: "equipierservice", logiciel: "equipierlogiciel"}]
contacts: [{sujet: gouv.decision, par: "equipierguichet", moyen: "equipierboite@loutres.example"}]
participation:
  etat: rencontree
  disponibilite: "equipierdisponible"
  historique: [{le: 2026-03-04, quoi: rencontree, moyen: "equipiermoyen", document: ent-loutres}]
fiche: {etat: validee, validee_par: "equipiervalide", remarques: "equipierremarque"}
champs_non_publies: [lieu, effectifs.adhesions, services, contacts, membre, fiche]
---

Une association ouverteportrait. <!-- equipiercommentaire -->
""",
    "fieldwork/structures/herons.md": """\
---
id: equipieridentifiant
type: structure
nom: "Les Equipierherons"
autres_noms: ["Equipierechassiers"]
participation: {etat: rencontree}
---

equipierportrait
""",
    "fieldwork/structures/castors.md": """\
---
id: collectifcastor
type: structure
nom: "Les Collectifcastors"
participation: {etat: refus}
---
""",
    "fieldwork/interviews/ent-loutres.md": """\
---
id: ent-equipierdocument
type: entretien
titre: "Rencontre avec equipiertitre"
structures: [loutres]
date: 2026-05-19
lieu: "equipierlieu"
guide: "equipierguide"
enquete_par: "equipierenquetrice"
locuteurs:
  - {code: E, role: enqueteur}
  - {code: P1, role: enquete, pseudonyme: "ouvertpseudo", fonction: "equipierfonction"}
consentement: {forme: ecrit, citer: pseudonyme, structure_nommee: true}
diffusion: public
---

**E :** Et ensuite ?

**P1 :** On lève la main ouvertmain, et on compte. On a mis equipiergrave devant la porte ce jour-là.

**P1 :** Le compteur a sauté equipiersensible un lundi. On écrit la page ouvertpage <!-- equipiernote --> du cahier.

**P1 :** Les Equipierherons nous prêtent une rame. Les Collectifcastors gardent la clé.
""",
    "fieldwork/interviews/ent-herons.md": """\
---
id: ent-herons
type: entretien
structures: [equipieridentifiant]
date: 2026-05-20
locuteurs:
  - {code: P1, role: enquete, pseudonyme: "equipierpseudo", fonction: "equipierrole"}
consentement: {forme: ecrit, citer: sans_attribution}
diffusion: public
---

**P1 :** Nous votons ouvertvote chaque mois.

**P1 :** Aux equipierhérons on ne vote jamais, equipierjamais.
""",
    "fieldwork/interviews/ent-equipe.md": """\
---
id: ent-equipe
type: entretien
structures: [loutres]
date: 2026-05-21
locuteurs: [{code: P1, role: enquete, pseudonyme: "equipierpersonne"}]
consentement: {forme: ecrit, citer: pseudonyme, structure_nommee: true}
---

**P1 :** On vote à l'equipierexemple, toujours.
""",
    "fieldwork/interviews/ent-collectif.md": """\
---
id: ent-collectif
type: entretien
structures: [loutres]
date: 2026-05-22
locuteurs: [{code: P1, role: enquete, pseudonyme: "collectifpseudo"}]
consentement: {forme: ecrit, citer: pseudonyme, structure_nommee: true}
diffusion: collectif
---

**P1 :** On dîne à six collectifdine.
""",
    "fieldwork/interviews/ent-sans-accord.md": """\
---
id: ent-sans-accord
type: entretien
structures: [loutres]
date: 2026-05-23
locuteurs: [{code: P1, role: enquete, pseudonyme: "equipiertacite"}]
diffusion: public
---

**P1 :** On en parle à table equipiertable.
""",
    "fieldwork/interviews/ent-perdu.md": """\
---
id: ent-perdu
type: entretien
structures: [loutres]
date: 2026-05-24
locuteurs: [{code: P1, role: enquete, pseudonyme: "equipierperdu"}]
consentement: {forme: ecrit, citer: pseudonyme, structure_nommee: true}
diffusion: public
---

**P1 :** Il a crié equipiercri puis il est parti.
""",
    "fieldwork/observations/obs-visite.md": """\
---
id: obs-visite
type: observation
structures: [equipieridentifiant]
evenement: "Samedi chez les Equipierechassiers"
debut: 2026-06-02
redigee_le: 2026-06-03
consentement: {forme: collectif, citer: sans_attribution}
diffusion: public
---

## Faits

Neuf chaises ouvertchaise autour du poêle.

## Impressions

Il me semble que equipierimpression domine.
""",
    "fieldwork/memos/carnet.md": "---\na_propos: gouv.decision\n---\n\nequipiercarnet\n",
    "fieldwork/memos/synthese.md": """\
---
a_propos: rapport.synthese
diffusion: public
---

Une synthèse ouvertsynthese, d'après [ce qui fut dit](../interviews/equipierlien.md). <!-- equipierverso -->
""",
    "fieldwork/memos/limites.md": "---\na_propos: rapport.limites\ndiffusion: collectif\n---\n\ncollectiflimite\n",
}

LOUTRES = "ent-equipierdocument"
CODINGS = [
    (LOUTRES, "gouv.decision", "On lève la main ouvertmain, et on compte", ("memo=equipiermemo",)),
    (LOUTRES, "gouv.decision", "On a mis equipiergrave devant la porte", ("audience=team",)),
    (LOUTRES, "gouv.roles", "On a mis equipiergrave devant la porte ce jour-là", ()),
    (LOUTRES, "meth.sensible", "equipiersensible un lundi", ()),
    (LOUTRES, "gouv.roles", "Le compteur a sauté equipiersensible", ()),
    (LOUTRES, "gouv.roles", "On écrit la page ouvertpage <!-- equipiernote --> du cahier", ()),
    (LOUTRES, "gouv.entraide", "Les Equipierherons nous prêtent une rame", ("target=equipieridentifiant",)),
    (LOUTRES, "gouv.roles", "Les Collectifcastors gardent la clé", ("audience=collective",)),
    ("ent-herons", "gouv.decision", "Nous votons ouvertvote chaque mois", ()),
    ("ent-herons", "gouv.decision", "Aux equipierhérons on ne vote jamais, equipierjamais", ()),
    ("ent-equipe", "gouv.decision", "On vote à l'equipierexemple, toujours", ()),
    ("ent-collectif", "gouv.decision", "On dîne à six collectifdine", ()),
    ("ent-sans-accord", "gouv.decision", "On en parle à table equipiertable", ()),
    ("ent-perdu", "meth.sensible", "Il a crié equipiercri", ()),
    ("ent-perdu", "gouv.roles", "puis il est parti", ()),
    (
        "obs-visite",
        "gouv.decision",
        "Neuf chaises ouvertchaise autour du poêle.\n\n## Impressions\n\nIl me semble que equipierimpression domine",
        (),
    ),
]

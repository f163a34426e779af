"""A small invented study as its files: four structures met or not, three sources, two coders, a questionnaire."""

STRUCTURE = '---\nid: {id}\ntype: structure\nnom: "{name}"\nparticipation: {{etat: {state}}}\n---\n'
STRUCTURES = {
    "loutres": ("Les Loutres du Canal", "rencontree"),
    "grue": ("La Grue", "relancee"),
    "vison": ("Le Vison", "rencontree"),
    "castor": ("Le Castor", "refus"),
    "pivert": ("Le Pivert", "a_solliciter"),
}
SETTINGS = 'etude: "Essai sur le canal"\nlangue: fr\ncollectif: "Les Rives"\npopulation: 7\ndiffusion: collectif\n'
CODEBOOK = """grille: {id: essai, version: "1", langue: fr}
familles:
  - {id: gouv, label: Gouvernance}
  - {id: coop, label: Coopérations}
codes:
  - {id: gouv.decision, famille: gouv, label: Prise de décision, definition: Comment on tranche., forts: [décider]}
  - {id: gouv.roles, famille: gouv, label: Répartition des rôles, definition: Qui fait quoi.}
  - {id: coop.entraide, famille: coop, label: Entraide, definition: Aide., relation: true, forts: [prêter]}
"""
HEADER = """---
id: {id}
type: {type}
structures: [{structures}]
date: 2026-05-11
{more}
diffusion: collectif
---

"""
CONSENT = "consentement: {forme: ecrit, citer: pseudonyme}"
SPEAKERS = "locuteurs: [{code: E, role: enqueteur}, {code: P1, role: enquete}]\n" + CONSENT
INTERVIEW = """**E :** Qui décide de l’hébergement ?

**P1 :** On décide à quatre, le mardi. La Grue nous prête une machine pour l’hébergement.

**P1 :** Le Pivert a réparé notre antenne. Chacune tient sa clé.
"""
OTHER = """**E :** Et chez vous ?

**P1 :** Chez nous, Hebergement rime avec déménagement.
"""
NOTE = """## Faits

La Grue prête une table aux Loutres. On décide à main levée.

## Impressions

Une fatigue, me semble-t-il, devant l'hébergement.
"""
DOCUMENTS = {
    "interviews/ent-loutres-01": ("entretien", "loutres", f"{SPEAKERS}\netat_codage: code", INTERVIEW),
    "interviews/ent-vison-01": ("entretien", "vison", SPEAKERS, OTHER),
    "observations/obs-rives-01": ("observation", "loutres, grue", CONSENT, NOTE),
}
QUESTIONNAIRE = (
    "structure,repondu_le,propose,cherche,liens\n"
    "grue,2026-05-08,coop.entraide,gouv.roles,loutres:coop.entraide;castor:coop.entraide\n"
    "castor,,,,\n"
)
CODINGS = {
    "ines": [
        ("ent-loutres-01", "gouv.decision", "On décide à quatre", {}),
        ("ent-loutres-01", "coop.entraide", "La Grue nous prête une machine", {"target": "grue", "posture": "seeks"}),
        ("ent-loutres-01", "coop.entraide", "Le Pivert a réparé notre antenne", {"target": "pivert"}),
        ("obs-rives-01", "coop.entraide", "La Grue prête une table", {"target": "loutres"}),
        ("obs-rives-01", "gouv.decision", "On décide à main levée", {"structure": "loutres"}),
    ],
    "tutrice": [("ent-loutres-01", "gouv.decision", "décide à quatre, le mardi", {})],
}


def write(root, path, text):
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def write_field(root):
    """Everything but the codings, which are made as a person makes them."""
    write(root, "ethnokit.yaml", SETTINGS)
    write(root, "codebook.yaml", CODEBOOK)
    for structure, (name, state) in STRUCTURES.items():
        text = STRUCTURE.format(id=structure, name=name, state=state)
        write(root, f"fieldwork/structures/{structure}.md", text)
    for path, (kind, structures, more, body) in DOCUMENTS.items():
        header = HEADER.format(id=path.rpartition("/")[2], type=kind, structures=structures, more=more)
        write(root, f"fieldwork/{path}.md", header + body)
    write(root, "fieldwork/questionnaires/rives.csv", QUESTIONNAIRE)

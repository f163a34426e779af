"""``ethnokit init``: the folders of a new study."""

from __future__ import annotations

from pathlib import Path

import click

from ethnokit.i18n import gettext as _

FOLDERS = ("structures", "interviews", "observations", "documents", "questionnaires", "codings", "memos")
SETTINGS = """\
etude: "{title}"
langue: fr
grille: codebook.yaml
# Qui peut lire, au plus : équipe, collectif ou public. Sans cette ligne : l'équipe seule.
diffusion: collectif
"""
CODEBOOK = """\
grille:
  id: {id}
  version: "0.1"
  langue: fr

familles:
  - {{id: gouv, label: "Gouvernance"}}

codes:
  - id: gouv.decision
    famille: gouv
    label: "Prise de décision"
    definition: "Manière dont la structure tranche : assemblée, conseil, consentement, vote, décision de fait."
    forts: ["décision", "décider", "vote", "consensus"]
    faibles: ["conseil", "réunion"]
"""


@click.command("init")
@click.argument("folder", metavar="[DIR]", type=click.Path(path_type=Path, file_okay=False), default=".")
@click.pass_context
def command(ctx: click.Context, folder: Path) -> None:
    """A new study: the folders, a first codebook, the settings. What exists is kept as it is."""
    root: Path = ctx.obj["folder"] / folder
    for name in FOLDERS:
        (root / "fieldwork" / name).mkdir(parents=True, exist_ok=True)
    (root / "reports").mkdir(exist_ok=True)
    title = root.resolve().name
    _write_new(root / "ethnokit.yaml", SETTINGS.format(title=title.replace('"', "'").replace("\\", "/")))
    _write_new(root / "codebook.yaml", CODEBOOK.format(id="grille"))
    click.echo(_("The study is in {folder}.").format(folder=root.resolve()))
    click.echo(_("Put your transcripts into fieldwork/interviews/, then run: ethnokit check"))


def _write_new(file: Path, text: str) -> None:
    """Create a file; one that exists is the person's own and is left alone."""
    try:
        with file.open("x", encoding="utf-8", newline="\n") as handle:
            handle.write(text)
    except FileExistsError:
        click.echo(_("{file} exists and was kept.").format(file=file))

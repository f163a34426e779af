"""The French catalogue: whole, faithful to the placeholders, well typeset, and what the commands really say."""

import json
import os
import re
import subprocess
import sys
import tomllib
from copy import copy
from functools import cache
from pathlib import Path

import click
import pytest
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po

from ethnokit.cli import COMMANDS, group
from ethnokit.cli.help import in_language, sentences
from ethnokit.i18n import reason

ROOT = Path(__file__).parents[1]
FRENCH = ROOT / "src/ethnokit/locale/fr/LC_MESSAGES/ethnokit.po"
PLACEHOLDER = re.compile(r"\{(\w+)(?:![rsa])?\}|%\((\w+)\)s")


@cache
def french():
    """What the catalogue holds: id (or singular and plural) → message."""
    with FRENCH.open("rb") as file:
        return {message.id: message for message in read_po(file) if message.id}


def forms(message):
    """Each form of a message with its translation; the singular first where there are two."""
    if isinstance(message.id, str):
        return [(message.id, message.string)]
    return list(zip(message.id, message.string, strict=True))


def placeholders(text):
    return {brace or percent for brace, percent in PLACEHOLDER.findall(text)}


def said_by_the_code():
    """Every sentence that ``make catalogue`` finds in the package."""
    mappings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["babel"]["mappings"]
    methods = [(mapping["pattern"], mapping["method"]) for mapping in mappings]
    options = {mapping.pop("pattern"): mapping for mapping in mappings}
    keywords = {**DEFAULT_KEYWORDS, "N_": None, "translate": None}
    found = extract_from_dir(ROOT / "src", methods, options, keywords=keywords)
    return {message if isinstance(message, str) else tuple(message[:2]) for _file, _line, message, *_more in found}


def test_the_catalogue_is_up_to_date():
    said = said_by_the_code()
    assert {"Interrupted.", "Sheet of a structure", "Refuse suggestions: they never come back."} <= said
    assert ("{n} error", "{n} errors") in said
    assert said - french().keys() == set()


def test_nothing_is_left_in_english_or_in_doubt():
    assert [id_ for id_, message in french().items() if message.fuzzy or not all(t for _, t in forms(message))] == []


def test_each_translation_has_the_placeholders_of_its_original():
    wrong = []
    for message in french().values():
        for n, (original, translation) in enumerate(forms(message)):
            asked, given = placeholders(original), placeholders(translation)
            # A singular may say its number in words: « dans l’unique source lue ».
            one_in_words = n == 0 and message.pluralizable and given < asked
            if given != asked and not one_in_words:
                wrong.append((original, translation))
    assert wrong == []


@pytest.mark.parametrize(
    ("fault", "pattern"),
    [
        ("a straight apostrophe between letters", r"[^\W\d_]'[^\W\d_]"),
        ("a space that may break before a sign", r"[ \t][:;!?]"),
        ("a wide space before ; ! ?", "\u00a0[;!?]"),
        ("a narrow space before :", "\u202f:"),
        ("« without a no-break space after it", "«(?!\u00a0)"),
        ("» without a no-break space before it", "(?<!\u00a0)»"),
        ("English quotation marks", "[“”]"),
        ("three dots", r"(?<![\].])\.\.\.(?!\.)"),
    ],
)
def test_french_typography(fault, pattern):
    translations = [text for message in french().values() for _original, text in forms(message)]
    assert len(translations) > 500
    assert [text for text in translations if re.search(pattern, text)] == []


def commands():
    """The words that call each command, and the command as it stands in the code, in English."""
    yield (), group
    for name in COMMANDS:
        command = in_language(group.get_command(None, name), str)
        yield (name,), command
        if isinstance(command, click.Group):
            yield from (((name, below), one) for below, one in command.commands.items())


def alone(command):
    """A command without those below it, of which its help tells the names only."""
    single = copy(command)
    if isinstance(single, click.Group):
        single.commands = {}
    return single


def words(text):
    return " ".join(text.split())


@pytest.mark.parametrize(("call", "command"), [pytest.param(*one, id=" ".join(one[0]) or "-") for one in commands()])
def test_help_is_french_from_end_to_end(ethnokit, call, command):
    run = ethnokit("--lang", "fr", *call, "--help")
    assert run.code == 0
    shown = words(run.out)
    assert [one for one in sentences(command) if " " in one and words(one) in shown] == []
    own = [one for one in sentences(alone(command)) if one.endswith(".")]
    assert own
    assert [one for one in own if words(french()[one].string) not in shown] == []
    assert "Utilisation : ethnokit" in shown
    assert re.findall(r"\b(?:Usage|Options:|Commands|Show|default|required|INTEGER|TEXT|FILENAME)\b", shown) == []


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (["--wrong"], "Il n’y a pas d’option « --wrong »"),
        (["show"], "Il manque l’argument 'DOC'."),
        (["chek"], "Il n’y a pas de commande « chek ». Vouliez-vous dire « check » ?"),
        (["coding", "ad", "--by", "ines"], "Il n’y a pas de commande « ad »."),
        (["coding", "add"], "Il manque l’option '--by'."),
        (["coding", "add", "--by", "ines", "--from", "nulle-part.csv"], "Fichier introuvable : « nulle-part.csv »."),
        (["show", "un", "deux", "trois"], "Des arguments sont de trop : deux trois"),
        (["build", "--jobs", "deux"], "« deux » n’est pas un nombre entier."),
        (["build", "--jobs", "0"], "0 est hors de l’intervalle x>=1."),
        (["build", "--format", "doc"], "« doc » n’est pas l’un de ceux-ci : 'pdf', 'html', 'all'."),
        (["build", "--only"], "L’option « --only » attend une valeur."),
        (["check", "--fix=oui"], "L’option « --fix » ne prend pas de valeur."),
    ],
)
def test_a_mistake_on_the_command_line_is_told_in_french(ethnokit, call, said):
    run = ethnokit("--lang", "fr", *call)
    assert run.code == 2
    assert words(said) in words(run.err)
    assert re.findall(r"\b(?:Usage|Error|Missing|No such|Try|Invalid|Got|Did you)\b", run.err) == []


def test_the_language_is_asked_for_before_anything_else_is_read(ethnokit, tmp_path):
    (tmp_path / "ethnokit.yaml").write_text("langue: fr\n", encoding="utf-8")
    assert "Options :" in ethnokit("--help", "--lang", "fr").out.replace("\u00a0", " ")
    assert "Erreur" in ethnokit("--wrong", "--lang=fr").err
    assert "Usage:" in ethnokit("--lang", "en", "-C", tmp_path, "show", "--help").out


def test_a_french_study_speaks_french(ethnokit, tmp_path, monkeypatch):
    (tmp_path / "ethnokit.yaml").write_text("langue: fr\n", encoding="utf-8")
    monkeypatch.delenv("ETHNOKIT_LANG", raising=False)
    monkeypatch.setattr("ethnokit.cli.os.environ", {"LANG": "en_GB.UTF-8"})
    assert "Il n’y a pas d’option" in ethnokit("-C", tmp_path, "--wrong").err


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1"])
def test_french_is_said_where_not_every_sign_can_be_written(tmp_path, encoding):
    """As on Windows, where what goes into a file or a pipe is not in UTF-8."""
    study = tmp_path / "fieldwork/interviews"
    study.mkdir(parents=True)
    (study / "a.md").write_text("---\nid: a\n---\n\n**P1 :** Œuvrer → été.\n", encoding="utf-8")

    def run(*arguments):
        command = [sys.executable, "-m", "ethnokit", "-C", tmp_path, "--lang", "fr", *arguments]
        environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONIOENCODING": encoding}
        done = subprocess.run(command, env=environment, capture_output=True, timeout=60, check=False)
        assert done.returncode in (0, 1), done.stderr
        return done.stdout

    said = run("check").decode(encoding)
    assert "de ce document n" in said
    assert "consentement ; rien" in said
    assert "uvrer" in run("show", "a").decode(encoding)
    assert json.loads(run("show", "a", "--json"))["body"] == "\n**P1 :** Œuvrer → été.\n"


def test_what_the_system_says_is_said_in_french(ethnokit):
    ethnokit("--lang", "fr", "--version")
    assert reason(PermissionError(13, "Permission denied")) == "vous n’en avez pas le droit"
    assert reason(OSError(5, "a reason of which nobody thought")) == "a reason of which nobody thought"
    assert reason(OSError()) == "OSError"

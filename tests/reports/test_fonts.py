"""The faces of the reports: where they are, what they cover, and that nothing else is listed."""

import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from ethnokit.reports import fonts


def test_each_face_is_an_installed_file_of_its_family():
    from fontTools.ttLib import TTFont

    for face in fonts.FACES:
        with TTFont(face.path) as font:
            assert face.family in font["name"].getDebugName(16 if font["name"].getDebugName(16) else 1)
            assert font["OS/2"].usWeightClass == face.weight
            assert bool(font["post"].italicAngle) == (face.style == "italic")


def test_css_names_each_file_and_hyphenates_with_a_covered_character():
    css = fonts.font_face_css()
    assert css.count("@font-face") == len(fonts.FACES) == 8
    assert all(face.path.as_uri() in css for face in fonts.FACES)
    assert 'hyphenate-character: "-"' in css


def test_private_configuration_lists_the_two_folders_only(tmp_path):
    tree = ElementTree.fromstring(fonts.fonts_conf(tmp_path))
    assert [Path(folder.text) for folder in tree.findall("dir")] == list(fonts.folders())
    assert len(tree.findall("selectfont/acceptfont/glob")) == 8
    assert tree.find("include") is None


def test_isolate_writes_the_file_into_the_cache_of_the_user(tmp_path, monkeypatch):
    monkeypatch.setattr("platformdirs.user_cache_path", lambda _name: tmp_path / "cache")
    monkeypatch.setenv("FONTCONFIG_FILE", "before")
    conf = fonts.isolate()
    assert conf.is_relative_to(tmp_path)
    assert fonts.isolate() == conf
    assert [path.name for path in conf.parent.iterdir()] == ["fonts.conf"]


def test_isolate_does_without_a_cache_of_the_user(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("not a folder")
    monkeypatch.setattr("platformdirs.user_cache_path", lambda _name: tmp_path / "file")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setenv("FONTCONFIG_FILE", "before")
    assert fonts.isolate().read_text(encoding="utf-8").startswith("<?xml")


@pytest.mark.parametrize(
    ("text", "missing"),
    [("Ça œuvre à 12\u202f% — « été »…\n", ()), ("→ 漢字漢", ("字", "漢")), ("", ())],
)
def test_missing_glyphs(text, missing):
    assert fonts.missing_glyphs(text) == missing


def test_widths_grow_with_text_and_size():
    assert 0 < fonts.text_width("il", 10) < fonts.text_width("mm", 10) < fonts.text_width("mm", 12)


def test_the_pdf_engine_is_not_loaded_with_the_fonts():
    code = "import sys, ethnokit.reports.fonts, ethnokit.reports.pdf; assert 'weasyprint' not in sys.modules"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0

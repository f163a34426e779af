"""What every Markdown file of a study shares: size, decoding, header, body."""

from __future__ import annotations

from dataclasses import dataclass

from ethnokit.diagnostics import Diagnostic, Fix, Severity, Source
from ethnokit.i18n import gettext as _
from ethnokit.ingest.frontmatter import Front, split
from ethnokit.text.normal import MAX_BYTES, decode, too_large
from ethnokit.text.slug import is_id, slug, slug_of_path
from ethnokit.text.yamlfile import EMPTY, Yaml, read_yaml


@dataclass(frozen=True, slots=True)
class Opened:
    """A file ready for its schema."""

    source: Source
    front: Front
    yaml: Yaml
    broken: bool = False
    """The header cannot be read as YAML: that is said, and nothing may be said to be missing from it."""

    @property
    def has_header(self) -> bool:
        """Whether a header stands at the top of the file, readable or not."""
        return self.front.header is not None

    def is_silent(self, *path: str | int) -> bool:
        """Whether the header says nothing at ``path``; a value that cannot be read is a problem of its own."""
        return not self.broken and self.yaml.value(path) is None


def decode_text(data: bytes, path: str, size: int | None = None) -> tuple[str, list[Diagnostic]]:
    """The text of a file; empty with a problem when it is empty, too large or no text.

    ``size`` is the file's size in bytes when ``data`` was not read in full.
    """
    if max(len(data), size or 0) > MAX_BYTES:
        return "", [too_large(path)]
    decoded = decode(data, path)
    problems = list(decoded.diagnostics)
    if not decoded.text.strip() and not problems:
        problems.append(Source.of(path, "").problem("FI001", Severity.WARNING, _("This file is empty.")))
    return decoded.text, problems


def open_markdown(data: bytes, path: str, size: int | None = None) -> tuple[Opened, list[Diagnostic]]:
    """Decode a Markdown file and read its header as YAML; a bad header never hides the body."""
    text, problems = decode_text(data, path, size)
    source = Source.of(path, text)
    front, found = split(text, source)
    problems += found
    yaml, found = EMPTY, []
    if front.header is not None:
        yaml, found = read_yaml(front.header, source, front.header_line)
        problems += found
        if yaml.data is None:
            yaml = EMPTY
    return Opened(source, front, yaml, broken=bool(found) and not yaml.data), problems


def read_id(written: str | None, opened: Opened, problems: list[Diagnostic]) -> str:
    """The id of a file: as its header says, else made from its name (said when there is a header)."""
    fallback = slug_of_path(opened.source.path)
    if written is None:
        if opened.has_header and not opened.broken:
            message = _("The header gives no id; “{id}” is made from the file's name.").format(id=fallback)
            hint = _("Write id: {id} in the header, so that renaming the file loses nothing.").format(id=fallback)
            fix = _id_fix(opened, fallback)
            problems.append(opened.source.problem("FM002", Severity.WARNING, message, hint=hint, fix=fix))
        return fallback
    if is_id(written):
        return written
    mark = opened.yaml.mark(("id",))
    made = slug(written)
    message = _("An id holds letters without accents, digits, - and _ only; it is read as “{id}”.").format(id=made)
    problems.append(
        opened.source.problem("FM006", Severity.ERROR, message, line=mark.line, column=mark.column, length=mark.length)
    )
    return made


def _id_fix(opened: Opened, id: str) -> Fix | None:
    """Write down the id that the file has by its name, as the first key of a header of one key a line."""
    header = opened.front.header or ""
    if not opened.yaml.data or opened.yaml.has(("id",)) or header.lstrip().startswith("{"):
        return None
    at = opened.source.starts[opened.front.header_line - 1]
    return Fix(at, at, f"id: {id}\n")

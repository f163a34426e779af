"""Compile the translations (.po) that the package ships as .mo, in a wheel as in an editable install."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Translations(BuildHookInterface):  # type: ignore[misc,unused-ignore] # untyped where hatchling is absent
    """Write ``ethnokit.mo`` beside each ``ethnokit.po``."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        from babel.messages.mofile import write_mo
        from babel.messages.pofile import read_po

        for source in sorted(Path(self.root, "src/ethnokit/locale").glob("*/LC_MESSAGES/*.po")):
            catalogue = read_po(source.open("rb"))
            with source.with_suffix(".mo").open("wb") as target:
                write_mo(target, catalogue)

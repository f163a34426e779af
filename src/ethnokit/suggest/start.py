"""spaCy without its command line, which it imports for one function that is never called here."""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any


def import_spacy() -> Any:
    """The ``spacy`` module, a quarter sooner: its ``spacy.cli`` alone brings in httpx, requests and weasel.

    For the time of the import an empty module stands in its place; afterwards it can be imported as ever.
    """
    if "spacy" not in sys.modules:
        stand_in = ModuleType("spacy.cli.info")
        stand_in.info = None  # type: ignore[attr-defined]
        names = {"spacy.cli": ModuleType("spacy.cli"), "spacy.cli.info": stand_in}
        sys.modules.update(names)
        try:
            import spacy
        finally:
            for name in names:
                del sys.modules[name]
    import spacy

    return spacy

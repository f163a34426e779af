"""What was already computed, found by its content. Delete ``.ethnokit/`` at any time: nothing is lost.

A value is stored under the sha256 of everything that went into it (:func:`ethnokit.cache.stage.key`): the bytes
that were read, the name of the stage, and EthnoKit's own code. Nothing is ever looked up by path or date, so
nothing can be out of date. Values are JSON with a checksum, never pickles. A cache that is damaged, locked or
cannot be written (read-only folder, full disk) is only slower, never an error.

``store`` keeps texts in SQLite, ``values`` turns frozen dataclasses into text and back, ``stage`` joins the two.
"""

from ethnokit.cache.stage import Stage, key
from ethnokit.cache.store import FOLDER, Cache

__all__ = ["FOLDER", "Cache", "Stage", "key"]

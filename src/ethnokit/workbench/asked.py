"""What the page sent, taken apart with care: everything in it may be missing or wrong."""

from __future__ import annotations

from typing import Any, TypeVar

from ethnokit.i18n import gettext as _
from ethnokit.workbench.errors import Denied

T = TypeVar("T")


class Asked:
    """The data of a request."""

    def __init__(self, data: Any) -> None:
        if not isinstance(data, dict):
            raise Denied("wrong", _("keys and values are expected"))
        self._data = data

    def text(self, key: str) -> str:
        """A text that must be there.

        Raises:
            Denied: it is missing, or no text.
        """
        value = self.optional(key, str)
        if value is None:
            raise Denied("wrong", _("a text is expected for the key “{key}”").format(key=key))
        return value

    def optional(self, key: str, kind: type[T]) -> T | None:
        """A value of a kind, or None where it is missing.

        Raises:
            Denied: it is of another kind.
        """
        value = self._data.get(key)
        if value is None:
            return None
        if not isinstance(value, kind) or isinstance(value, bool) != (kind is bool):
            raise Denied("wrong", _("The key “{key}” holds something else than expected.").format(key=key))
        return value

"""Problems of a study as data; rules, their explanations and the formats that print them."""

from ethnokit.diagnostics.diagnostic import Diagnostic, Fix, Severity, Source, in_order, one_word, without_text

__all__ = ["Diagnostic", "Fix", "Severity", "Source", "in_order", "one_word", "without_text"]

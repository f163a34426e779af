"""The codebook file: read, checked, and its word lists understood."""

from ethnokit.codebook.read import read_codebook
from ethnokit.codebook.terms import Term, parse_term

__all__ = ["Term", "parse_term", "read_codebook"]

"""A study read from its folder: files, their contents, and what they say of each other."""

from ethnokit.study.load import load

__all__ = ["load"]

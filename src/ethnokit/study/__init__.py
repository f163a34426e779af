"""A study read from its folder: files, their contents, and what they say of each other."""

from ethnokit.study.load import Loaded, ask, load

__all__ = ["Loaded", "ask", "load"]

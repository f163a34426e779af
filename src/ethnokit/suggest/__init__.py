"""Machine proposals of codings, with their reasons. The only package that imports spaCy, and only on a cache miss."""

from ethnokit.suggest.stage import PipelineMissing, suggestions_for, without_refused

__all__ = ["PipelineMissing", "suggestions_for", "without_refused"]

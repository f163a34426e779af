"""Codings: the append-only log of decisions, what follows from it, and the anchors that hold on to the text."""

"""What is said of a coding: the verdict of a reviewer, and the words that both exchange about it.

Each goes to the log of who says it, and changes nothing of the coding. A verdict holds for the coding as it stood:
once its code, its passage or its attributes are changed, it waits for a new one.
"""

from __future__ import annotations

from dataclasses import replace

from ethnokit.codings.attributes import problem
from ethnokit.codings.desk import Desk, Outcome, name_problems, new_event, write
from ethnokit.diagnostics import Diagnostic
from ethnokit.i18n import gettext as _
from ethnokit.model.coding import Coding
from ethnokit.model.words import Act, Verdict


def give_verdict(
    desk: Desk, coding: Coding, verdict: Verdict, remark: str | None = None, *, gesture: str | None = None
) -> Outcome:
    """Say what a reviewer thinks of a coding as it stands; who asks for a change or refuses says why."""
    text = (remark or "").strip()
    problems = name_problems(desk.by)
    if verdict is Verdict.CHANGE and not text:
        problems.append(_wordless(_("Say what is to be changed.")))
    if verdict is Verdict.REFUSED and not text:
        problems.append(_wordless(_("Say why the coding is refused.")))
    event = new_event(_at(desk, gesture), Act.VERDICT, coding.document)
    event = replace(event, of=coding.id, verdict=verdict, remark=text or None, seen=coding.revision)
    return write(desk, event, problems)


def comment(desk: Desk, coding: Coding, text: str, *, gesture: str | None = None) -> Outcome:
    """Say something of a coding: a question, or the answer to a verdict."""
    said = text.strip()
    problems = name_problems(desk.by)
    if not said:
        problems.append(_wordless(_("The comment has no words.")))
    event = replace(new_event(_at(desk, gesture), Act.COMMENT, coding.document), of=coding.id, remark=said)
    return write(desk, event, problems)


def _at(desk: Desk, gesture: str | None) -> Desk:
    return desk if gesture is None else replace(desk, gesture=gesture)


def _wordless(message: str) -> Diagnostic:
    return problem("CD028", message)

"""A document as the rows of the page."""

import itertools

from hypothesis import given
from hypothesis import strategies as st
from served import FILES

from ethnokit.ingest.document import read_document
from ethnokit.model import DocumentType
from ethnokit.workbench.rows import rows_of


def read(text, kind=DocumentType.INTERVIEW):
    return read_document(text.encode(), "fieldwork/interviews/a.md", kind)[0]


def told(document):
    rows = ((r.kind, r.turn and r.turn.speaker, r.first, document.body[r.start : r.end]) for r in rows_of(document))
    return [(*row[:3], row[3][:25]) for row in rows]


def test_turns_come_in_paragraphs_and_labels_are_not_among_the_words():
    assert told(read(FILES["fieldwork/interviews/ent-loutres-01.md"])) == [
        ("aside", None, False, "## Les décisions"),
        ("turn", "E", True, "Qui décide, chez vous ?"),
        ("turn", "P1", True, "On est quatre 🦦 à voter, "),
        ("turn", "P1", False, "On a essayé autrement une"),
        ("turn", "E", True, "Et quand vous n’êtes pas "),
        ("turn", "P1", True, "Alors on attend. Le tréso"),
    ]


def test_a_remark_between_turns_stays_to_be_read():
    document = read("---\nid: a\n---\n\n**P1:** Oui.\n\n## Après la pause\n\n**P2:** Non.\n")
    assert ("aside", None, False, "## Après la pause") in told(document)


def test_a_page_without_speakers_is_read_whole():
    document = read("---\nid: a\n---\n\nUn paragraphe.\n \nUn autre.\n", DocumentType.DOCUMENT)
    assert [row[3] for row in told(document)] == ["Un paragraphe.", "Un autre."]


lines = st.sampled_from(
    [
        "**E:** Et alors ?",
        "**P1:** On tient 🦦.",
        "P2 : « voilà »",
        "",
        " ",
        "## Un titre",
        "Une suite.",
        "[rires]",
        "- un",
    ]
)


@given(st.lists(lines, max_size=25))
def test_rows_are_in_order_and_hold_every_word_but_labels(written):
    document = read("---\nid: a\n---\n" + "\n".join(written) + "\n")
    rows, body = rows_of(document), document.body
    assert all(row.start < row.end and body[row.start : row.end].strip() == body[row.start : row.end] for row in rows)
    assert all(one.end <= next_.start for one, next_ in itertools.pairwise(rows))
    shown = {place for row in rows for place in range(row.start, row.end)}
    said = {p for t in document.turns for p in range(t.start, t.end) if not body[p].isspace()}
    assert said <= shown

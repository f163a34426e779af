"""``ethnokit network``: what passages say of a named structure, and apart from it what questionnaires state."""


def test_ties_said_in_passages(ask):
    out = ask("network").out
    lines = [" ".join(line.split()) for line in out.splitlines()]
    assert lines.index("La Grue Entraide seeks 1 1") == lines.index("Les Loutres du Canal") + 1
    assert "Le Pivert Entraide – 1 1" in lines
    assert "1 passage names a structure and speaks for no single one: it makes no tie (obs-rives-01)." in lines


def test_stated_ties_only_when_asked_and_apart(ask):
    out = ask("network").out
    assert "Castor" not in out
    assert "2 ties are stated in questionnaires only; see them with --stated." in out
    said, stated = ask("network", "--stated").out.split("Stated in a questionnaire, without any passage:")
    assert "Castor" not in said
    assert "Le Castor" in stated
    assert "Les Loutres du Canal" in stated


def test_postures_in_the_language_of_the_interface(ask):
    assert "cherche" in ask("--lang", "fr", "network").out


def test_json(data):
    found = data("--lang", "fr", "network")
    assert found["ties"] == [
        {
            "source": "loutres",
            "target": "grue",
            "code": "coop.entraide",
            "posture": "seeks",
            "passages": 1,
            "documents": 1,
            "stated": False,
        },
        {
            "source": "loutres",
            "target": "pivert",
            "code": "coop.entraide",
            "posture": None,
            "passages": 1,
            "documents": 1,
            "stated": False,
        },
    ]
    assert [(tie["source"], tie["target"]) for tie in found["unattributed"]] == [(None, "loutres")]
    assert "stated" not in found
    stated = data("network", "--stated")["stated"]
    assert [(tie["source"], tie["target"], tie["passages"]) for tie in stated] == [
        ("grue", "castor", 0),
        ("grue", "loutres", 0),
    ]


def test_csv_says_of_what_kind_each_tie_is(table):
    kinds = [(row["kind"], row["source"], row["target"]) for row in table("network", "--stated")]
    assert kinds == [
        ("passages", "loutres", "grue"),
        ("passages", "loutres", "pivert"),
        ("unattributed", "", "loutres"),
        ("stated", "grue", "castor"),
        ("stated", "grue", "loutres"),
    ]


def test_no_tie_at_all(ethnokit, field):
    for log in (field / "fieldwork/codings").rglob("*.jsonl"):
        log.unlink()
    assert "No passage names another structure" in ethnokit("-C", field, "network").out

"""``ethnokit coverage``: the whole register, with silence, refusal and hearsay kept apart."""

from field import STRUCTURE, write


def test_groups_have_their_denominator(ask):
    out = ask("coverage").out
    assert "met: 2 of 7\n" in out
    assert "answered a questionnaire only: 1 of 7\n" in out
    assert "refused: 1 of 7\n" in out
    assert "not asked yet: 1 of 7\n" in out
    assert "asked, silent so far: 0 of 7\n" in out
    assert "2 structures of the collective are not in the register." in out


def test_what_there_is_of_each_structure(ask):
    lines = [" ".join(line.split()) for line in ask("coverage").out.splitlines()]
    assert lines[0] == "structure state interv. obs. docs quest. read passages"
    assert "Les Loutres du Canal met 1 1 – – 2/2 4" in lines
    assert "Le Vison met 1 – – – 0/1 –" in lines
    assert "La Grue reminded – 1 – 1 1/1 0" in lines
    assert "Le Castor refused – – – – – –" in lines


def test_who_is_only_spoken_of(ask):
    assert "Only spoken of by others: Le Pivert (1 passage)." in ask("coverage").out


def test_states_are_said_in_the_language_of_the_interface(ask):
    assert "relancée" in ask("--lang", "fr", "coverage").out


def test_json_has_stable_words(data):
    found = data("--lang", "fr", "coverage")
    assert found["summary"]["population"] == 7
    assert found["summary"]["groups"]["answered"] == ["grue"]
    assert found["summary"]["only_told"] == ["pivert"]
    grue = next(line for line in found["structures"] if line["structure"] == "grue")
    assert (grue["state"], grue["group"], grue["told"], grue["questionnaires"]) == ("reminded", "answered", 1, 1)


def test_csv_has_every_structure_once(table):
    rows = table("coverage")
    assert [row["structure"] for row in rows] == ["castor", "grue", "loutres", "pivert", "vison"]
    assert rows[3]["only_told"] == "true"


def test_a_name_moves_no_cursor_and_is_no_markup(ask, field):
    name = r"[red]La Pie[/red] \e[2J \x9b1m"
    write(field, "fieldwork/structures/pie.md", STRUCTURE.format(id="pie", name=name, state="refus"))
    out = ask("coverage").out
    assert "\x1b" not in out
    assert "\x9b" not in out
    assert "[red]La Pie[/red]" in " ".join(out.split())


def test_a_study_with_errors_says_that_it_is_not_whole(ethnokit, field):
    write(field, "fieldwork/structures/pie.md", "---\nid: pie\ntype: structure\nnom: La Pie\ncouleur: bleue\n---\n")
    run = ethnokit("-C", field, "coverage")
    assert "ethnokit check" in run.err
    assert ethnokit("-q", "-C", field, "coverage").err == ""


def test_two_forms_at_once_are_refused(ethnokit, field):
    run = ethnokit("-C", field, "coverage", "--json", "--csv")
    assert run.code == 2
    assert "not both" in run.err

import hashlib
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ethnokit.cache import Cache
from ethnokit.model import (
    Anchor,
    Code,
    Codebook,
    Coding,
    Document,
    DocumentType,
    Part,
    Posture,
    PostureRule,
    Refusal,
    Role,
    Settings,
    Structure,
    Study,
    Turn,
)
from ethnokit.suggest import PipelineMissing, suggestions_for, without_refused
from ethnokit.suggest.engine import suggest


def document(*said, kind=DocumentType.INTERVIEW, structures=()):
    """A document of (role, text) or (role, text, part)."""
    body, turns = "", []
    for n, (role, text, *part) in enumerate(said, 1):
        turns.append(Turn(n, "X", role, None, len(body), len(body) + len(text), part[0] if part else None))
        body += text + "\n\n"
    digest = hashlib.sha256(body.encode()).hexdigest()
    return Document("d1", kind, "d1.md", body, 1, digest, turns=tuple(turns), structures=structures)


def book(*codes, postures=(), language="fr"):
    return Codebook("b", "1", language, codes=codes, postures=postures)


def quotes(text, code, **more):
    doc = text if isinstance(text, Document) else document((Role.PARTICIPANT, text))
    return [s.quote for s in suggest(doc, book(code, **more))]


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("adhérent", "Nos adhérent·es paient."),
        ("adhérent", "Il y a des ADHÉRENT.E.S."),
        ("adhérent", "Soixante adhérent(e)s."),
        ("adhérent", "Soixante adhérent-es."),
        ("nombreux", "Elles sont nombreu⋅ses."),
        ("compétence", "On cherche des compétence(s)."),
        ("tout", "Bonjour à tous·tes !"),
        ("hébergement", "C'est l’hébergement."),
        ("hébergement", "C'est l'hébergement."),
        ("à l'origine", "À l’origine on était deux."),
        ("héberger", "On les hébergeait."),
        ("héberger", "Ils hébergent des pads."),
        ("décider", "Elles décident."),
        ("logiciel libre", "Le logiciel\u00a0libre."),
        ("logiciel libre", "Les logiciels\n  libres."),
        ("vie privé", "La vie privée."),
        ("avoir ~1 besoin", "On a vraiment besoin de bras."),
        ("créer ~3 association", "On a créé en 2015 notre association."),
        ("tiers-lieu", "Les tiers-lieux du coin."),
        ("cœur", "Le coeur du sujet."),
        ("tiers-lieu", "Un tiers lieu du coin."),
        ("low-tech", "C'est low tech."),
        ("directeur", "La directrice signe."),
        ("étudiant", "Des étudiant·es passent."),
        ("utilisateur", "Des utilisatrices passent."),
        ("maintenir", "Elle maintient le logiciel."),
        ("rejoindre", "Elles nous ont rejointes."),
        ("répondre", "On leur répond le soir."),
        ("découvrir", "On a découvert la panne."),
        ("construire", "Ils construisent une antenne."),
        ("recevoir", "On reçoit des dons."),
        ("nouveau", "Une nouvelle bénévole."),
        ("partir", "Quand il est parti."),
    ],
)
def test_a_word_is_found_however_it_is_written(term, text):
    assert quotes(text, Code("c", "C", strong=(term,))) == [text]


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("créer ~1 association", "On a créé en 2015 notre association."),
        ("créer ~3 association", "On a créé. Notre association vit."),
        ("« marché »", "On a marche longtemps, ils marchent."),
        ("logiciel libre", "Le logiciel, libre."),
        ("don", "On leur a donné une adresse."),
        ("présider", "Le président est là."),
        ("maintenance", "Maintenant ça va."),
        ("donnée", "On leur donne une adresse."),
        ("donner ~4 temps", "Nos données prennent du temps."),
        ("commune", "Un pot commun."),
        ("communication", "Un pot commun."),
        ("coopérer", "La coopérative a signé."),
        ("élève", "Des murs élevés."),
        ("utilisateur", "On utilise un pad."),
        ("chiffrer", "Voici les chiffres."),
        ("débutant", "Au début on était deux."),
        ("partir", "Une partie des gens."),
        ("former", "Sous la forme d'un dessin."),
        ("particulier", "C'est particulièrement long."),
        ("wiki", "Voir https://fr.wikipedia.org/wiki/Chat et [la page](https://a.example/wiki/x)."),
    ],
)
def test_what_is_not_the_word_is_not_found(term, text):
    assert quotes(text, Code("c", "C", strong=(term,))) == []


def test_quoted_word_is_found_in_its_form_whatever_its_case():
    assert quotes("Marché public.", Code("c", "C", strong=("« marché »",))) == ["Marché public."]


def test_case_counts_in_patterns():
    code = Code("c", "C", patterns=(r"\bSympa\b",))
    assert quotes("C'est sympa. On utilise Sympa pour les listes.", code) == ["On utilise Sympa pour les listes."]


def test_a_pattern_that_runs_away_finds_nothing_and_ends():
    assert quotes("a" * 40 + " !", Code("c", "C", patterns=(r"(a|aa)+$",))) == []


def test_two_different_weak_words_in_the_same_segment():
    code = Code("c", "C", weak=("argent", "prix", "prix libre"), blocking=("cadeau",))
    assert quotes("L'argent manque. Autre chose. Le prix monte.", code) == [
        "L'argent manque. Autre chose. Le prix monte."
    ]
    assert quotes("L'argent, encore l'argent.", code) == []
    assert quotes("L'argent.\n\nLe prix.", code) == []
    assert quotes("- L'argent.\n- Le prix.", code) == []
    assert quotes("L'argent, le prix, un cadeau.", code) == []
    same_stem = Code("c", "C", weak=("héberger", "hébergement"))
    assert quotes("L'hébergement, oui, on héberge.", same_stem) == []


def test_strong_words_are_not_silenced_and_far_sentences_are_two_suggestions():
    code = Code("c", "C", strong=("vote",), blocking=("cadeau",))
    assert quotes("On vote. Un cadeau. Rien. On vote encore.", code) == ["On vote.", "On vote encore."]


def test_neighbouring_sentences_are_one_suggestion():
    assert quotes("Avant. On vote. On vote encore. Après.", Code("c", "C", strong=("vote",))) == [
        "On vote. On vote encore."
    ]


def test_interviewers_others_manual_codes_and_families_are_never_suggested():
    said = (Role.INTERVIEWER, "Vous votez ?"), (Role.OTHER, "Je vote."), (Role.PARTICIPANT, "On vote.")
    codes = Code("c", "C", strong=("voter",)), Code("m", "M", strong=("voter",), manual=True)
    found = suggest(document(*said), book(*codes, Code("f", "F", strong=("voter",), codable=False)))
    assert [(s.code, s.quote) for s in found] == [("c", "On vote.")]


def test_of_an_observation_only_facts_and_reported_words():
    said = [(Role.NONE, f"On vote {part}.", part) for part in (*Part, None)]
    found = quotes(document(*said, kind=DocumentType.OBSERVATION), Code("c", "C", strong=("voter",)))
    assert found == ["On vote facts.", "On vote reported."]
    assert quotes(document((Role.NONE, "On vote."), kind=DocumentType.DOCUMENT), Code("c", "C", strong=("voter",)))


def test_one_place_is_one_reason():
    code = Code("c", "C", strong=("cotiser", "cotisation", "prix libre"), weak=("prix", "libre", "argent"))
    (found,) = suggest(document((Role.PARTICIPANT, "La cotisation est à prix libre.")), book(code))
    assert found.why == ("strong: cotisation ← cotisation", "strong: prix libre ← prix libre")
    only_weak = Code("c", "C", weak=("prix libre", "prix", "libre"))
    assert quotes("C'est à prix libre.", only_weak) == []
    assert quotes("C'est à prix libre, le prix du pain.", only_weak) == ["C'est à prix libre, le prix du pain."]


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("Rien. (rires) On vote.", "(rires) On vote."),
        ("Rien. « On vote. » Rien.", "« On vote. »"),
        ("[04:09] On vote.", "On vote."),
        ("- On vote.\n- Rien.", "On vote."),
        ("> « On vote. » (une bénévole)", "« On vote. »"),
        ("Voir [la page](https://a.example/x.y). On vote.", "On vote."),
    ],
)
def test_a_quote_begins_and_ends_where_a_person_would(text, quote):
    assert quotes(text, Code("c", "C", strong=("voter",))) == [quote]


def test_in_an_interview_with_speakers_only_participants_are_quoted():
    said = [(Role.NONE, "Chapeau : on vote."), (Role.INTERVIEWER, "Vous votez ?"), (Role.PARTICIPANT, "On vote.")]
    code = Code("c", "C", strong=("voter",))
    assert quotes(document(*said), code) == ["On vote."]
    assert quotes(document(*said[:1]), code) == ["Chapeau : on vote."]


def test_what_stands_in_brackets_by_itself_is_nobodys_words():
    code = Code("c", "C", strong=("association",))
    said = "> « Rien. » (membre, association)\n\n(une association)\n\nL'association (de loin) tient."
    assert quotes(said, code) == ["L'association (de loin) tient."]


def test_exact_form_scores_above_stem_and_says_why():
    found = suggest(
        document((Role.PARTICIPANT, "On décide. Rien. Rien. Il faut décider.")),
        book(Code("c", "C", strong=("décider",))),
    )
    assert found[0].score < found[1].score
    assert found[0].why == ("strong: décider ← décide",)
    assert found[0].source == "words"


def test_posture_and_target():
    code = Code("c", "C", strong=("sauvegarde",), relation=True)
    rules = (PostureRule(Posture.OFFERS, ("prêter",)), PostureRule(Posture.SEEKS, ("chercher",)))
    known = Structure("loutres", "Les Loutres", "l.md"), Structure("nous", "Nous", "n.md", other_names=("La Maison",))
    text = "On cherche une sauvegarde chez les Loutres, pas à La Maison."
    (found,) = suggest(document((Role.PARTICIPANT, text), structures=("nous",)), book(code, postures=rules), known)
    assert (found.attributes.posture, found.attributes.target) == (Posture.SEEKS, "loutres")
    (plain,) = suggest(document((Role.PARTICIPANT, "Une sauvegarde.")), book(code, postures=rules), known)
    assert (plain.attributes.posture, plain.attributes.target) == (None, None)


def test_english():
    code = Code("c", "C", strong=("decide ~2 together",))
    assert quotes("We decided things together.", code, language="en") == ["We decided things together."]


def test_ids_are_stable_and_told_apart_by_occurrence():
    doc = document((Role.PARTICIPANT, "On vote."), (Role.PARTICIPANT, "On vote."))
    codebook = book(Code("c", "C", strong=("voter",)))
    first, second = suggest(doc, codebook)
    assert first.id == hashlib.sha256(b"d1|c|On vote.|0").hexdigest()[:12]
    assert second.id == hashlib.sha256(b"d1|c|On vote.|1").hexdigest()[:12]
    longer = document((Role.PARTICIPANT, "Bonjour. Bonsoir."), (Role.PARTICIPANT, "On vote."))
    assert suggest(longer, codebook)[0].id == first.id


PIECES = st.sampled_from(
    [
        "On vote",
        "l’argent",
        " ",
        "\n",
        "\n\n",
        ". ",
        "- ",
        "adhérent·es",
        "😀",
        "é",
        "\u00a0",
        "«",
        "…",
        "(s)",
        ", ",
        "prix",
    ]
)
RANDOM = st.lists(PIECES, max_size=30).map("".join) | st.text(max_size=60)


@settings(deadline=None, max_examples=150)
@given(st.lists(st.tuples(st.sampled_from(Role), RANDOM), max_size=4))
def test_offsets_are_exact(said):
    doc = document(*said)
    codebook = book(
        Code("c", "C", strong=("vote", "argent ~3 prix")),
        Code("w", "W", weak=("adhérent", "prix"), patterns=(r"\w+é",)),
    )
    found = suggest(doc, codebook)
    assert len({s.id for s in found}) == len(found)
    for s in found:
        assert s.quote == doc.body[s.start : s.end] != ""
        assert doc.turn_at(s.start).role in (Role.PARTICIPANT, Role.NONE)
        assert s.end <= doc.turn_at(s.start).end
        assert 0 < s.score < 1


def study(doc, codebook, pipeline=None):
    return Study(Path(), Settings(pipeline=pipeline), codebook, documents=(doc,))


def test_a_missing_pipeline_says_how_to_install_it(tmp_path):
    doc, codebook = document((Role.PARTICIPANT, "On vote.")), book(Code("c", "C", strong=("voter",)))
    with Cache(tmp_path) as cache, pytest.raises(PipelineMissing, match="python -m spacy download fr_nowhere"):
        suggestions_for(study(doc, codebook, "fr_nowhere"), (doc,), cache)


def test_the_cache_gives_the_same_and_notices_changes(tmp_path):
    doc, codebook = (
        document((Role.PARTICIPANT, "On cherche un vote.")),
        book(Code("c", "C", strong=("vote",)), postures=(PostureRule(Posture.SEEKS, ("chercher",)),)),
    )
    asked = document((Role.INTERVIEWER, "On cherche un vote."))
    with Cache(tmp_path) as cache:
        cold = suggestions_for(study(doc, codebook), (doc,), cache)
        assert len(cold) == 1
        assert (
            suggestions_for(study(doc, codebook), (doc,), cache)
            == cold
            == suggestions_for(study(doc, codebook), (doc,))
        )
        assert suggestions_for(study(doc, book(Code("c", "C", strong=("rien",)))), (doc,), cache) == ()
        assert suggestions_for(study(asked, codebook), (asked,), cache) == ()


def test_importing_the_package_imports_no_spacy_and_a_run_no_heavy_french():
    code = (
        "import sys, ethnokit.suggest as s; assert 'spacy' not in sys.modules;"
        "from ethnokit.suggest.engine import _language; _language('fr', None)('Oui.');"
        "assert 'spacy.lang.fr' not in sys.modules"
    )
    done = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


def test_refused_and_coded_suggestions_do_not_come_back():
    import datetime as dt

    doc = document((Role.PARTICIPANT, "On vote. Rien. Rien. On vote aussi."))
    found = suggest(doc, book(Code("c", "C", strong=("voter",)), Code("e", "E", strong=("voter",))))
    one = next(s for s in found if s.code == "c")
    rest = tuple(s for s in found if s is not one)

    def refusal(start, end, quote):
        return Refusal("r", "d1", "c", Anchor(start, end, quote), "lou")

    assert without_refused(found, [refusal(one.start, one.end, one.quote)], []) == rest
    assert without_refused(found, [refusal(one.start + 3, one.end + 2, one.quote[3:] + " R")], []) == rest
    assert without_refused(found, [refusal(900, 908, one.quote)], []) == rest
    assert without_refused(found, [refusal(one.start, one.end, "Du texte")], []) == found
    twice = document((Role.PARTICIPANT, "On vote."), (Role.PARTICIPANT, "On vote."))
    first, second = suggest(twice, book(Code("c", "C", strong=("voter",))))
    assert without_refused((first, second), [refusal(first.start, first.end, first.quote)], []) == (second,)
    now = dt.datetime(2024, 5, 31, tzinfo=dt.UTC)
    coding = Coding("k", "d1", "c", Anchor(one.start, one.end, one.quote), "lou", now)
    assert without_refused(found, [], [coding]) == rest
    changed = Coding("k", "d1", "f", Anchor(one.start, one.start + 2, one.quote[:2]), "lou", now, suggestion=one.id)
    assert without_refused(found, [], [changed]) == rest


def test_the_codebook_given_does_not_take_the_collective_for_a_local_authority():
    from pathlib import Path

    from ethnokit.codebook.read import read_codebook

    codebook, _problems = read_codebook((Path(__file__).parents[2] / "codebook.yaml").read_bytes(), "codebook.yaml")
    text = "Le collectif porte nos développements depuis son départ. Les collectivités, elles, attendent."
    found = suggest(document((Role.PARTICIPANT, text)), codebook)
    assert [(s.code, s.quote) for s in found] == [("coop.collectivites", "Les collectivités, elles, attendent.")]


def test_a_sentence_without_end_is_cut_and_white_space_does_not_hide_its_beginning():
    speech = "alors " * 100 + "on vote " + "alors " * 100
    (quote,) = quotes(speech.strip(), Code("c", "C", strong=("voter",)))
    assert "on vote" in quote
    assert len(quote.split()) <= 81
    assert quotes("Rien.  On vote.\tRien.", Code("c", "C", strong=("voter",))) == ["On vote."]


def test_a_pipeline_that_is_installed_cuts_words_and_sentences(tmp_path):
    import spacy

    spacy.blank("xx").to_disk(tmp_path / "pipeline")
    doc = document((Role.PARTICIPANT, "Rien. Elles votent. Rien."))
    found = suggest(doc, book(Code("c", "C", strong=("voter",))), pipeline=str(tmp_path / "pipeline"))
    assert [s.quote for s in found] == ["Elles votent."]

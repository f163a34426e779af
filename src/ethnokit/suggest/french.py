"""A light French tokeniser, built from the rules that spaCy shares among languages.

``spacy.lang.fr`` compiles one giant regular expression of hyphenated words, 2.4 s in every process;
nothing here imports it. Importing this module imports spaCy.
"""

from __future__ import annotations

import re

from spacy.attrs import ORTH  # type: ignore[import-not-found]
from spacy.lang.char_classes import (
    ALPHA,
    CURRENCY,
    LIST_ELLIPSES,
    LIST_PUNCT,
    LIST_QUOTES,
)
from spacy.lang.punctuation import TOKENIZER_INFIXES, TOKENIZER_PREFIXES
from spacy.lang.tokenizer_exceptions import BASE_EXCEPTIONS
from spacy.language import BaseDefaults, Language
from spacy.util import update_exc

_ABBREVIATIONS = [
    "janv.",
    "févr.",
    "avr.",
    "juill.",
    "sept.",
    "oct.",
    "nov.",
    "déc.",
    "M.",
    "MM.",
    "Mme.",
    "Mlle.",
    "Dr.",
    "St.",
    "Ste.",
    "av.",
    "n°",
    "d°",
    "cf.",
    "Cf.",
    "etc.",
    "p.",
    "pp.",
    "Vol.",
    "No.",
    "ex.",
    "cad.",
    "c.-à-d.",
    "J.-C.",
]
_WHOLE = [
    "aujourd'hui",
    "prud'hommes",
    "quelqu'un",
    "c'est-à-dire",
    "entr'aide",
    "peut-être",
    "rendez-vous",
    "au-delà",
    "au-dessus",
    "vis-à-vis",
    "celui-ci",
    "celle-ci",
    "ceux-ci",
    "celles-ci",
]
_CLITICS = "ce|ci|là|je|tu|il|elle|on|nous|vous|ils|elles|le|la|les|moi|toi|lui|leur|en|y"

# Inclusive forms stay whole, for the match key to undo: adhérent·es, compétence(s), adhérent.e.s
_INCLUSIVE = re.compile(rf"[{ALPHA}][{ALPHA}'’-]*(?:(?:[·⋅‧•∙][{ALPHA}]+)+|\([{ALPHA}]{{1,5}}\)[{ALPHA}]{{0,3}})\Z")


def _exceptions() -> dict[str, list[dict[int | str, str]]]:
    found: dict[str, list[dict[int | str, str]]] = {word: [{ORTH: word}] for word in _ABBREVIATIONS}
    for word in _WHOLE:
        for form in {word, word[0].upper() + word[1:]}:
            for written in {form, form.replace("'", "’")}:
                found[written] = [{ORTH: written}]
    return found


class FrenchDefaults(BaseDefaults):
    """What is French in the tokeniser."""

    tokenizer_exceptions = update_exc(BASE_EXCEPTIONS, _exceptions())
    # An elided article or pronoun before a letter is a word of its own.
    prefixes = (*TOKENIZER_PREFIXES, rf"[dlnDLN]['’](?=[{ALPHA}])")
    # Without the rule on hyphens: sans-abri and vivre-ensemble stay whole.
    infixes = (*(i for i in TOKENIZER_INFIXES if "--" not in i), rf"(?<=[{ALPHA}]['’])(?=[{ALPHA}])")
    suffixes = (
        *LIST_PUNCT,
        *LIST_ELLIPSES,
        *LIST_QUOTES,
        r"(?<=[0-9])\+",
        r"(?<=[0-9])%",
        rf"(?<=[0-9])(?:{CURRENCY})",
        rf"(?<=[0-9{ALPHA}%²\)\]])\.",
        rf"(?i:(?<=[{ALPHA}])(?:-t)?-(?:{_CLITICS}))",
    )
    token_match = _INCLUSIVE.match


class LightFrench(Language):  # type: ignore[no-untyped-call]
    """French, quick to start."""

    lang = "fr"
    Defaults = FrenchDefaults

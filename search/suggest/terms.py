"""Terms: what documents call their rows and projects, as an engine keeps one for each record."""

from dataclasses import dataclass
from typing import Final, cast

from search.results import TermKind
from search.suggest.pinyin import syllables
from search.text import normalise

LONGEST: Final = 40
"""Characters; a longer label is a sentence, which nobody completes."""
_SEPARATOR: Final = "\t"


@dataclass(frozen=True, slots=True)
class Term:
    """A name, with its account code if it has one and the syllables of its `key`, spaced."""

    kind: TermKind
    text: str
    code: str = ""
    sound: str = ""


def key(text: str) -> str:
    """Return the letters, digits and characters of `text`, by which terms are compared."""
    return "".join(_lower(char) for char in normalise(text) if char.isalnum())


def _lower(char: str) -> str:
    lower = char.lower()
    return lower if len(lower) == 1 else char


def named(kind: TermKind, text: str, code: str = "") -> Term:
    """Return the term of a name, normalised as a query is, with its sound."""
    text = " ".join(normalise(text).split())
    return Term(kind, text, code, " ".join(syllables(key(text))))


def stored(kind: TermKind, label: str, code: str | None = None) -> str:
    """Return the term of a record as an engine keeps it, empty where it is not to be suggested.

    The sound is part of it, because finding it takes longer than all else that a term needs.
    """
    letters = key(label)
    if not 1 < len(letters) <= LONGEST or letters.isdecimal():
        return ""
    term = named(kind, label, code or "")
    return _SEPARATOR.join((term.kind, term.code, term.text, term.sound))


def restored(text: str) -> Term:
    """Return the term of what `stored` gave."""
    kind, code, label, sound = text.split(_SEPARATOR)
    return Term(cast(TermKind, kind), label, code, sound)

"""Boilerplate: what tells that two passages of different documents say the same.

Every disclosure explains the same terms (名词解释) and says the same of its tables; a search shows
such text once and names the other documents.
"""

import re
from collections.abc import Iterable
from typing import Final

from search.analysis import clean
from search.model import Passage
from search.text import normalise

SHORTEST: Final = 12
"""Characters; shorter text is equal by chance."""

_NUMBER = r"(?:[（(]?[一二三四五六七八九十\d]+[)）]?[、.．]?\s*)?"
_TERM = re.compile(rf"{_NUMBER}(?P<term>[^：:，。]{{2,30}}?)(?:[：:]|是指|指)")
_HEADING = re.compile(rf"{_NUMBER}(?P<term>[^：:，。]{{2,30}}?)\s*[：:]?\s*")
_DIGITS = re.compile(r"\d+")


def explained_term(passage: Passage) -> str:
    """Return the term that a definition explains, as it begins with it or is headed; else ""."""
    found = _TERM.match(normalise(passage.text))
    if found is None and len(passage.section) > 1:
        found = _HEADING.fullmatch(normalise(passage.section[-1]))
    return found["term"] if found else ""


def repeat_key(passage: Passage, names: Iterable[str]) -> str:
    """Return what passages that say the same have in common, empty where it stands alone.

    A definition is one of its term, however it is worded. Other text is the same but for its
    numbers and the `names` of its department; with a figure it is a fact of its own document.
    """
    if passage.part == "definition":
        term = explained_term(passage)
        return f"定义 {clean(term)}" if term else ""
    if passage.part != "narrative" or passage.statements:
        return ""
    text = clean(normalise(passage.text))
    for name in sorted(map(clean, names), key=len, reverse=True):
        text = text.replace(name, "")
    return _DIGITS.sub("0", text) if len(text) >= SHORTEST else ""

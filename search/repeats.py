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

_TERM = re.compile(
    r"(?:[（(]?[一二三四五六七八九十\d]+[)）]?[、.．]?\s*)?(?P<term>[^：:，。]{2,30}?)(?:[：:]|是指|指)"
)
_DIGITS = re.compile(r"\d+")


def repeat_key(passage: Passage, names: Iterable[str]) -> str:
    """Return what passages that say the same have in common, empty where it stands alone.

    A definition is one of its term, however it is worded. Other text is the same but for its
    numbers and the `names` of its department; with a figure it is a fact of its own document.
    """
    if passage.part == "definition":
        found = _TERM.match(normalise(passage.text))
        return f"定义 {clean(found['term'])}" if found else ""
    if passage.part != "narrative" or passage.statements:
        return ""
    text = clean(normalise(passage.text))
    for name in sorted(map(clean, names), key=len, reverse=True):
        text = text.replace(name, "")
    return _DIGITS.sub("0", text) if len(text) >= SHORTEST else ""

"""Words of a query → text conditions, with their synonyms."""

import re

from search.analysis import words
from search.engines.base import Text
from search.query.wordlists import pairs

_HAN = re.compile(r"[\u3400-\u9fff]")


def text_condition(text: str) -> Text:
    """Return the condition that a word's parts stand in a field; no tokens if nothing is cut.

    A single character says too little by itself, so then the word must also stand as it is.
    """
    cut = tuple(words(text)) or tuple(_HAN.findall(text))
    exact = text if any(len(token) == 1 for token in cut) else None
    return Text(cut, exact=exact)


def synonyms(text: str) -> tuple[str, ...]:
    """Return what else to look for in place of a word: 公车购置 → 公务用车购置.

    An entry with several right sides lists parts (三公), and so only stands for the whole word.
    """
    entries = pairs("synonyms.txt")
    if text in entries:
        return entries[text]
    said = max((word for word in words(text) if word in entries), key=len, default="")
    printed = entries.get(said, ())
    return (text.replace(said, printed[0]),) if len(printed) == 1 else ()

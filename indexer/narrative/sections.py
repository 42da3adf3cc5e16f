"""The item that a heading names, whose figures stand below it."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from indexer.narrative.lexicon import lexicon
from indexer.narrative.tokens import Token, tokens
from search.text import without_space

NUMBER: Final = re.compile(
    r"\d{1,2}[、.．](?!\d)|[(（]?[一二三四五六七八九十]{1,3}[)）、.]|第[一二三四五六七八九十]{1,3}部分"
    r"|[(（]\d{1,2}[)）]|\d{1,2}\)|[①-⑳]"
)
"""What counts a point before its item."""
ACCOUNT: Final = re.compile(r"\((?:\d+)?[类款项]\)[”\"]?$")
"""How an item of the classification ends, with its code or without."""
SIDES: Final = frozenset({"收入", "支出", "收支", "收、支", "收入支出"})
"""The sides of the accounts as such."""


def section_item(path: Sequence[str], names: Sequence[str]) -> str:
    """Return the item that the nearest heading names, "" where it names none.

    Headings that say nothing but 总体情况 and the like are passed over.
    """
    for title in reversed(path):
        found = _named(title, tuple(names))
        if found is not None:
            return found
    return ""


@lru_cache(maxsize=4096)  # every paragraph of a section asks
def _named(title: str, names: tuple[str, ...]) -> str | None:
    """Return the item of a heading, "" where it is of something else, None where it is general."""
    text = without_space(title).rstrip("。:;,.")
    while match := NUMBER.match(text):
        text = text[match.end() :]
    for name in names:
        if name and name in text:
            text = text[text.index(name) + len(name) :]
    words = lexicon().nouns
    of = [t for t in tokens(text, 0, len(text)) if not _is_general_before(t)]
    core = "".join(t.text for t in of)
    changed = True
    while changed and core:
        changed = False
        for word in words["heading"]:
            if core.endswith(word) and len(core) > len(word):
                core, changed = core[: -len(word)], True
    if core in SIDES:
        return core
    if not core or core in words["heading"]:
        return None
    if not any(t.is_item for t in tokens(core, 0, len(core))):
        return None
    ends = ACCOUNT.search(core) or core.rstrip('”")').endswith(words["item"])
    return core if ends else ""


def _is_general_before(token: Token) -> bool:
    return token.year is not None or token.has("pronoun", "self")

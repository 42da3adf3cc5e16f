"""Boilerplate: what tells that two passages of different documents say the same.

Every disclosure explains the same terms (名词解释) and says the same of its tables; a search shows
such text once and names the other documents.
"""

import re
from collections import Counter
from collections.abc import Iterable
from typing import Final

from search.analysis import clean
from search.model import Disclosure, Passage, Project, Row
from search.text import normalise

SHORTEST: Final = 12
"""Characters; shorter text is equal by chance."""

_NUMBER = r"(?:[（(]?[一二三四五六七八九十\d]+[)）]?[、.．]?\s*)?"
_TERM = re.compile(rf"{_NUMBER}(?P<term>[^：:，。]{{2,30}}?)(?:[：:]|是指|指)")
_HEADING = re.compile(rf"{_NUMBER}(?P<term>[^：:，。]{{2,30}}?)\s*[：:]?\s*")
_DIGITS = re.compile(r"\d+")


class TwinKeys:
    """Keys of what a disclosure says, by which twins of it say the same.

    The same disclosure may be published in several files, of which each record is one: of one
    organisation, year, report and level, the same words and figures, as often as they are said.
    """

    def __init__(self, of: Disclosure) -> None:
        organisation = of.organisation
        known = organisation is not None and of.year is not None and of.report is not None
        told = known and of.genre == "disclosure"
        self._of = (
            f"{organisation.id} {of.year} {of.report} {of.level}" if organisation and told else ""
        )
        self._said: Counter[str] = Counter()

    def row(self, table: str, row: Row) -> str:
        """Return the key of a row."""
        figures = " ".join(
            cell.text if cell.value is None else f"{cell.value:f}" for cell in row.cells
        )
        return self._key(f"行 {table} {'/'.join(row.path)} {row.label} {row.code} {figures}")

    def project(self, project: Project) -> str:
        """Return the key of a project."""
        return self._key(f"项目 {project.name} {project.yuan}")

    def passage(self, passage: Passage) -> str:
        """Return the key of a passage that states figures."""
        return self._key(f"段 {clean(normalise(passage.text))}") if passage.statements else ""

    def _key(self, said: str) -> str:
        if not self._of:
            return ""
        self._said[said] += 1
        return f"{self._of} {said} {self._said[said]}"


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

"""Reads the narrative of one disclosure, paragraph by paragraph."""

from collections.abc import Sequence

from indexer.layout import Places
from indexer.narrative.passages import Running
from indexer.narrative.statements import find_statements
from indexer.narrative.untold import untold
from search.model import Path, Statement, Warning


class NarrativeReader:
    """Reads paragraphs in their order, so that an item holds on below the same heading."""

    def __init__(
        self, document: str, places: Places, names: Sequence[str], year: int | None
    ) -> None:
        self._document = document
        self._places = places
        self._names = names
        self._year = year
        self._item = ""
        self._section: Path = ()
        self.warnings: list[Warning] = []

    def read(self, text: Running, section: Path) -> tuple[Statement, ...]:
        """Return the statements of a paragraph, and note in `warnings` what it does not tell."""
        if section != self._section:
            self._item, self._section = "", section
        of = find_statements(
            text,
            self._document,
            self._places,
            self._names,
            year=self._year,
            section=section,
            item=self._item,
        )
        self._item = of.item
        self.warnings.extend(untold(of.untold, self._places))
        return of.statements

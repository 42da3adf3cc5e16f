"""What an index holds, as the empty page shows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from search.hits import DocumentInfo

FEW: Final = 40
"""So many documents are listed one by one; more are listed by department."""
MOST: Final = 100
"""Departments that the empty page lists; the others are found by searching."""


@dataclass(frozen=True, slots=True)
class DepartmentView:
    """A department with its documents."""

    name: str
    documents: tuple[DocumentInfo, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """Counts over the index and its documents by department."""

    documents: int
    departments: tuple[DepartmentView, ...]
    omitted: int
    """Departments that are not listed."""
    years: tuple[int, ...]
    rows: int
    passages: int
    projects: int

    @property
    def few(self) -> bool:
        """Whether each document has a line of its own."""
        return self.documents <= FEW

    @property
    def span(self) -> str:
        """The fiscal years, as 2023–2024年度."""
        if not self.years:
            return ""
        first, last = self.years[0], self.years[-1]
        return f"{first}年度" if first == last else f"{first}–{last}年度"

    @property
    def department_count(self) -> int:
        """How many departments there are, listed or not."""
        return len(self.departments) + self.omitted


def overview(documents: Sequence[DocumentInfo]) -> Overview:
    """Return what the current documents come to; they are in order of department."""
    documents = [document for document in documents if document.superseded_by is None]
    departments = [
        DepartmentView(name, tuple(group))
        for name, group in groupby(documents, key=lambda document: document.department)
    ]
    return Overview(
        documents=len(documents),
        departments=tuple(departments[:MOST]),
        omitted=len(departments[MOST:]),
        years=tuple(sorted({d.year for d in documents if d.year is not None})),
        rows=sum(document.rows for document in documents),
        passages=sum(document.passages for document in documents),
        projects=sum(document.projects for document in documents),
    )

"""Puts a disclosure together: cover, contents, overview, tables, explanation, definitions."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from benchmarks.blocks import Block, Heading, Table, lines
from benchmarks.budget_story import BudgetStory
from benchmarks.budget_tables import BudgetTables
from benchmarks.final_story import FinalStory
from benchmarks.final_tables import FinalTables
from benchmarks.model import Facts
from benchmarks.printing import style

_LINE = 22
"""Characters of a cover's line; a longer name is broken."""
_PER_PAGE = 40


@dataclass(frozen=True, slots=True)
class Document:
    """A generated disclosure: its file name without suffix, its facts and what it prints."""

    name: str
    facts: Facts
    blocks: tuple[Block, ...]

    @property
    def cover(self) -> tuple[str, ...]:
        """The lines of the cover."""
        return (*_broken(self.facts.organisation.name), self.facts.title)

    @property
    def text(self) -> str:
        """The disclosure as text, as made from a PDF: cells parted by tabs."""
        marks = style(self.facts.organisation).marks
        head = ["", ""]
        for line in self.cover:
            head += [line, ""]
        head += ["目 录", "", *_contents(self.blocks), ""]
        return "\n".join([*head, *lines(self.blocks, marks)])


def compose(facts: Facts) -> Document:
    """Return the disclosure that tells the facts."""
    of = facts.organisation
    name = f"{facts.year}-{of.level}{facts.report}-{of.name}"
    return Document(name, facts, tuple(_blocks(facts)))


def _blocks(facts: Facts) -> Iterator[Block]:
    story = BudgetStory(facts) if facts.report == "预算" else FinalStory(facts)
    tables = BudgetTables(facts) if facts.report == "预算" else FinalTables(facts)
    yield from story.overview()
    yield Heading(f"第二部分 {facts.year}年{facts.organisation.level}{facts.report}报表", 1)
    yield from tables.tables()
    yield from story.explanation()
    yield from story.definitions()
    if isinstance(story, FinalStory):
        yield from story.annex()


def _contents(blocks: Sequence[Block]) -> Iterator[str]:
    """Yield the lines of 目录: headings and numbered tables with a leader and a page."""
    printed = 0
    for block in blocks:
        page = 1 + printed // _PER_PAGE
        if isinstance(block, Heading) and block.level < 3:
            yield f"{block.text}.....{page}"
        elif isinstance(block, Table) and block.header:
            yield f"{block.title}.....{page}"
        printed += len(block.rows) + 6 if isinstance(block, Table) else 2


def _broken(name: str) -> list[str]:
    return [name[start : start + _LINE] for start in range(0, len(name), _LINE)]

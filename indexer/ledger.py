"""Says of each number that a source prints what became of it, so that none is lost unsaid."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final

from indexer import lines as kinds
from indexer.block import Block
from indexer.layout import Fragment, Line, Places
from indexer.narrative.passages import Running, running
from indexer.numbers import numbers
from search.fates import Fate, Ledger, Unread
from search.model import Disclosure, Locator, Passage, Project, Row, Table
from search.text import normalise

AROUND: Final = 24
"""Characters printed on either side of an unread figure that are shown with it."""

LONG: Final = 9
"""Digits without a separator that are no amount: they number something, or tell the time."""

_LOOSE: Final = "所在的栏分不清，只留原文"
_ASIDE: Final = "不是正文（封面、页眉、表外文字）"

_DIGIT = re.compile(r"\d")
_CELL_NUMBER = re.compile(r"\d+(?:,\d{3}(?!\d))*(?:\.\d+)?")
_HAN = re.compile("[\u3400-\u9fff]")
_INNER = "0123456789.,"
"""Characters of figures: what is quoted around one begins and ends with a whole one."""
_COUNTING = re.compile(r"行次|序号|栏次|排序|编号")
_CODING = re.compile(r"编码|代码|科目编|^[类款项]$|文号|日期|时间")

Span = tuple[int, int]


class _Spans:
    """Spans of the source that do not overlap, by their starts."""

    def __init__(self, spans: Iterator[Span]) -> None:
        self._spans = sorted(set(spans))
        self._starts = [start for start, _ in self._spans]

    def holds(self, place: int) -> bool:
        """Return whether one of the last spans that begin before a place holds it."""
        last = bisect_right(self._starts, place)
        return any(start <= place < end for start, end in self._spans[max(0, last - 4) : last])


@dataclass(frozen=True, slots=True)
class Reckoned:
    """A number at `start:end` of the source and its fate; an unread one with the reason."""

    start: int
    end: int
    fate: Fate
    reason: str = ""
    table: Table | None = None


def with_ledger(of: Disclosure, blocks: Sequence[Block], places: Places) -> Disclosure:
    """Return the disclosure with the ledger of the numbers that its blocks print."""
    return of.model_copy(update={"ledger": _Reckoning(of, places).ledger(blocks)})


def reckoned(of: Disclosure, blocks: Sequence[Block], places: Places) -> list[Reckoned]:
    """Return every number that the blocks print, in source order, with its fate."""
    return _Reckoning(of, places).numbers(blocks)


class _Reckoning:
    """Finds the fates of one disclosure's numbers."""

    def __init__(self, of: Disclosure, places: Places) -> None:
        self.of = of
        self.places = places
        self.said = _Spans(
            (s.figure.char_start, s.figure.char_end) for p in of.passages for s in p.statements
        )
        self.forms = _Spans(chain.from_iterable(map(_form_spans, of.projects)))
        self.tables = {table.id: table for table in of.tables}
        self.passages = {passage.id: passage for passage in of.passages}
        self.warned = {w.line: w.message for w in of.warnings if w.line is not None}

    def ledger(self, blocks: Sequence[Block]) -> Ledger:
        """Return the ledger of all blocks."""
        found = self.numbers(blocks)
        fates = Counter(number.fate for number in found)
        unread = tuple(self._unread(number) for number in found if number.fate == "unread")
        return Ledger(fates=dict(sorted(fates.items())), unread=unread)

    def numbers(self, blocks: Sequence[Block]) -> list[Reckoned]:
        """Return the numbers of all blocks in source order."""
        found = chain.from_iterable(map(self._block, blocks))
        return sorted(found, key=lambda number: number.start)

    def _unread(self, number: Reckoned) -> Unread:
        text = self.places.text
        start, end = max(0, number.start - AROUND), min(len(text), number.end + AROUND)
        while start < number.start and (text[start].isspace() or text[start] in _INNER):
            start += 1
        while end > number.end and (text[end - 1].isspace() or text[end - 1] in _INNER):
            end -= 1
        return Unread(
            id=f"{self.of.id}-u{number.start}",
            text=text[number.start : number.end],
            reason=number.reason,
            table=number.table.kind if number.table else None,
            table_id=number.table.id if number.table else None,
            quote=text[start:end],
            locator=self.places.locate(start, end),
            figure=self.places.locate(number.start, number.end),
        )

    def _block(self, block: Block) -> Iterator[Reckoned]:
        if block.kind == "table":
            table = self.tables[f"{self.of.id}-t{block.lines[0].start}"]
            yield from self._table(block, table)
            for line in (*block.title, *block.heads):
                yield from self._prose(running([line]), "表格上方的文字，不作正文读取")
            yield from self._prose(running(block.notes), "表注，不作正文读取")
        elif block.kind == "contents":
            for line in block.lines:
                yield from self._contents(line)
        else:
            yield from self._prose(
                self._running(block), self._reason(block), self._scattered(block)
            )

    def _running(self, block: Block) -> Running:
        passage = self._passage(block)
        whole = block.kind == "heading" or (passage and passage.part != "apparatus")
        return running(block.lines, apart=not whole)

    def _reason(self, block: Block) -> str:
        """Return why the figures of a block that makes no table may not be read."""
        if block.kind == "heading":
            return "标题里的数字"
        passage = self._passage(block)
        if passage is None or passage.part == "apparatus":
            return _LOOSE if block.lines[0].loose else _ASIDE
        return "不能确定说的是哪一项"

    def _passage(self, block: Block) -> Passage | None:
        fragment = next((f for line in block.lines for f in line.fragments if f.text), None)
        return self.passages.get(f"{self.of.id}-p{fragment.start}") if fragment else None

    def _scattered(self, block: Block) -> bool:
        """Return whether the block is a piece of a sentence or form, torn from its unit."""
        return block.kind == "paragraph" and self._reason(block) in {_LOOSE, _ASIDE}

    def _prose(self, of: Running, reason: str, scattered: bool = False) -> Iterator[Reckoned]:
        if not _DIGIT.search(of.text):
            return
        for number in numbers(normalise(of.text)):
            start, end = of.source(number.start, number.end)
            if self.said.holds(start):
                yield Reckoned(start, end, "statement")
            elif self.forms.holds(start):
                yield Reckoned(start, end, "form")
            else:
                bare = scattered and number.fate == "bare"
                yield Reckoned(start, end, "unread" if bare else number.fate, reason)

    def _contents(self, line: Line) -> Iterator[Reckoned]:
        of = running([line])
        for number in numbers(normalise(of.text)):
            start, end = of.source(number.start, number.end)
            yield Reckoned(start, end, "page" if number.fate in {"bare", "unread"} else number.fate)

    def _table(self, block: Block, table: Table) -> Iterator[Reckoned]:
        read = _Spans(chain.from_iterable(map(_row_spans, table.rows)))
        codes = _codes(table)
        rows = {
            number
            for row in table.rows
            for number in range(row.locator.line_start, row.locator.line_end + 1)
        }
        heads = {line.line for line in table.grid if line.header}
        columns = _heads(block.lines, heads)
        for line in block.lines:
            for column, fragment in enumerate(line.fragments):
                if not _DIGIT.search(fragment.text):
                    continue
                for start, end, text in _cell_numbers(fragment):
                    if read.holds(start):
                        yield Reckoned(start, end, "row")
                    elif self.forms.holds(start):
                        yield Reckoned(start, end, "form")
                    else:
                        head = columns.get(column, "") + _beside(line, column)
                        own = codes.get(line.number, frozenset())
                        kept = line.number in heads or line.number in rows
                        fate = _cell_fate(
                            fragment, text, head, own, header=line.number in heads, kept=kept
                        )
                        reason = self.warned.get(line.number, "表格中没有归入任何一行")
                        yield Reckoned(start, end, fate, reason, table)


def _form_spans(project: Project) -> Iterator[Span]:
    """Yield where a project's form is read: fields, funds and indicators."""
    if project.form_id is None:  # prose, whose statements are read by themselves
        yield from (span for cell in project.funds for span in _span(cell.locator))
        return
    cells = (*project.funds, *(cell for one in project.indicators for cell in one.cells))
    fields = (field.locator for field in project.fields)
    indicators = (indicator.locator for indicator in project.indicators)
    for locator in (*fields, *indicators, *(cell.locator for cell in cells)):
        yield from _span(locator)


def _span(locator: Locator | None) -> Iterator[Span]:
    if locator is not None:
        yield locator.char_start, locator.char_end


def _row_spans(row: Row) -> Iterator[Span]:
    for cell in row.cells:
        if cell.value is not None and cell.locator is not None:
            yield cell.locator.char_start, cell.locator.char_end


def _codes(table: Table) -> dict[int, frozenset[str]]:
    """Return the codes that each line of a table prints, whole and as its columns part them."""
    found: dict[int, frozenset[str]] = {}
    for row in table.rows:
        code = row.code
        if code:
            parts = frozenset({code, code[:3], code[3:5], code[5:], code[:5]}) - {""}
            for line in range(row.locator.line_start, row.locator.line_end + 1):
                found[line] = found.get(line, frozenset()) | parts
    return found


def _beside(line: Line, column: int) -> str:
    """Return the words printed left of a cell."""
    texts = (fragment.text for fragment in reversed(line.fragments[:column]))
    return next((kinds.squeezed(kinds.printed(text)) for text in texts if text), "")


def _heads(lines: Sequence[Line], heads: set[int]) -> dict[int, str]:
    """Return what stands above each column of a table."""
    found: dict[int, str] = {}
    for line in lines:
        if line.number in heads:
            for column, fragment in enumerate(line.fragments):
                found[column] = found.get(column, "") + kinds.squeezed(kinds.printed(fragment.text))
    return found


def _cell_numbers(fragment: Fragment) -> Iterator[tuple[int, int, str]]:
    at = fragment.positions or range(fragment.start, fragment.start + len(fragment.text))
    for match in _CELL_NUMBER.finditer(normalise(fragment.text)):
        yield at[match.start()], at[match.end() - 1] + 1, match[0]


def _cell_fate(
    fragment: Fragment, number: str, head: str, codes: frozenset[str], *, header: bool, kept: bool
) -> Fate:
    """Return what a number of a table is that no row's figure was read from."""
    text = normalise(fragment.text)
    if number in codes or (number.isdecimal() and len(number) >= LONG):
        return "code"
    if _HAN.search(text):
        fates = {text[n.start : n.end]: n.fate for n in numbers(text)}
        fate = fates.get(number, "words")
        if fate not in {"bare", "unread"}:
            return fate
        return "words" if kept else "unread"
    if header:
        return "date" if re.fullmatch(r"20\d\d", number) else "ordinal"
    if _COUNTING.search(head):
        return "ordinal"
    if _CODING.search(head):
        return "code"
    return "unread"

"""Groups lines into the blocks of a document: headings, paragraphs, tables, contents, cover."""

from collections.abc import Iterator, Sequence
from typing import Final

from indexer import lines as kinds
from indexer.block import Block
from indexer.captions import continued, is_title, titled
from indexer.front import after_contents, contents_of, first_sentence, parts_named
from indexer.furniture import furniture
from indexer.layout import Fragment, Layout, Line
from indexer.outline import Outline, outline
from indexer.tables.heads import apart, completes_unit, followed, is_name_key, names_table
from indexer.tables.labels import is_total

MAX_LABEL: Final = 30
"""A longer line between two rows of a table is no label."""
MAX_HEADS: Final = 6
"""No page break has more lines of page head and foot."""
MAX_TITLE_LINES: Final = 3
"""No title wraps onto more lines."""
MIN_WRAPPED: Final = 18
"""A line shorter than this that stands alone is a caption; it does not run on."""


def blocks(layout: Layout) -> list[Block]:
    """Return the blocks of a document in source order; blank lines belong to none."""
    every = [part for line in layout.lines if not line.is_blank for part in apart(line)]
    around = furniture(every)
    printed = [line for line in every if line.number not in around]
    body = after_contents(printed)
    found = list(_front(printed, body))
    contents = contents_of(printed[:body])
    headings = outline(printed[body:], contents)
    parts = parts_named(printed[:body], printed[body:])
    found.extend(_body(printed[body:], layout, parts, headings))
    site = [Block("furniture", [line]) for line in every if line.number in around]
    read = _joined(found) if found else []
    return sorted((*read, *site), key=_first) if site else read


def _first(block: Block) -> int:
    return min(line.number for line in (*block.heads, *block.title, *block.lines))


def _front(printed: Sequence[Line], body: int) -> Iterator[Block]:
    front = [line for line in printed[:body] if not kinds.is_contents_title(line)]
    cover = [line for line in front if not kinds.is_contents_entry(line)]
    contents = [line for line in printed[:body] if kinds.is_contents_entry(line)]
    said = first_sentence(cover)
    cover, prose = cover[:said], cover[said:]
    if cover:
        yield Block("cover", cover)
    for line in prose:
        yield Block("paragraph", [line], apart=True)
    if contents:
        yield Block("contents", contents)


def _body(
    printed: Sequence[Line], layout: Layout, parts: frozenset[str], headings: Outline
) -> Iterator[Block]:
    blank = {line.number for line in layout.lines if line.is_blank}
    last: Block | None = None
    name: Block | None = None  # a department's name in a head may wrap onto the next lines
    for index, line in enumerate(printed):
        if last is not None and last.kind == "heading" and line.number in headings.rests:
            last.lines.append(line)
            continue
        block = _block(line, headings.levels.get(line.number, 0))
        if block.kind == "paragraph" and not line.loose and kinds.squeezed(line) in parts:
            block = Block("heading", [line], level=1)
        block.apart = line.number - 1 in blank
        if last is not None and _is_torn(last, block):
            block.kind = "paragraph"
        if last is not None and last.kind == "head" and completes_unit(last.lines[-1], line):
            last.lines[-1] = followed(last.lines[-1], line)
            continue
        last = block
        rests = not block.apart or _is_rest_of_name(printed[index : index + MAX_HEADS])
        if name is not None and block.kind == "paragraph" and rests:
            name.lines.append(line)
            continue
        if kinds.department_name(line) is not None or is_name_key(line):
            name = block
        elif block.kind != "head" or line.page is None:
            name = None  # on a page the unit may stand right of the name, between its lines
        yield block


def _is_rest_of_name(lines: Sequence[Line]) -> bool:
    """Return whether the first of the lines is the rest of a name that wraps in a table's head.

    Only pages tell it from a title, which there stands above the name: it names no table, and
    nothing but such lines stands between it and the grid.
    """
    for line in lines:
        text = kinds.squeezed(line)
        if line.is_grid:
            return line is not lines[0]
        if line.page is None or kinds.enumerator_level(text) or kinds.ends_sentence(line):
            return False
        if text.endswith(("表", "目录")) or kinds.ends_with_year(text):
            return False
    return False


def _block(line: Line, level: int) -> Block:
    if kinds.has_leader(line):
        return Block("contents", [line])
    if line.is_grid:
        return Block("table", [line])
    if kinds.is_apparatus(line) or kinds.is_running_head(line) or kinds.is_caption(line):
        return Block("head", [line])
    if is_name_key(line):
        return Block("head", [line])
    if kinds.is_note(line):
        return Block("note", [line])
    if level:
        return Block("heading", [line], level=level)
    return Block("paragraph", [line])


def _joined(found: list[Block]) -> list[Block]:
    """Join lines that belong together: wrapped paragraphs, tables with their heads and notes."""
    return _forms(_notes(continued(titled(_paragraphs(_headings(_rows(found)))))))


def _rows(found: list[Block]) -> list[Block]:
    """Make rows of the labels that lost their blank cells at the line's end."""
    for above, block, below in zip(found, found[1:], found[2:], strict=False):
        line = block.lines[0]
        text = kinds.squeezed(line)
        if (
            block.kind in {"heading", "paragraph"}
            and above.kind == "table"
            and (below.kind == "table" or (below.kind == "note" and is_total(text)))
            and line.fragments[0].page is None
            and above.lines[-1].number == line.number - 1
            and below.lines[0].number == line.number + 1
            and len(text) <= MAX_LABEL
            and not is_title(block, headed=False)
            and not text.endswith((":", ";", "。"))
        ):
            block.kind = "table"
    return found


def _headings(found: list[Block]) -> list[Block]:
    """Join headings that wrap, and make those paragraphs that go on as sentences.

    Only pages tell: there a blank line stands wherever a line does not carry on the last.
    """
    joined: list[Block] = []
    for block in found:
        last = joined[-1] if joined else None
        if (
            last
            and last.kind == "heading"
            and block.kind == "paragraph"
            and kinds.enumerator_level(kinds.squeezed(last.lines[0]))
            and not kinds.names_section(last.lines[-1])
            and _carries_on(last, block)
        ):
            last.lines.extend(block.lines)
        else:
            joined.append(block)
    for block in joined:
        if block.kind == "heading" and len(block.lines) > 1:
            text = "".join(line.text for line in block.lines)
            first = block.lines[0]
            whole = Line(first.number, first.start, first.end, (Fragment(text, 0, 0),))
            named = kinds.heading_level(whole) or kinds.is_title(whole)
            block.kind = "heading" if named else "paragraph"
    return joined


def _is_torn(last: Block, block: Block) -> bool:
    """Return whether a line that looks like a heading, head or note is the rest of a sentence."""
    return (
        block.kind in {"heading", "head", "note"}
        and not (block.kind == "head" and _heads_table(last, block.lines[0]))
        and last.kind == "paragraph"
        and _carries_on(last, block)
        and not kinds.ends_sentence(last.lines[-1])
    )


def _heads_table(last: Block, line: Line) -> bool:
    """Return whether a head stands by itself below a title: it is no rest of a sentence."""
    if kinds.department_name(line) is not None or kinds.unit(line) is not None:
        return True
    return len(last.lines) <= MAX_TITLE_LINES and names_table(
        "".join(map(kinds.squeezed, last.lines))
    )


def _carries_on(last: Block, block: Block) -> bool:
    above, line = last.lines[-1], block.lines[0]
    return line.number == above.number + 1 and above.fragments[0].page is not None


def _paragraphs(found: list[Block]) -> list[Block]:
    joined: list[Block] = []
    for block in found:
        last = joined[-1] if joined else None
        if last and block.kind == last.kind == "paragraph" and _runs_on(last, block):
            last.lines.extend(block.lines)
        else:
            joined.append(block)
    return joined


def _runs_on(last: Block, block: Block) -> bool:
    text = kinds.squeezed(block.lines[0])
    first = block.lines[0]
    if kinds.enumerator_level(text) or first.loose or last.lines[-1].loose:
        return False
    if _carries_on(last, block):
        return True
    if kinds.ends_sentence(last.lines[-1]):
        return False
    if names_table(kinds.squeezed(last.lines[-1])) and not text.startswith("("):
        return False
    if kinds.ends_with_year(text) or (block.apart and kinds.begins_anew(first)):
        return False
    if block.apart and kinds.squeezed(last.lines[-1]).endswith("表"):
        return False
    return not block.apart or _is_long(last)


def _is_long(block: Block) -> bool:
    """Return whether a paragraph is no caption; looks at no more lines than tell."""
    length = 0
    for line in block.lines:
        length += len(kinds.squeezed(line))
        if length >= MIN_WRAPPED:
            return True
    return False


def _forms(found: list[Block]) -> list[Block]:
    """Part forms that follow each other without a title: each begins with its 项目名称."""
    parted: list[Block] = []
    for block in found:
        parted.append(block)
        if block.kind != "table":
            continue
        lines = block.lines
        starts = [i for i in range(1, len(lines)) if kinds.begins_form(lines[i : i + 4])]
        for start, stop in zip(starts, [*starts[1:], len(lines)], strict=False):
            parted.append(Block("table", lines[start:stop]))
        block.lines = lines[: starts[0]] if starts else lines
    return parted


def _goes_on(table: Block, block: Block) -> bool:
    """Return whether a line goes on with the note above it: numbered, or on a page wrapped."""
    if block.kind != "paragraph" or not table.notes:
        return False
    first, above = block.lines[0], table.notes[-1]
    return first.number == above.number + 1 and (
        kinds.enumerator_level(kinds.squeezed(first)) > 0
        or (first.fragments[0].page is not None and not kinds.ends_sentence(above))
    )


def _notes(found: list[Block]) -> list[Block]:
    joined: list[Block] = []
    for index, block in enumerate(found):
        last = joined[-1] if joined else None
        below = found[index + 1] if index + 1 < len(found) else None
        between = bool(last and last.notes and below and below.kind == "note")
        if (
            last
            and last.kind == "table"
            and (
                block.kind == "note"
                or _goes_on(last, block)
                or (
                    between
                    and block.kind == "paragraph"
                    and kinds.squeezed(block.lines[-1])[-1:] == ":"
                )
            )
        ):
            last.notes.extend(block.lines)
        else:
            joined.append(block)
    return joined

"""Covers 封面: whose a disclosure is, of which year and kind, as its first lines say it.

A name may stand over several lines, the year above or below it, the superior department before
it. The lines of a site's frame (breadcrumbs, dates of publication, index numbers) say nothing.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final, Literal

from indexer import lines as kinds
from indexer.layout import Line
from indexer.organ_names import could_name, is_name, is_placed, is_region
from indexer.titles import Title, read_title, year_alone
from search.organisations.organs import is_organ

FRONT: Final = 60
"""No cover with its contents and a site's frame has more lines before the first sentence."""
MAX_LINES: Final = 3
"""Over so many lines a title may go on below the name; a name has up to two more above."""
MAX_ABOVE: Final = 3
ALONE: Final = 8
"""Further down, a line that is a name alone is an item of a list."""
MAX_LINE: Final = 40
"""A longer line is no part of a name or title that wraps."""

_OWN = re.compile(
    r"(?:公开|编制|填报|预算|部门)?(?:部门|单位)(?:\((?:单位|部门|公章|盖章)\))?(?:名称)?(?:\((?:公章|盖章)\))?[:](?P<name>.+)"
)
_SUPERIOR = re.compile(r"(?:预算)?(?:上级)?主管(?:部门|单位)(?:名称)?[:](?P<name>.+)")
_PUBLISHER = re.compile(r"(?:发布机构|公开单位|信息来源|来源|作者)[:]?(?P<name>[^\s:|]{4,40})")
_FRAME = re.compile(
    r".*[>»›|】【].*|.*(?:索引号|发布日期|发布时间|公开时间|公开日期|成文日期|生成日期|点击|访问量|浏览|字体|打印|来源|位置|首页)[:].*"
    r"|.*(?:索引号|保护视力|字体颜色|点击数|无障碍|返回|审查情况|审签情况|PAGEREF).*|\d[\d\s:./-]*|20\d\d年\d{1,2}月(?:\d{1,2}日)?"
    r"|目录|信息公开|政府信息公开|.*(?:印制|编印|编制日期.*)|附件\d*[:.]?|\(?(?:公开稿|盖章|公章)\)?|.*(?:编码|代码)[:].*|共\d+页"
)
_CODED = re.compile(r"^\d{3,9}[-_]?(?=[\u4e00-\u9fff])")
_TAIL = re.compile(
    r"(?:[部单]|部门|单位|收支|预算|决算|公开|20\d\d|年|二[〇○]|关于|[“\"]三公|情况|说明|区级|县级|市级|省级|本级)"
)


@dataclass(frozen=True, slots=True)
class Said:
    """What some lines of a cover say: a whole title, or a name under its label.

    `how`: a title, a label (部门名称：), the superior's label (主管部门：), or a line that prints
    a name and nothing else.
    """

    title: Title
    lines: tuple[Line, ...]
    how: Literal["title", "label", "superior", "alone"]


def read_cover(front: Sequence[Line]) -> tuple[Said, ...]:
    """Return what the first lines of a document say of it, in order."""
    said: list[Said] = []
    texts = [_text(line) for line in front]
    used: set[int] = set()
    for at, text in enumerate(texts):
        if at in used:
            continue
        found = _labelled(front[at], text) or _titled(front, texts, at)
        if found is not None:
            said.append(found)
            used.update(n for n, line in enumerate(front) if line in found.lines)
    alone = (
        Said(Title(_CODED.sub("", text), None, None, None), (line,), "alone")
        for at, (line, text) in enumerate(zip(front[:ALONE], texts, strict=False))
        if at not in used and is_name(_CODED.sub("", text)) and not _is_frame(text)
    )
    return (*said, *alone)


def _text(line: Line) -> str:
    """Return what a line prints, of a row of cells the one beside 标题."""
    if line.is_grid or "|" in line.text:
        cells = [kinds.squeezed(kinds.printed(c)) for c in re.split(r"[|\t]", _cells(line))]
        cells = [cell for cell in cells if cell]
        for head, cell in pairwise(cells):
            if head in {"标题", "名称", "信息名称", "文件名称"}:
                return cell
        return "" if len(cells) != 1 else cells[0]
    return kinds.squeezed(line)


def _cells(line: Line) -> str:
    return "\t".join(fragment.text for fragment in line.fragments)


def _labelled(line: Line, text: str) -> Said | None:
    """Return the name that a line prints behind a label of its own."""
    for how, pattern in (("superior", _SUPERIOR), ("label", _OWN)):
        match = pattern.fullmatch(text)
        if match is not None:
            name = re.sub(r"单位:.*$|20\d\d年?度?$", "", _CODED.sub("", match["name"]))
            if could_name(name):
                kind: Literal["superior", "label"] = "superior" if how == "superior" else "label"
                return Said(Title(name, None, None, None), (line,), kind)
    return None


def _titled(front: Sequence[Line], texts: Sequence[str], at: int) -> Said | None:
    """Return the title that begins on a line, with what of its name stands above or below."""
    for count in range(1, MAX_LINES + 1):
        parts = texts[at : at + count]
        if len(parts) < count or any(map(_is_barrier, parts)):
            return None
        if count > 1 and (max(map(len, parts)) > MAX_LINE or _ends_title(parts)):
            return None
        title = read_title("".join(parts))
        if title is not None:
            below = read_title("".join(parts[1:]))
            if below is not None and below.name and _is_apart(parts[0], below.name):
                return None
            return _whole(front, texts, at, count, title)
    return None


def _ends_title(parts: Sequence[str]) -> bool:
    """Return whether the line below begins something else, so that the lines are no title."""
    return any(kinds.enumerator_level(part) > 0 for part in parts[1:])


def _whole(front: Sequence[Line], texts: Sequence[str], at: int, count: int, title: Title) -> Said:
    first, last = at, at + count
    headed = kinds.enumerator_level(texts[at]) > 0
    if headed and title.name and not is_organ(title.name):
        title = replace(title, name="")  # 十二、政府采购预算表
    if title.year is None:
        near = [n for n in (at - 1, last) if 0 <= n < len(texts) and year_alone(texts[n])]
        if near:
            title = replace(title, year=year_alone(texts[near[0]]))
            first, last = min(first, near[0]), max(last, near[0] + 1)
    if not headed and not title.scope:
        above = _name_above(texts, first, title.name)
        if above < first:
            name = "".join(texts[above:first]) + title.name
            title, first = replace(title, name=_CODED.sub("", name)), above
        elif not title.name and last < len(texts) and is_name(texts[last]):
            title, last = replace(title, name=texts[last]), last + 1
    return Said(title, tuple(front[first:last]), "title")


def _name_above(texts: Sequence[str], first: int, name: str) -> int:
    """Return where a name begins that may stand over several lines above the title's own."""
    best = first
    for above in range(first - 1, max(-1, first - 1 - MAX_ABOVE), -1):
        text = _CODED.sub("", texts[above])
        if _is_barrier(texts[above]) or kinds.enumerator_level(text) or len(text) > MAX_LINE:
            break
        if _OWN.fullmatch(text) or _SUPERIOR.fullmatch(text) or year_alone(text):
            break
        below = "".join(texts[above + 1 : first]) + name
        if below and (text == below or _is_apart(text, below)):
            break
        whole = text + below
        if not could_name(whole) or read_title(text) is not None:
            break
        if below or is_organ(whole) or is_region(whole) or not is_organ(texts[above]):
            best = above
    return best if best < first and _is_better("".join(texts[best:first]) + name, name) else first


def _is_apart(upper: str, lower: str) -> bool:
    """Return whether two lines print two names: a department, and a unit of it below."""
    if not (is_name(upper) and is_organ(lower)) or upper.endswith("区"):
        return False
    return is_placed(lower) or lower.startswith(upper[:2])


def _is_better(whole: str, name: str) -> bool:
    """Return whether a name with what stands above it is one, or is more than before."""
    return is_organ(whole) or not is_organ(name)


def _is_barrier(text: str) -> bool:
    """Return whether a line is no part of any title: a site's frame, a date, a sentence."""
    return not text or _is_frame(text) or re.search(r"[。;!?]", text) is not None


def _is_frame(text: str) -> bool:
    return _FRAME.fullmatch(text) is not None and read_title(text) is None


def front_lines(lines: Sequence[Line]) -> Iterator[Line]:
    """Yield the lines before the first sentence or figure, at most `FRONT`."""
    for number, line in enumerate(lines):
        if number >= FRONT:
            return
        text = kinds.squeezed(line)
        if text.endswith("。") and len(text) > MAX_LINE:
            return
        yield line

"""What kind of line a line of text is: heading, unit, department head, page number …"""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from indexer.layout import Fragment, Line
from search import vocabulary
from search.text import normalise, without_space

_NUMERAL = "[一二三四五六七八九十]+"
_LEVELS: Final = (
    (1, re.compile(rf"第{_NUMERAL}部分")),
    (2, re.compile(rf"{_NUMERAL}、")),
    (3, re.compile(rf"\({_NUMERAL}\)")),
    (4, re.compile(r"\d{1,2}(?:、|[.．](?!\d))")),
    (5, re.compile(r"\(\d{1,2}\)")),
)
MARKED_LEVEL: Final = 6
"""A marked heading without an enumerator stands below all that have one."""
MAX_DIGITS, MIN_DOTS, MIN_SPACES = 4, 4, 2
"""A page number, and the dots or spaces that lead to it in a table of contents."""
MAX_UNIT: Final = 20
"""A line that begins with the unit may name others behind it: 单位：万元、辆、%."""
MAX_DECLARING: Final = 60
"""A longer line that names a unit is a sentence."""
MAX_TITLE: Final = 70
"""A longer line above a grid is a sentence, no title."""
MAX_SAYING: Final = 15
"""A longer line that says 本表无数据 is a sentence."""
MAX_HEADING: Final = 45
"""A longer line is a sentence, whatever it begins with."""

_LAST_YEAR = re.compile(r"(?:\s+20\d\d|\s*20\d\d年度?)$")
_NUMBER = re.compile(
    r"(?:(?:预算|部门|单位|财决|财预|批复)*公开(?:表)?|财决|财预|预算|GK)[\d\-]+表?"
    r"|附?表[\d\-一二三四五六七八九十]+"
)
_YEAR = re.compile(r"\(?\s*\(?\s*20\d\d\s*\)?\s*年?\s*度?\s*\)?")
_FORM_FIELD = re.compile(r"主管部门|实施单位|项目属性|预算单位")
_PAGE = re.compile(r"-?\s*\d{1,4}\s*-|第\s*\d+\s*页(?:\s*[,/共]*\s*\d*\s*页?)?")
_RUNNING = re.compile(r".*20\d\d年度?(?:部门|单位)?(?:预算|决算)(?:公开)?(?:报告|文本|说明)?")
_TITLE = re.compile(
    r".*20\d\d年?度?(?:部门|单位)?(?:预算|决算)(?:公开)?(?:报告|文本|情况说明|说明|情况|信息|报表|表)?"
)
_CONTENTS = re.compile(r"目录")
_DOTS = ".…·"
_NOTE = re.compile(r"(?:注|说明|备注|附注)\s*[::]")
_COUNTED: Final = frozenset({"count", "area", "share"})
"""Kinds of units in which a table counts."""
_SENTENCE_END: Final = "。;!?:。;"


def printed(text: str) -> Line:
    """Return a line of its own that prints `text`."""
    return Line(1, 0, len(text), (Fragment(text, 0, len(text)),))


def plain(line: Line) -> str:
    """Return what the line prints, normalised, without white space at the ends."""
    return normalise(line.text).strip()


def squeezed(line: Line) -> str:
    """Return what the line prints, normalised, without any white space."""
    return without_space(line.text)


def enumerator_level(text: str) -> int:
    """Return 1–5 for 第一部分 · 一、 · （一） · 1、 · （1） at the start of `text`, else 0."""
    return next((level for level, mark in _LEVELS if mark.match(text)), 0)


def heading_level(line: Line, neighbours: Iterable[Line] = ()) -> int:
    """Return the section level of a heading line, 0 where the line is none.

    A numbered line with another such line right above or below it is an item of a list.
    """
    text = squeezed(line)
    level = enumerator_level(text)
    if not text or line.is_grid or line.loose or len(text) > MAX_HEADING or text.endswith("。"):
        return 0
    if line.heading:
        return level or MARKED_LEVEL
    if not level or re.search(r"[,;。]|\d万?元", text) or re.search(r"[::].", text):
        return 0
    if level >= 4 and any(enumerator_level(squeezed(other)) == level for other in neighbours):
        return 0
    return level


def declared(line: Line) -> vocabulary.Declaration | None:
    """Return the unit that a line such as 单位：万元 declares, known or not, else None."""
    return vocabulary.declared(line.text) if len(squeezed(line)) <= MAX_DECLARING else None


def unit(line: Line) -> str | None:
    """Return the unit of money that a line such as 单位：万元 declares, else None.

    A unit that is not known (单位：角) is the one that is printed: it has no yuan.
    """
    of = declared(line)
    if of is None or (of.unit is not None and of.unit.kind in _COUNTED):
        return None
    return of.unit.name if of.unit else of.printed


def counting_unit(line: Line) -> str | None:
    """Return the unit of counts that a line such as 单位：辆 declares, else None."""
    of = declared(line)
    return of.unit.name if of and of.unit and of.unit.kind in _COUNTED else None


def department_name(line: Line) -> str | None:
    """Return the name that a line such as 部门名称：… prints, else None."""
    text = plain(line)
    if ":" not in text:
        return None
    key, _, name = _LAST_YEAR.sub("", _without_unit(line, text).strip()).partition(":")
    of = vocabulary.organisation(key)
    return "".join(name.split()) or None if of and of.maker and not of.code else None


def _without_unit(line: Line, text: str) -> str:
    """Return the text of a line without the unit that it declares."""
    of = declared(line)
    if of is None:
        return text
    places = [place for place, char in enumerate(text) if not char.isspace()]
    return text[: places[of.start]] + text[places[of.end - 1] + 1 :]


def is_apparatus(line: Line) -> bool:
    """Return whether the line heads a table or a page and says nothing of its own."""
    text = squeezed(line)
    of = declared(line)
    if of is not None and of.start == 0 and len(text) <= MAX_UNIT:
        return True
    rest = without_space(_without_unit(line, plain(line))) if of is not None else text
    marks = (_NUMBER, _YEAR, _PAGE)
    if any(mark.fullmatch(rest) for mark in marks):
        return True
    return department_name(line) is not None


def is_year(line: Line) -> bool:
    """Return whether the line prints a fiscal year alone."""
    return _YEAR.fullmatch(squeezed(line)) is not None


def is_running_head(line: Line) -> bool:
    """Return whether the line names the whole document, as page heads do."""
    return not line.is_grid and _RUNNING.fullmatch(squeezed(line)) is not None


def names_document(line: Line) -> bool:
    """Return whether the line is the title of a whole disclosure: …2024年部门预算公开表."""
    return not line.is_grid and _TITLE.fullmatch(squeezed(line)) is not None


def is_contents_title(line: Line) -> bool:
    """Return whether the line is the title of the table of contents."""
    return _CONTENTS.fullmatch(squeezed(line)) is not None


def is_contents_entry(line: Line) -> bool:
    """Return whether the line ends in a page number after a tab or a leader of dots."""
    if line.is_grid:
        printed = [fragment.text for fragment in line.fragments if fragment.text]
        return len(printed) >= 2 and re.fullmatch(r"\d{1,4}", normalise(printed[-1])) is not None
    text = plain(line)
    rest = text.rstrip("0123456789")
    head = rest.rstrip()
    numbered = 0 < len(text) - len(rest) <= MAX_DIGITS
    led = head.endswith(("..", "…", "··", "---")) or len(rest) - len(head) >= MIN_SPACES
    return (numbered and led) or text.endswith("...")


def begins_anew(line: Line) -> bool:
    """Return whether a line begins a paragraph by its words: 其中, a fiscal year."""
    return re.match(r"其中|20\d\d年", squeezed(line)) is not None


def begins_form(lines: Sequence[Line]) -> bool:
    """Return whether a 绩效 form begins: one project's name, then its fields line by line."""
    firsts = [next((f.text for f in line.fragments if f.text), "") for line in lines]
    texts = [without_space(text) for text in firsts]
    return texts[:1] == ["项目名称"] and any(map(_FORM_FIELD.match, texts[1:]))


def is_caption(line: Line) -> bool:
    """Return whether the line is the caption of a picture that the text has lost."""
    return not line.is_grid and re.fullmatch(r"[^,。;:]{2,22}图", squeezed(line)) is not None


def has_leader(line: Line) -> bool:
    """Return whether the line is an entry of a table of contents by its leader of dots."""
    text = squeezed(line)
    rest = text.rstrip("0123456789")
    dots = len(rest) - len(rest.rstrip(_DOTS))
    return dots >= MIN_DOTS and 0 < len(text) - len(rest) <= MAX_DIGITS


def ends_with_year(text: str) -> bool:
    """Return whether squeezed `text` closes with a fiscal year in brackets, as form titles do."""
    return re.search(r"\(20\d\d\)?年?度?\)?$", text) is not None


def says_no_data(line: Line) -> bool:
    """Return whether the line says 本表无数据."""
    of = vocabulary.blank(line.text)
    return of is not None and of.absence == "no data"


def is_note(line: Line) -> bool:
    """Return whether the line is a note under a table."""
    return _NOTE.match(squeezed(line)) is not None or (
        len(squeezed(line)) <= MAX_SAYING and says_no_data(line)
    )


def ends_sentence(line: Line) -> bool:
    """Return whether the line closes what it says, so that the next begins anew."""
    return normalise(line.text).rstrip().endswith(tuple(_SENTENCE_END))

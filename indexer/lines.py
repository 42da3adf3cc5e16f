"""What kind of line a line of text is: heading, unit, department head, page number …"""

import re
from collections.abc import Sequence
from typing import Final

from indexer.layout import Fragment, Line
from search import vocabulary
from search.text import normalise, without_space

_NUMERAL = "[一二三四五六七八九十]+"
_LEVELS: Final = (
    (1, re.compile(rf"第({_NUMERAL}|\d{{1,2}})部分|附件({_NUMERAL}|\d{{1,2}})(?=[::.、]|$)|附件$")),
    (2, re.compile(rf"第({_NUMERAL}|\d{{1,2}})章")),
    (3, re.compile(rf"({_NUMERAL})、|([IVXⅠ-Ⅻ]{{1,4}})[.、](?![A-Za-z\d])")),
    (4, re.compile(rf"\(({_NUMERAL})\)")),
    (5, re.compile(r"(\d{1,2})(?:、|[.．](?:(?!\d)|(?=20\d\d年)))")),
    (6, re.compile(r"\((\d{1,2})\)|(\d{1,2})\)")),
    (7, re.compile(r"([①-⑳])")),
)
TITLE_LEVEL: Final = 2
"""A title without a number stands below the parts of a document, as its chapters do."""
ITEM_LEVEL: Final = 5
"""From here on (1. （1） ①) numbers count the items of lists as often as sections."""
MARKED_LEVEL: Final = 8
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
MIN_TITLE: Final = 4
"""A shorter line without a number (说明) names no section."""

_DIGITS: Final = "零一二三四五六七八九"
_ROMANS: Final = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")

_SENTENCE = re.compile(r"[,;!?]|。.")
_CLAUSES = re.compile(r"[,;:。!?]")
_FIGURE = re.compile(r"\d(?:万|亿)?元|\d\.\d|\d%")
_NAMED = re.compile(
    r"(?:情况|说明|概况|概述|简介|职责|职能|机构设置|人员构成|单位构成|(?:名词|术语|专业词汇)解释|总体安排|工作任务|工作重点"
    r"|任务及目标|工作目标|绩效目标|立项依据|实施主体|实施方案|实施周期|预算安排|编制依据|测算分析)。?$"
)
"""How titles of sections end; the sentences of a list of duties do not."""

_LAST_YEAR = re.compile(r"(?:\s+20\d\d|\s*20\d\d年度?)$")
_NUMBER = re.compile(
    r"(?:(?:预算|部门|单位|财决|财预|批复)*公开(?:表)?|财决|财预|预算|GK)[\d\-]+表?"
    r"|附?表[\d\-一二三四五六七八九十]+"
)
_YEAR = re.compile(r"\(?\s*\(?\s*20\d\d\s*\)?\s*年?\s*度?\s*\)?")
_MADE = re.compile(r"(?:编制|填报|填表|报送|制表|公开|打印|编报)(?:日期|时间):[\d年月日./-]*")
"""When a table was made."""
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
    """Return 1–7 for 第一部分 第一章 一、 （一） 1、 （1） ① at the start of `text`, else 0."""
    return next((level for level, mark in _LEVELS if mark.match(text)), 0)


def without_enumerator(text: str) -> str:
    """Return squeezed `text` without the enumerator that it begins with."""
    matches = (mark.match(text) for _, mark in _LEVELS)
    return next((text[match.end() :] for match in matches if match), text).lstrip(":.、")


def enumerator_number(text: str) -> int:
    """Return the number of the enumerator at the start of `text`: 2 for 二、 and （2）; else 0."""
    matches = (mark.match(text) for _, mark in _LEVELS)
    printed = next((next(filter(None, m.groups()), "") for m in matches if m), "")
    return _number(printed)


def _number(printed: str) -> int:
    if printed.isdecimal():
        return int(printed)
    if printed in _ROMANS:
        return _ROMANS.index(printed) + 1
    if "①" <= printed <= "⑳" or "Ⅰ" <= printed <= "Ⅻ":
        return ord(printed) - ord("①" if "①" <= printed <= "⑳" else "Ⅰ") + 1
    tens, ten, ones = printed.rpartition("十")
    return 10 * bool(ten) * (_digit(tens) or 1) + _digit(ones)


def _digit(printed: str) -> int:
    return _DIGITS.index(printed) if printed and printed in _DIGITS else 0


def heading_level(line: Line) -> int:
    """Return the section level of a heading line, 0 where the line by itself is none.

    Of a numbered one: whether it heads a section or is an item of a list, its neighbours tell.
    """
    text = squeezed(line)
    level = enumerator_level(text)
    if not text or line.is_grid or line.loose or len(text) > MAX_HEADING:
        return 0
    if line.heading and not text.endswith("。"):
        return level or MARKED_LEVEL
    name = without_enumerator(text)
    if not level or (not name and level > 1) or _SENTENCE.search(text) or _FIGURE.search(text):
        return 0
    if name.endswith("。") and not _NAMED.search(name):
        return 0
    return level if level == 1 or not re.search(r"[::].", text) else 0


def is_title(line: Line) -> bool:
    """Return whether the line, where it stands alone, can be a title without a number."""
    text = squeezed(line)
    if line.is_grid or line.loose or not MIN_TITLE <= len(text) <= MAX_HEADING:
        return False
    if enumerator_level(text) or _CLAUSES.search(text) or _FIGURE.search(text):
        return False
    return text[-1] not in "的和及与或在、)" or text.endswith("(类)")


def names_section(line: Line) -> bool:
    """Return whether the line ends as titles of sections do: …情况说明, …主要职责, 名词解释."""
    return is_title(line) and _NAMED.search(squeezed(line)) is not None


def declared(line: Line) -> vocabulary.Declaration | None:
    """Return the unit that a line such as 单位：万元 declares, known or not, else None."""
    return vocabulary.declared(line.text) if len(squeezed(line)) <= MAX_DECLARING else None


def unit(line: Line) -> str | None:
    """Return the unit of money that a line such as 单位：万元 declares, else None.

    A unit that is not known (单位：角) is the one that is printed: it has no yuan.
    """
    of = declared(line)
    if of is None or of.unit is None:
        return of.printed if of else None
    named = (one.name for one in (of.unit, *of.others) if one.kind not in _COUNTED)
    return next(named, None)


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
    marks = (_NUMBER, _YEAR, _PAGE, _MADE)
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
    if len(text) >= MIN_DOTS and not text.strip(_DOTS + " "):
        return True
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

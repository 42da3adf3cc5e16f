"""Titles 标题: what the line that names a whole disclosure says of its name, year, kind and level.

A title is made of few words: name, year (before or after the name), 部门 or 单位, what it is about,
预算 or 决算, and words such as 公开, 情况, 说明. A line with any other word is no title.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from indexer.organ_names import could_name

MAX_TITLE: Final = 90
"""A longer text is a sentence."""

FUNDS: Final = re.compile(
    r"一般公共(?:财政)?预算(?!公开|情况|表|$)|政府性基金预算|国有资本经营预算|社会保险基金预算|公共财政预算|一般预算"
    r"|预算稳定调节基金|预算(?:主管)?(?:部门|单位)|年初预算|预算法|预算管理|预算绩效|预算执行(?!情况)|预算外"
)
"""Names of funds, accounts and bodies that hold 预算 and say nothing of the kind of report."""

_ABOUT = (
    r"(?:收支|收入|支出|综合|财务|经费|财政|财政拨款|三公|[“\"]三公[”\"]|机关运行|一般公共(?:财政)?(?:预算)?|"
    r"政府性基金(?:预算)?|国有资本经营(?:预算)?|社会保险基金(?:预算)?|公共|地方|总|年度|年初|本级|汇总|及|和|、)*"
)
_REST = (
    r"(?:信息|数据|统计|编制|草案|汇总|公开|公示|公布|报告|文本|情况|说明|报表|书|表格|表|目录|公告|材料|内容|相关|批复|"
    r"编审|执行|及|的|和|与|、|版|稿|本级|汇编|附表|部门|单位|预算|决算|绩效|目标|自评|[“\"]?三公[”\"]?经费|支出|收支|总体|机关运行经费|等|\(.{0,12}\))*"
)
_TITLE = re.compile(
    rf"(?P<head>.*?)(?P<level>部门|单位)?(?:{_ABOUT})(?P<report>预决算|预算|决算)(?P<rest>{_REST})"
)
_YEAR = re.compile(r"\(?(?P<year>20\d\d)\)?(?:[-至—]20\d\d)?(?:年度|年|度)?(?!\d|[-./])")
_DATE = re.compile(r"20\d\d(?:年\d{1,2}月|[-/.]\d{1,2}[-/.])")
_NUMERALS = re.compile(r"[二2][〇○零O0][〇○零一二三四五六七八九][〇○零一二三四五六七八九](?=年)")
_DIGIT: Final = {
    **{c: str(i) for i, c in enumerate("〇一二三四五六七八九")},
    "○": "0",
    "零": "0",
    "O": "0",
}
_FRONT = re.compile(
    r"(?:【[^】]{0,12}】|\[[^\]]{0,12}\]|附件\d*[:、]?|标题:|名称:|第[一二三四五六七八九十]+部分[:、.]?|[一二三四五六七八九十]+、"
    r"|(?:\d{3,9}|\d{1,2})[-、.]|《|/|#+|关于(?:做好|公开|公布|印发|报送)?|公开|公布)+"
)
_BACK = re.compile(r"(?:》|\.(?:pdf|docx?|xlsx?|wps|et|html?|txt)|\(图\))+$", re.IGNORECASE)
_SCOPE = re.compile(r"(?:区|县|市|省|州|镇|乡|街道|中央|本)级")
_NAME_END = re.compile(r"(?:关于|的|[:\-—]|\((?:部门|单位|汇总|部门汇总|公开)\)|汇总)+$")
_NAME_FRONT = re.compile(r"^(?:关于|的|[:\-—、.]|(?:\d{3,9}|\d{1,2})[-、.]|度)+")
_OWN_LEVEL = re.compile(r"(?<=[局厅部委办院会站所处队署馆校园学心府])(?P<level>部门|单位)$")
_OVERVIEW = re.compile(
    r"(?:第[一二三四五六七八九十]+部分[:、.]?)?(?P<name>.{3,60}?)(?P<level>\(?(?:部门|单位)\)?)?(?:的)?"
    r"(?:基本)?(?:概况|基本情况|简介|主要职能|主要职责|职能职责|工作职责|部门职责)(?:及机构设置.*|介绍)?"
)


@dataclass(frozen=True, slots=True)
class Title:
    """What a title says; `name` is empty where it names nobody, `rest` what follows the kind."""

    name: str
    year: int | None
    level: str | None
    report: str | None
    scope: bool = False
    """True where the name is that of the place whose departments' budgets these are (区级)."""


def read_title(text: str) -> Title | None:
    """Return what a squeezed text says as a title, None where it is none."""
    if len(text) > MAX_TITLE:
        return None
    return _read(text)


@lru_cache(maxsize=1 << 14)
def _read(text: str) -> Title | None:
    whole = _BACK.sub("", _FRONT.sub("", arabic(text), count=1))
    if re.search(r"[,;。!?:<>|]|20\d\d年\d{1,2}月", whole):
        return None
    match = _TITLE.fullmatch(whole)
    if match is None:
        return None
    head = match["head"]
    years = list(_YEAR.finditer(head))
    name, scope = head, False
    level = match["level"]
    if years:
        before, after = head[: years[0].start()], head[years[-1].end() :]
        scope = _SCOPE.fullmatch(after) is not None
        if before and after and not scope:
            return None
        name = before or ("" if scope else after)
    else:
        name = _SCOPE.sub("", head) if _SCOPE.fullmatch(head) else head
    name, own = _name(name)
    if name and not could_name(name):
        return None
    report = match["report"]
    return Title(
        name=name,
        year=int(years[-1]["year"]) if years else None,
        level=level or own,
        report=_report(report, match["rest"]),
        scope=scope,
    )


def _report(said: str, rest: str) -> str | None:
    """Return 预算 or 决算, None where a title says both (预决算公开)."""
    if said == "预决算" or ("决算" in rest and said == "预算"):
        return None
    return said


def _name(text: str) -> tuple[str, str | None]:
    """Return the name that a title prints, what belongs to the title taken off, and its 部门."""
    name = bare_name(text)
    own = _OWN_LEVEL.search(name)
    if own is not None:
        return _NAME_END.sub("", name[: own.start()]), own["level"]
    return ("", name) if name in {"部门", "单位"} else (name, None)


def overview_name(text: str) -> str:
    """Return the name that heads an overview (第一部分 某某局概况), empty where none does."""
    match = _OVERVIEW.fullmatch(text)
    if match is None:
        return ""
    name = bare_name(match["name"])
    return name if could_name(name) else ""


def bare_name(text: str) -> str:
    """Return a name without what titles print around it: its number, (部门), (汇总), 关于."""
    return _NAME_END.sub("", _NAME_FRONT.sub("", text))


def arabic(text: str) -> str:
    """Return `text` with the years that it prints in Chinese numerals in figures: 二〇二三年."""
    return _NUMERALS.sub(lambda year: "".join(_DIGIT.get(c, c) for c in year[0]), text)


def year_alone(text: str) -> int | None:
    """Return the fiscal year where a text prints nothing else."""
    match = _YEAR.fullmatch(arabic(text))
    return int(match["year"]) if match and "年" in text else None


def years_said(text: str) -> list[int]:
    """Return the fiscal years that a text names; a date of publication is none."""
    plain = _DATE.sub("", arabic(text))
    return [int(match["year"]) for match in _YEAR.finditer(plain) if "年" in match[0]]


def report_said(text: str) -> str | None:
    """Return the kind of report that a text names, the names of funds left out; None for both."""
    said = set(re.findall(r"预算|决算", FUNDS.sub("", text)))
    return said.pop() if len(said) == 1 else None

"""The help page: the query language from the field table and word lists, with live examples."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final
from weakref import WeakKeyDictionary

from flask import Blueprint, render_template

from search import vocabulary
from search.amounts import AREA, COUNT, SHARE, YUAN
from search.compare.model import ABSENCES
from search.engines.base import Reader
from search.fields import FIELDS, OUTCOMES, RECORD_TYPES, Field
from search.listing import current as listed
from search.query.binder import SORTS
from search.query.tree import Op
from search.query.wording import AFTER, AND, BEFORE, DIRECTIONS, NOT, OR, SIGNS
from search.query.wordlists import pairs
from search.service import understand
from web import current
from web.requests import SearchRequest

EXAMPLES: Final = (
    ("公务用车 2024 > 10万元", "几个条件以空格隔开，都要符合"),
    ("公务用车 2024年度 超过10万", "说法可以随意，全角、半角都行"),
    ("24年车辆花了10万以上的部门", "提问也行；去年、24年按年度理解"),
    ("公务接待费最多的部门", "金额从高到低，也可写 公务接待费 排序:金额"),
    ("培训 5万-50万元", "金额在两数之间，含两端"),
    ("公务接待费 不超过1万", "金额比较只看与文字同一行、同一句的数字"),
    ("公务接待费 = 15万元", "按所写的精度相等"),
    ("人才 2023-2024", "年度起止，含两端"),
    ("20805", "科目编码，连同下级科目"),
    ("208 -20805", "去掉其中一支"),
    ('"公务用车"', "引号里的字要原样出现"),
    ("培训 -干部", "不要含有“干部”的"),
    ("培训 OR 会议", "任一个；也可写 或、|"),
    ("(培训 OR 会议) 2024", "括号分组"),
    ("[项目支出] > 100万元", "只比较“项目支出”一列；上年和增减的列，写出列名才比较"),
    ("公务接待费 减少 > 5万元", "比较增减的数额"),
    ("公务用车 >= 3辆", "也可比较其他单位的数"),
    ("执行率 < 50%", "比率"),
)
"""Queries that explain themselves, with what they show."""

_OPS: Final[dict[Op, str]] = {
    ">": "大于", ">=": "大于或等于", "<": "小于", "<=": "小于或等于", "=": "等于",
}  # fmt: skip

blueprint = Blueprint("help", __name__)


@dataclass(frozen=True, slots=True)
class Example:
    """A query, what it shows, how it is understood, and how many hits it has here."""

    query: str
    shows: str
    understood: tuple[str, ...]
    total: int


@dataclass(frozen=True, slots=True)
class FieldHelp:
    """A field of the query language with an example from the index."""

    field: Field
    example: Example | None


@dataclass(frozen=True, slots=True)
class Help:
    """What depends on the index."""

    examples: tuple[Example, ...]
    fields: tuple[FieldHelp, ...]
    tables: tuple[tuple[str, tuple[str, ...]], ...]


_HELP: Final[WeakKeyDictionary[Reader, Help]] = WeakKeyDictionary()


@blueprint.get("/help")
def page() -> str:
    """Show the query language."""
    return render_template(
        "help.html",
        asked=SearchRequest(q=""),
        help=_help(current.index().reader),
        comparisons=_comparisons(),
        directions=_turned(DIRECTIONS),
        joiners=(("都要", AND), ("任一", OR), ("不要", NOT)),
        orders=_turned(SORTS),
        units=(("金额", tuple(YUAN)), ("面积", tuple(AREA)), ("比率", SHARE), ("数量", COUNT)),
        synonyms=pairs("synonyms.txt"),
        same={first: others for first, *others in vocabulary.same_items()},
        departments=pairs("departments.txt"),
        absences=ABSENCES,
    )


def _help(reader: Reader) -> Help:
    """Return the help over a commit; its examples are asked once."""
    found = _HELP.get(reader)
    if found is None:
        found = _HELP[reader] = Help(
            examples=tuple(_example(reader, query, shows) for query, shows in EXAMPLES),
            fields=tuple(
                FieldHelp(field, _of_field(reader, field)) for field in FIELDS if field.prefixes
            ),
            tables=tuple(
                (kind, vocabulary.short_names(kind)) for kind in sorted(reader.values("table"))
            ),
        )
    return found


def _example(reader: Reader, query: str, shows: str = "") -> Example:
    asked = understand(reader, query)
    total = reader.search(asked.bound, offset=0, limit=0).total
    return Example(query, shows, tuple(piece.label for piece in asked.pieces), total)


def _of_field(reader: Reader, field: Field) -> Example | None:
    """Return an example of a field with a value that the index has, None where it has none."""
    documents = listed(reader)
    values: dict[str, Iterable[str]] = {
        "department": (info.department for info in documents),
        "region": (
            info.organisation.region[-1]
            for info in documents
            if info.organisation and info.organisation.region
        ),
        "year": (str(info.year) for info in reversed(documents) if info.year),
        "report": (info.report for info in documents if info.report),
        "table": (kind for kind in reader.values("table") if kind != vocabulary.OTHER),
        "code": (code for code in reader.values("code") if len(code) == 5),
        "type": RECORD_TYPES.values(),
        "checks": OUTCOMES.values(),
        "column": reader.values("column"),
        "sort": ("金额",),
    }
    value = next(iter(values.get(field.name, ())), None)
    if value is None:
        return None
    text = f'"{value}"' if any(map(str.isspace, value)) else value
    return _example(reader, f"{field.prefixes[0]}:{text}")


def _comparisons() -> tuple[tuple[str, tuple[str, ...], tuple[str, ...], tuple[str, ...]], ...]:
    """Return each comparison with its signs, the words before a number and those after it."""
    signs, before, after = _turned(SIGNS), _turned(BEFORE), _turned(AFTER)
    return tuple(
        (said, signs.get(op, ()), before.get(op, ()), after.get(op, ()))
        for op, said in _OPS.items()
    )


def _turned(words: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Return the words of each meaning."""
    return _turned_lists({word: (meaning,) for word, meaning in words.items()})


def _turned_lists(words: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for word, meanings in words.items():
        for meaning in meanings:
            found[meaning].append(word)
    return {meaning: tuple(said) for meaning, said in found.items()}

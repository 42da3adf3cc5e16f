"""The one field table: what is indexed, filtered, counted and sorted, and how people name it.

Engine schemas, query prefixes, facets and the help page derive from `FIELDS`.
"""

from dataclasses import dataclass
from typing import Final, Literal

SCHEMA_VERSION: Final = 9
"""Raised whenever stored records change their meaning; an older index is then rebuilt."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a record.

    `prefixes` are the words that select it in a query (`部门:…`, `dept:…`). A `text` field is
    segmented, and a match in a field of lower `tier` ranks before one of a higher tier. Beside
    a comparison the words must belong to the figure, which `figure` tells of a text: "own" says
    what the figure is of, "whole" what it is a part of (so that some other word must say what
    it is), "other" has figures of its own (so that no word is looked for there). A `keyword` is
    one exact value, a `number` a whole number, `figures` a list of quantities.
    """

    name: str
    label: str
    type: Literal["text", "keyword", "number", "figures"]
    prefixes: tuple[str, ...] = ()
    facet: bool = False
    tier: int = 0
    figure: Literal["own", "whole", "other"] = "own"
    help: str = ""


FIELDS: Final[tuple[Field, ...]] = (
    Field("label", "名称", "text", tier=1),
    Field("context", "所属", "text", tier=2),
    Field("path", "上级", "text", tier=2, figure="whole"),
    Field("body", "正文", "text", tier=3),
    Field("remark", "说明", "text", tier=4, figure="other"),
    Field("department", "部门", "keyword", ("部门", "单位", "dept"), facet=True,
          help="部门全称、简称或其中一部分"),
    Field("region", "地区", "keyword", ("地区", "region"), facet=True,
          help="省、市或县（区），包含其下各级"),
    Field("year", "年度", "number", ("年度", "年", "year"), facet=True,
          help="财政年度，或用 .. 连接的起止年度"),
    Field("report", "类型", "keyword", ("类型", "kind"), facet=True, help="预算 或 决算"),
    Field("table", "表", "keyword", ("表", "table"), facet=True, help="表的种类或其中一部分"),
    Field("code", "科目", "keyword", ("科目", "code"), facet=True,
          help="科目编码，包含其下各级"),
    Field("type", "类", "keyword", ("类", "type"), facet=True, help="表格、段落 或 项目"),
    Field("column", "列", "keyword", ("列", "col"), help="金额所在的列"),
    Field("checks", "核对", "keyword", ("核对", "check"), facet=True,
          help="不符、相符 或 未核对：数字与文件中其他数字的勾稽关系"),
    Field("figures", "金额", "figures"),
    Field("sort", "排序", "keyword", ("排序", "sort"), help="金额、金额升 或 年度"),
)  # fmt: skip

BY_NAME: Final = {field.name: field for field in FIELDS}
PREFIXES: Final = {prefix: field for field in FIELDS for prefix in field.prefixes}
TEXT_FIELDS: Final = tuple(field for field in FIELDS if field.type == "text")
FACETS: Final = tuple(field for field in FIELDS if field.facet)

RECORD_TYPES: Final = {"row": "表格", "passage": "段落", "project": "项目"}
"""Kinds of hits and their Chinese names."""

OUTCOMES: Final = {"fail": "不符", "pass": "相符", "unchecked": "未核对"}
"""Outcomes of checking a record's figures against others of its document, in Chinese."""
LABELS: Final = {"type": RECORD_TYPES, "checks": OUTCOMES}
"""Fields whose values are words of the program, with what people call the values."""

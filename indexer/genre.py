"""Tells what a document is 体裁: a filled disclosure, a blank form, a checklist, an article.

Everything is a disclosure that nothing else is shown to be: what is doubtful stays counted.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from indexer.metadata import Metadata
from indexer.organ_names import PLACEHOLDER, is_blank
from indexer.tables.kinds import FORMS, OTHER
from search.model import CellState, Genre, Passage, Table, Warning

MIN_BLANKS: Final = 5
"""So many places to fill in make a form; a disclosure may have forgotten a few."""
MIN_CHECKED: Final = 2
"""So many heads of an inspector's table make a checklist of it."""
BEGINNING: Final = 12
"""So many first lines say what a text is; a notice is often quoted further down."""

_QUANTITY = r"(?:亿元|万元|元|%|辆|人次?|个|批次?|平方米|项|台|套)"
_BLANK = re.compile(
    rf"{PLACEHOLDER}\s*{_QUANTITY}"
    rf"|(?:总计|合计|[为计共]|[预决]算数?|支出|收入|增加|减少|下降|增长|占)\s{{2,}}{_QUANTITY}"
)
_SIGNS: Final = (
    "XX",
    "xx",
    "××",
    "**",
    "＊＊",
    "○○",
    "〇〇",
    "□□",
    "__",
    "..",
    "……",
    "  ",
    "\u3000\u3000",
)
"""A text with none of these has nothing to fill in: most have none, and are searched no further."""
_CHECK_TITLE = re.compile(
    r"(?:检查|自查|核查|评分|考核|考评|审核|抽查)(?:情况)?(?:表|清单|要点|细则|标准)|负面清单|检查清单|自查报告"
)
_CHECK_HEADS = re.compile(
    r"检查(?:内容|项目|事项|要点|标准|结果|指标|意见)|核查(?:内容|结果|情况)|自查(?:内容|结果|情况)|是否(?:公开|符合|按|一致|完整|规范|存在)"
    r"|评分标准|扣分|得分|发现的?问题|整改(?:情况|措施|建议)|法律依据|检查人|公开(?:要求|标准|时限)"
)
_PRESS = re.compile(
    r"本报讯|新华社|中新社|中新网|人民网|央视|日电|本报记者|记者[^。]{0,12}(?:报道|获悉|从|了解)|通讯员|责任编辑|责编|据.{0,10}(?:日报|晚报|网|消息)"
)
_RULES = re.compile(
    r"(?:的|》)?(?:通知|办法|意见|实施细则|细则|规定|规程|工作规则|条例|管理制度|工作方案|解读|问答|答记者问|通报)(?:》)?(?:\(.{0,10}\))?"
)
_NAMES: Final[dict[Genre, str]] = {
    "form": "空白样表：该填的地方没有填",
    "checklist": "检查、自查用的表，说的是别的公开文件",
    "article": "报道或文章，说的是别的公开文件",
    "other": "不是公开文件（通知、办法之类）",
}
SAID_TO_BE: Final[dict[Genre, str]] = {
    "disclosure": "", "form": "（空白样表）", "checklist": "（检查表）", "article": "（报道）",
    "other": "（其他材料）",
}  # fmt: skip
"""What a document's title says of it behind what it is about."""
NOT_COUNTED: Final = "{}，不作部门的公开文件统计和比较"


def genre_of(meta: Metadata, tables: Sequence[Table], passages: Sequence[Passage]) -> Genre:
    """Return what a document is."""
    text = "\n".join(passage.text for passage in passages)
    figures = _figures(tables)
    said = sum(len(passage.statements) for passage in passages)
    marked = any(sign in text for sign in _SIGNS)
    blanks = (len(_BLANK.findall(text)) if marked else 0) + _blank_cells(tables)
    if is_blank(meta.department) and figures == 0:
        return "form"
    if blanks >= MIN_BLANKS and blanks > figures + said:
        return "form"
    first = [line.strip() for p in passages[:BEGINNING] for line in p.text.split("\n")[:3]]
    if not _has_budget(tables) and _is_checklist(first, tables):
        return "checklist"
    if meta.titled or _has_budget(tables):
        return "disclosure"
    if _PRESS.search(text):
        return "article"
    if any(_RULES.search(line[-12:]) and len(line) < 60 for line in first[:4]) and not said:
        return "other"
    return "disclosure"


def genre_warning(genre: Genre) -> Warning | None:
    """Return the warning that a document is no disclosure, None where it is one."""
    name = _NAMES.get(genre)
    return None if name is None else Warning(message=NOT_COUNTED.format(name))


def _figures(tables: Iterable[Table]) -> int:
    """Return how many cells print a figure other than zero."""
    cells = (cell for table in tables for row in table.rows for cell in row.cells)
    return sum(cell.state is CellState.VALUE and bool(cell.value) for cell in cells)


def _blank_cells(tables: Iterable[Table]) -> int:
    """Return how many cells print a placeholder in place of a figure."""
    cells = (cell for table in tables for row in table.rows for cell in row.cells)
    return sum(re.fullmatch(PLACEHOLDER + _QUANTITY + "?", cell.text) is not None for cell in cells)


def _has_budget(tables: Iterable[Table]) -> bool:
    """Return whether a table of a disclosure's own prints figures."""
    return any(table.kind not in {OTHER, *FORMS} and _figures([table]) for table in tables)


def _is_checklist(first: Sequence[str], tables: Sequence[Table]) -> bool:
    """Return whether a text is an inspector's table about a disclosure."""
    titles = [*(table.title for table in tables), *first]
    titled = any(_CHECK_TITLE.search(line) and len(line) < 50 for line in titles)
    heads = {
        found
        for table in tables
        for line in table.grid[:3]
        for cell in line.cells
        for found in _CHECK_HEADS.findall(cell.text)
    }
    return len(heads) >= MIN_CHECKED or (titled and bool(heads))

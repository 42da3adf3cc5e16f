"""What heads, units, sums, periods … are called stands in the vocabulary and nowhere else."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from search import vocabulary

ROOT: Final = Path(__file__).parent.parent
SOURCES: Final = sorted(
    path
    for package in ("indexer", "search")
    for path in (ROOT / package).rglob("*.py")
    if path.parent.name != "vocabulary"
)
WORDS: Final = re.compile(
    "合计|总计|小计|共计|上年|去年|前年|上一年|本年|当年|年初|年末|期初|期末|增减|增幅|同比|[万亿千百]元|元/"
    r"|\(元|元\\?\)|人次|批次|课时|平方米|[本此]表(?:无|没|为)|不适用|无数据|[预决]算数|编码|序号|栏次"
)
"""Words of which a pattern speaks of what the vocabulary knows."""
PATTERN: Final = re.compile(r"[|?*\[\]\\]")
"""What tells a regular expression from a word or a message."""
NOT_PORTED: Final = {
    "indexer/checks/shares.py": "what sentences say of shares and changes",
    "indexer/forms/funds.py": "names of sources, as the 绩效 forms print them before an amount",
    "indexer/forms/headed.py": "what a paragraph says before a total",
    "indexer/ledger.py": "heads of columns that number or date their rows",
    "indexer/attribution.py": "what follows a department's name in a sentence",
    "indexer/covers.py": "lines of a site beside a name",
    "indexer/genre.py": "what a blank form leaves open, units among it",
    "indexer/organ_names.py": "what no department's name holds",
    "indexer/titles.py": "funds whose names hold 预算",
    "indexer/narrative/clauses.py": "where sentences end",
    "indexer/narrative/roles.py": "how sentences compare",
    "indexer/narrative/series.py": "how sentences list",
    "indexer/narrative/words.py": "how sentences compare and date",
    "indexer/numbers.py": "what stands before numbers that are no figures in sentences",
    "indexer/readers/pdf/wrapping.py": "heads under which words wrap in a PDF",
    "indexer/tables/headers.py": "the row of column numbers, whose letters are no heads",
    "indexer/tables/table.py": "heads that name the code of a unit",
    "search/compare/scope.py": "what a title says of the year before's rest",
    "search/query/wording.py": "how questions compare",
}
"""Files that speak of the fields in patterns of their own, and of what; it only gets shorter."""


def _strings(node: ast.AST) -> Iterator[str]:
    for inner in ast.walk(node):
        if isinstance(inner, ast.Constant) and isinstance(inner.value, str):
            yield inner.value


def _patterns(tree: ast.Module) -> Iterator[str]:
    """Yield the strings of patterns: those given to `re`, and constants written as patterns."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("re."):
            yield from _strings(node)
    for statement in tree.body:
        if isinstance(statement, ast.Assign | ast.AnnAssign) and statement.value is not None:
            yield from filter(PATTERN.search, _strings(statement.value))


def _lists(tree: ast.Module) -> Iterator[tuple[str, ...]]:
    """Yield the words of each set, list, tuple or mapping of words."""
    for node in ast.walk(tree):
        of = node.keys if isinstance(node, ast.Dict) else getattr(node, "elts", ())
        words = [
            each.value
            for each in of
            if isinstance(each, ast.Constant) and isinstance(each.value, str)
        ]
        if len(words) > 1:
            yield tuple(words)


def _is_list_of_the_field(words: tuple[str, ...]) -> bool:
    if set(words) <= {"增加", "减少", ""}:
        return False  # the two directions of the model, which are values and no words
    asked = (_is_unit, vocabulary.sum_of, vocabulary.change)
    return any(sum(bool(ask(word)) for word in words) > 1 for ask in asked)


def _is_unit(word: str) -> bool:
    of = vocabulary.unit(word)
    return of is not None and of.kind in {"money", "foreign", "area"}


def _scattered(path: Path) -> list[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = [text for text in _patterns(tree) if WORDS.search(text)]
    found += ["、".join(words) for words in _lists(tree) if _is_list_of_the_field(words)]
    return found


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_words_of_the_field_stand_in_the_vocabulary(path: Path) -> None:
    name = str(path.relative_to(ROOT))
    found = _scattered(path)
    if name in NOT_PORTED:
        assert found, f"{name} is clean: take it off the list"
    else:
        assert not found


def test_the_test_finds_them(tmp_path: Path) -> None:
    for number, text in enumerate(
        (
            "import re\nX = re.compile('合计|总计')\n",
            "import re\ndef f(x):\n    return re.search(r'.*上年', x)\n",
            "X = r'(?:万元|千元)'\n",
            "X = frozenset({'合计', '小计'})\n",
            "def f(x):\n    return x in ('万元', '元')\n",
            "X = {'增减': 1, '增减额': 2}\n",
        )
    ):
        (tmp_path / f"{number}.py").write_text(text, encoding="utf-8")
        assert _scattered(tmp_path / f"{number}.py"), text
    (tmp_path / "clean.py").write_text("X = '没有合计'\ny = '本表无数据'\n", encoding="utf-8")
    assert not _scattered(tmp_path / "clean.py")

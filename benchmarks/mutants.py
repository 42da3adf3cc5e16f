"""Counts which of some random faults in the reading of tables the tests find.

`python -m benchmarks.mutants amounts|headers|units --seed 1 --count 30`: each fault is one change
of the syntax tree of one source (a comparison, a constant, a condition, a returned value), tried
in a copy of the tree against a fixed set of tests. Prints each fault that no test finds.
"""

import argparse
import ast
import copy
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Final

ROOT: Final = Path(__file__).parent.parent
SOURCES: Final = {
    "amounts": ("search/amounts.py", "search/vocabulary/units.py"),
    "headers": (
        "indexer/tables/headers.py", "indexer/tables/parts.py", "indexer/tables/levels.py",
        "indexer/tables/spans.py", "indexer/tables/sides.py", "indexer/tables/columns.py",
    ),
    "units": (
        "indexer/tables/units.py", "indexer/tables/labels.py", "indexer/tables/measures.py",
    ),
}  # fmt: skip
TESTS: Final = (
    "tests/test_levels_and_columns.py",
    "tests/test_amounts.py", "tests/test_doubtful_figures.py", "tests/test_units_in_tables.py",
    "tests/test_field_words.py", "tests/test_tables.py", "tests/test_measures.py",
    "tests/test_layouts.py", "tests/test_layout_figures.py", "tests/test_layout_sayings.py",
    "tests/test_spans.py", "tests/test_golden.py", "tests/test_query_parser.py",
    "tests/test_table_variants.py",
)  # fmt: skip
PATIENCE: Final = 240
"""Seconds after which the tests of a fault count as failed: it loops."""
_SWAPPED: Final[dict[type[ast.cmpop], type[ast.cmpop]]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq, ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mutant:
    """A source with one fault: the file, its line, what was changed, and the whole new text."""

    source: str
    line: int
    change: str
    text: str


def mutants(source: str) -> Iterator[Mutant]:
    """Yield a mutant for each place of a source that can be changed."""
    tree = ast.parse((ROOT / source).read_text(encoding="utf-8"))
    count = sum(1 for _ in ast.walk(tree))
    for index in range(count):
        changed = copy.deepcopy(tree)
        node = list(ast.walk(changed))[index]
        before = ast.unparse(node) if isinstance(node, ast.expr | ast.stmt) else ""
        if before and _change(node):
            text = ast.unparse(ast.fix_missing_locations(changed))
            line = getattr(node, "lineno", 0)
            yield Mutant(source, line, f"{before} -> {ast.unparse(node)}", text)


def _change(node: ast.AST) -> bool:
    """Put a fault into a node; return whether there is one for it."""
    match node:
        case ast.Compare(ops=[op]) if type(op) in _SWAPPED:
            node.ops = [_SWAPPED[type(op)]()]
        case ast.BoolOp():
            node.op = ast.And() if isinstance(node.op, ast.Or) else ast.Or()
        case ast.If() | ast.IfExp():
            node.test = ast.UnaryOp(ast.Not(), node.test)
        case ast.Return(value=ast.Constant(value=bool(told))):
            node.value = ast.Constant(not told)
        case ast.BinOp(op=ast.Add()):
            node.op = ast.Sub()
        case ast.BinOp(op=ast.Sub()):
            node.op = ast.Add()
        case ast.Constant(value=int(number)) if not isinstance(number, bool):
            node.value = number + 1
        case _:
            return False
    return True


def survives(mutant: Mutant) -> bool:
    """Return whether all tests pass although a source has a fault."""
    with tempfile.TemporaryDirectory() as folder:
        tree = Path(folder) / "tree"
        kept = shutil.ignore_patterns(".git", ".venv", ".*_cache", "__pycache__", "*.egg-info")
        shutil.copytree(ROOT, tree, ignore=kept)
        (tree / mutant.source).write_text(mutant.text, encoding="utf-8")
        command = [
            sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider",
            "-m", "not software", *TESTS,
        ]  # fmt: skip
        environment = {**os.environ, "PYTHONPATH": str(tree), "PYTHONDONTWRITEBYTECODE": "1"}
        try:
            done = subprocess.run(
                command, cwd=tree, env=environment, capture_output=True, timeout=PATIENCE,
                check=False,
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            return False
    return done.returncode == 0


def main(arguments: Sequence[str] | None = None) -> None:
    """Print how many random faults of a part are found, and those that are not."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.mutants", description=__doc__)
    parser.add_argument("part", choices=SOURCES)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=30)
    asked = parser.parse_args(arguments)
    every = [mutant for source in SOURCES[asked.part] for mutant in mutants(source)]
    chosen = Random(asked.seed).sample(every, min(asked.count, len(every)))
    with ThreadPoolExecutor(2) as pool:
        left = [m for m, alive in zip(chosen, pool.map(survives, chosen), strict=True) if alive]
    for mutant in left:
        sys.stdout.write(f"{mutant.source}:{mutant.line}: {mutant.change}\n")
    sys.stdout.write(f"{asked.part}: {len(chosen) - len(left)} of {len(chosen)} found\n")


if __name__ == "__main__":
    main()

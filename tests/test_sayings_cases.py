"""Sentences of one kind in ten wordings each: what each figure is of, its year and role."""

import json
from pathlib import Path
from typing import Any

import pytest

from indexer.disclosure import read
from search.model import Disclosure, Statement
from tests.conftest import statements

CASES: list[dict[str, Any]] = json.loads(
    (Path(__file__).parent / "cases" / "sayings.json").read_text(encoding="utf-8")
)
YEAR = 2024


def document(text: str) -> Disclosure:
    """Return a disclosure of one paragraph; its heading may follow behind an @."""
    said, _, heading = text.partition("@")
    head = f"某县某局\n\n{YEAR}年度部门预算公开\n\n第三部分 情况说明\n\n{heading or '一、说明'}"
    return read(f"{head}\n\n{said}\n".encode(), "x.txt")


def told(of: Statement) -> str:
    """Return a statement without its subject, in short."""
    year = of.year if of.year not in {None, YEAR} else None
    role = of.direction or (of.role.value if of.role.value != "level" else None)
    return " ".join(str(part) for part in (f"{of.value:f}{of.unit}", role, year) if part)


def is_said(of: Statement, expected: str) -> bool:
    """Return whether a statement is the expected one, whose subject may hold more words."""
    subject, _, rest = expected.partition(" ")
    return told(of) == rest and subject in of.subject


@pytest.mark.parametrize(
    ("kind", "variant"),
    [(case["kind"], variant) for case in CASES for variant in case["variants"]],
    ids=[f"{case['kind'].split()[0]}-{n}" for case in CASES for n in range(len(case["variants"]))],
)
def test_each_figure_is_of_its_item(kind: str, variant: dict[str, Any]) -> None:
    of = document(variant["text"])
    found = statements(of)
    shown = [f"{one.subject} {told(one)}" for one in found]
    assert len(found) == len(variant["says"]), (kind, shown)
    for one, expected in zip(found, variant["says"], strict=True):
        assert is_said(one, expected), (kind, shown)
    if "basis" in variant:
        assert [one.basis for one in found] == variant["basis"]
    if "untold" in variant:
        named = [w.message for w in of.warnings if w.message.startswith("句中的")]
        assert sum(message.count("、") + 1 for message in named) == variant["untold"], named


def test_each_kind_has_ten_wordings() -> None:
    assert all(len(case["variants"]) >= 10 for case in CASES)

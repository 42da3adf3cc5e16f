"""Sixty narratives of places, years and kinds of bodies, each figure of them judged by eye."""

import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any, Final

from indexer.disclosure import read
from search.model import Statement
from tests.conftest import statements

JUDGED: list[dict[str, Any]] = json.loads(
    (Path(__file__).parent / "judged" / "narratives.json").read_text(encoding="utf-8")
)
RIGHT: Final = 0.95
"""So large a share of the figures must come out as judged."""
FALSE: Final = 0.01
"""At most so large a share may come out as another item's, year, role or direction."""


def _read(narrative: dict[str, Any]) -> list[Statement]:
    head = f"{narrative['place']}\n\n{narrative['year']}年度部门决算公开\n\n第三部分 情况说明"
    text = f"{head}\n\n{narrative['section']}\n\n{narrative['text']}\n"
    return statements(read(text.encode(), "x.txt"))


def _figure(of: Statement) -> str:
    return f"{of.value:f}{of.unit}"


def _told(of: Statement, year: int) -> str:
    """Return what a statement says but for its subject: figure, role or direction, year."""
    role = of.direction or (of.role.value if of.role.value != "level" else None)
    own = of.year if of.year not in {None, year} else None
    return " ".join(str(part) for part in (_figure(of), role, own) if part)


def _split(expected: str) -> tuple[str, str]:
    """Return the subject of an expectation ("" where any will do) and the rest."""
    head, _, rest = expected.partition(" ")
    return ("", expected) if head[0].isdigit() else (head, rest)


def judge(narrative: dict[str, Any]) -> list[tuple[str, str]]:
    """Return for each figure judged whether it came out right, false or missing; and more."""
    found, outcomes = _read(narrative), []
    for expected in narrative["says"]:
        subject, rest = _split(expected)
        at = next((i for i, s in enumerate(found) if _figure(s) == rest.split(" ")[0]), None)
        if at is None:
            outcomes.append(("missing", expected))
            continue
        one = found.pop(at)
        right = _told(one, narrative["year"]) == rest and subject in one.subject
        shown = f"{expected} | {one.subject} {_told(one, narrative['year'])}"
        outcomes.append(("right" if right else "false", shown))
    outcomes += [("invented", f"{s.subject} {_figure(s)}") for s in found]
    return outcomes


def test_the_judged_narratives_hold() -> None:
    outcomes = [(n["place"], *one) for n in JUDGED for one in judge(n)]
    counts = Counter(what for _, what, _ in outcomes)
    total = sum(len(narrative["says"]) for narrative in JUDGED)
    odd = [f"{what} {place} {shown}" for place, what, shown in outcomes if what != "right"]
    sys.stdout.write("\n".join([f"{total} figures: {dict(counts)}", *odd, ""]))
    assert len(JUDGED) >= 60
    assert counts["right"] >= RIGHT * total
    assert counts["false"] <= FALSE * total
    assert counts["invented"] == 0

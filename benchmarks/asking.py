"""Queries as people ask them, drawn by a seed from what an index holds."""

from collections.abc import Iterator
from random import Random
from typing import Final

from search.engines.base import Bound, Reader
from search.suggest.terms import restored

_COMPARISONS: Final = ("> {}万元", ">= {}万元", "< {}万元", "<= {}万元", "超过{}万元", "{}万元以下")
_AMOUNTS: Final = ("0.5", "1", "3", "10", "17.5", "50", "100", "500", "1000", "20000")
_COUNTED: Final = (">= 3辆", "> 1000平方米", "< 50%", "> 10人", "执行率 < 80%")
_SORTS: Final = ("排序:金额", "排序:金额升", "排序:年度")
_MOST: Final = 400
"""Names of a kind that are drawn from, the most frequent."""


def asked(reader: Reader, seed: int, count: int) -> Iterator[str]:
    """Yield `count` queries over an index; the same seed gives the same."""
    draw = Random(f"{seed}/queries")
    names = _Names(reader, draw)
    for _ in range(count):
        parts = [names.words() for _ in range(draw.choice((0, 1, 1, 1, 1, 2, 2, 3)))]
        conditions = draw.sample(names.conditions(), draw.choice((0, 0, 1, 1, 1, 2, 3)))
        if not parts and not conditions:
            parts = [names.words()]
        if len(parts) > 1 and draw.random() < 0.2:
            parts = [f"({' OR '.join(parts)})"]
        asking = [*parts, *conditions]
        draw.shuffle(asking)
        if draw.random() < 0.2:
            asking.append(draw.choice(_SORTS))
        yield " ".join(asking)


class _Names:
    def __init__(self, reader: Reader, draw: Random) -> None:
        facets = reader.search(Bound(), offset=0, limit=0).facets
        self._draw = draw
        terms = sorted(reader.terms().items(), key=lambda item: (-item[1], item[0]))
        labels = dict.fromkeys(restored(term).text for term, _ in terms)
        self._labels = list(labels)[:_MOST]
        self._columns = sorted(reader.values("column"))[:_MOST]
        self._codes = sorted(reader.values("code"))
        self._facets = {name: [v.value for v in values] for name, values in facets.items()}

    def words(self) -> str:
        """Return a word, a part of a label, a phrase, or one of them denied."""
        label = self._draw.choice(self._labels)
        start = self._draw.randrange(max(1, len(label) - 1))
        part = label[start : start + self._draw.choice((2, 2, 3, 4, 6))].strip() or label
        way = self._draw.random()
        if way < 0.35:
            return label
        if way < 0.75:
            return part
        return f'"{part}"' if way < 0.9 else f"-{part}"

    def conditions(self) -> list[str]:
        """Return one condition on each field, an amount and a quantity."""
        draw = self._draw
        years = sorted(self._facets["year"]) or ["2024"]
        year = draw.choice(years)
        amount = draw.choice(_COMPARISONS).format(draw.choice(_AMOUNTS))
        found = [
            draw.choice((year, year, f"{year}年", f"{years[0]}..{year}")),
            draw.choice((amount, amount, draw.choice(_COUNTED))),
            draw.choice(("预算", "决算")),
            draw.choice(("类:项目", "类:段落", "类:表格", "-类:段落")),
        ]
        if self._codes:
            code = draw.choice(self._codes)
            found.append(f"科目:{code[: draw.choice((3, 5, 7))]}")
        if self._columns:
            column = draw.choice(self._columns).rpartition(" / ")[2]
            found.append(f"列:{column.replace(' ', '')} {amount}")
        found += [
            f"{prefix}:{draw.choice(self._facets[name]).replace(' ', '')}"
            for prefix, name in (("部门", "department"), ("表", "table"))
            if self._facets.get(name)
        ]
        return found

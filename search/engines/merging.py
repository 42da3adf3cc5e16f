"""The columns of a new commit: those of the last without what was removed, and a batch behind."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from search.engines.batch import Batch
from search.engines.columns import (
    FIGURE_KEYWORDS,
    HEAPS,
    KEYWORDS,
    Columns,
    Contents,
    Folder,
    Place,
)
from search.engines.figures import Figures
from search.engines.names import Names
from search.engines.rows import Mask

_SAME: Final = (
    "kind", "listed", "definition", "year", "place", "label_hash", "label_length", "repeat",
    "amount",
)  # fmt: skip
"""Columns that stand in a batch as they are kept."""


def merged(
    old: Columns, batch: Batch, heaps: Mapping[str, tuple[str, int]], folder: Folder
) -> Columns:
    """Write the columns of the next commit, whose heaps have these files and lengths; return them.

    One column at a time is in memory.
    """
    return _Merging(old, batch, folder).columns(heaps)


class _Merging:
    def __init__(self, old: Columns, batch: Batch, folder: Folder) -> None:
        self.old, self.batch, self.folder = old, batch, folder
        self.rows = batch.rows.array()
        self.ordinals = np.arange(batch.first, batch.ordinal, dtype=np.uint32)
        self.kept = (
            self._counting(old.names["document"], old.keywords["document"], old.ordinal),
            self._counting(batch.names["document"], self.rows["document"], self.ordinals),
        )
        self.names: dict[str, Names] = {}

    def columns(self, heaps: Mapping[str, tuple[str, int]]) -> Columns:
        """Return the columns, written."""
        old, rows, put = self.old, self.rows, self.folder.put
        same = {name: self._joined(name, getattr(old, name), rows[name]) for name in _SAME}
        keywords = {
            name: self._keyword(
                f"keywords.{name}", name, (old.keywords[name], rows[name]), self.kept
            )
            for name in KEYWORDS
        }
        figures = self._figures()
        ordinal = self._joined("ordinal", old.ordinal, self.ordinals)
        row = np.full(self.batch.ordinal, -1, dtype=np.int32)
        row[ordinal] = np.arange(len(ordinal), dtype=np.int32)
        return Columns(
            **same,
            ordinal=ordinal,
            row=put("row", row),
            group=put("group", _groups(same["repeat"])),
            rank=put("rank", _ranks(same["year"], keywords, same["place"])),
            keywords=keywords,
            heaps={name: self._place(name) for name in HEAPS},
            figures=figures,
            names=self.names,
            contents=self.folder.put_contents(Contents(self.batch.ordinal, heaps)),
        )

    def _counting(
        self, documents: Iterable[str], document: NDArray[Any], ordinals: NDArray[np.uint32]
    ) -> Mask:
        """Return which records count: those of a document since it was replaced or removed."""
        since = [self.batch.since.get(name, 0) for name in documents]
        return np.asarray(np.array(since, dtype=np.int64)[document] <= ordinals)

    def _joined(self, name: str, before: NDArray[Any], added: NDArray[Any]) -> NDArray[Any]:
        """Return a column of both parts, written, without what does not count."""
        kept_old, kept_new = self.kept
        return self.folder.put(name, before[kept_old], added[kept_new].astype(before.dtype))

    def _place(self, name: str) -> Place:
        old, rows = self.old.heaps[name], self.rows
        return Place(
            self._joined(f"{name}.start", old.start, rows[f"{name}.start"]),
            self._joined(f"{name}.length", old.length, rows[f"{name}.length"]),
        )

    def _keyword(
        self,
        file: str,
        name: str,
        columns: tuple[NDArray[np.integer[Any]], NDArray[np.integer[Any]]],
        kept: tuple[Mask, Mask],
    ) -> NDArray[np.integer[Any]]:
        """Return a keyword column of both parts, written; its names are those in use, and none.

        It is as narrow as their number allows: less to read, seal and keep near.
        """
        known = (self.old.names[name], list(self.batch.names[name]))
        parts = [column[counts] for column, counts in zip(columns, kept, strict=True)]
        used = [_used(part, names) for part, names in zip(parts, known, strict=True)]
        values = sorted({"", *used[0].values(), *used[1].values()})
        codes = {value: code for code, value in enumerate(values)}
        for number, (part, names) in enumerate(zip(parts, known, strict=True)):
            code = np.zeros(len(names), dtype=np.min_scalar_type(len(values)))
            for place, value in used[number].items():
                code[place] = codes[value]
            parts[number] = code[part]
        self.names[name] = self.folder.put_names(name, Names.of(values))
        return self.folder.put(file, *parts)

    def _figures(self) -> Figures:
        """Return the figures of the records that count, written."""
        old, added, put = self.old.figures, self.batch.figures.array(), self.folder.put
        before, often = np.diff(old.offset).astype(np.int32), self.rows["figures"]
        counts = np.concatenate([before[self.kept[0]], often[self.kept[1]]])
        kept = np.repeat(self.kept[0], before), np.repeat(self.kept[1], often)

        def both(name: str) -> NDArray[Any]:
            path = f"figures.{name}"
            return put(path, getattr(old, name)[kept[0]], added[name][kept[1]])

        offset = put(
            "figures.offset", np.zeros(1, dtype=np.int64), np.cumsum(counts, dtype=np.int64)
        )
        return Figures(
            offset=offset,
            owner=put("figures.owner", np.repeat(np.arange(len(counts), dtype=np.int32), counts)),
            amount=both("amount"),
            tag=both("tag"),
            **{
                name: self._keyword(
                    f"figures.{name}", name, (getattr(old, name), added[name]), kept
                )
                for name in FIGURE_KEYWORDS
            },
        )


def _used(column: NDArray[np.integer[Any]], names: Sequence[str]) -> dict[int, str]:
    """Return the names that a column holds, by their places."""
    places = map(int, np.flatnonzero(np.bincount(column)))
    return {place: names[place] for place in places}


def _groups(repeat: NDArray[np.int64]) -> NDArray[np.int32]:
    """Return the number of each record's group of those that say the same; alone it is 0."""
    found = np.zeros(len(repeat), dtype=np.int32)
    said = np.flatnonzero(repeat)
    _, of, often = np.unique(repeat[said], return_inverse=True, return_counts=True)
    number = np.cumsum(often > 1, dtype=np.int32)
    number[often == 1] = 0
    found[said] = number[of]
    return found


def _ranks(
    year: NDArray[np.int32],
    keywords: Mapping[str, NDArray[np.integer[Any]]],
    place: NDArray[np.int64],
) -> NDArray[np.int32]:
    """Return the place of each record by year, department, place in the document, document."""
    order = np.lexsort((keywords["document"], place, keywords["department"], -year))
    rank = np.empty(len(order), dtype=np.int32)
    rank[order] = np.arange(len(order), dtype=np.int32)
    return rank

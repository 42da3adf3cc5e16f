"""The structured side of one commit: NumPy columns in a folder, one value a record, mapped."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from hashlib import blake2b
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from search.engines import seals
from search.engines.figures import Figures
from search.engines.names import Names
from search.engines.rows import Mask

KINDS: Final = ("document", "row", "passage", "statement", "project", "aside", "blank")
UNKNOWN_YEAR: Final = 0
KEYWORDS: Final = ("document", "department", "report", "table", "account", "term", "checks")
"""Columns that hold places among names; place 0 is none."""
FIGURE_KEYWORDS: Final = ("unit", "column")
"""Such columns of the figures."""
HEAPS: Final = ("payloads", "texts")
_CONTENTS: Final = "contents"


@dataclass(frozen=True, slots=True)
class Place:
    """Where the bytes of each record stand in a heap."""

    start: NDArray[np.int64]
    length: NDArray[np.int32]

    def lists(self) -> tuple[list[int], list[int]]:
        """Return both as numbers."""
        return self.start.tolist(), self.length.tolist()


@dataclass(frozen=True, slots=True)
class Contents:
    """What the columns do not say: the next ordinal, and name and length of each heap."""

    ordinals: int
    heaps: Mapping[str, tuple[str, int]]


@dataclass(frozen=True, slots=True)
class Columns:
    """All columns of one commit; arrays are parallel, one entry a record, in order of ordinals.

    A record keeps its ordinal for ever; its row changes when others are removed. `row` is the
    row of each ordinal, -1 where its record was removed. `rank` orders records whose match is
    equal: by year (the latest first), department, place in the document. Records of one `group`
    say the same; 0 is none.
    """

    ordinal: NDArray[np.uint32]
    row: NDArray[np.int32]
    kind: NDArray[np.uint8]
    listed: Mask
    definition: Mask
    year: NDArray[np.int32]
    place: NDArray[np.int64]
    label_hash: NDArray[np.int64]
    label_length: NDArray[np.int32]
    repeat: NDArray[np.int64]
    group: NDArray[np.int32]
    rank: NDArray[np.int32]
    amount: NDArray[np.int64]
    keywords: Mapping[str, NDArray[np.integer[Any]]]
    heaps: Mapping[str, Place]
    figures: Figures
    names: Mapping[str, Names]
    contents: Contents

    def __len__(self) -> int:
        return len(self.kind)


class Folder:
    """The files of the columns of one commit, each with its seal."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def put(self, name: str, *parts: NDArray[Any]) -> NDArray[Any]:
        """Write parts as one array and return it mapped, so that it takes no memory."""
        path = self._path / f"{name}.npy"
        with path.open("wb") as file:
            header = {"descr": parts[0].dtype.str, "fortran_order": False}
            np.lib.format.write_array_header_1_0(file, header | {"shape": (sum(map(len, parts)),)})
            for part in parts:
                part.tofile(file)
        seals.seal(path)
        return self.get(name)

    def get(self, name: str) -> NDArray[Any]:
        """Return an array, mapped."""
        path = self._path / f"{name}.npy"
        seals.check(path)
        return np.asarray(np.load(path, mmap_mode="r", allow_pickle=False))

    def put_names(self, name: str, names: Names) -> Names:
        """Write names and return them mapped."""
        return Names(
            self.put(f"names.{name}.text", names.text), self.put(f"names.{name}.ends", names.ends)
        )

    def put_contents(self, contents: Contents) -> Contents:
        """Write what the columns do not say; return it."""
        data = {"ordinals": contents.ordinals, "heaps": dict(contents.heaps)}
        (self._path / _CONTENTS).write_bytes(seals.sealed(json.dumps(data).encode()))
        return contents

    def columns(self) -> Columns:
        """Return all columns, mapped."""
        contents = json.loads(seals.opened((self._path / _CONTENTS).read_bytes()))
        return Columns(
            **{name: self.get(name) for name in _PLAIN},
            keywords={name: self.get(f"keywords.{name}") for name in KEYWORDS},
            heaps={
                name: Place(self.get(f"{name}.start"), self.get(f"{name}.length")) for name in HEAPS
            },
            figures=Figures(**{f.name: self.get(f"figures.{f.name}") for f in fields(Figures)}),
            names={
                name: Names(self.get(f"names.{name}.text"), self.get(f"names.{name}.ends"))
                for name in (*KEYWORDS, *FIGURE_KEYWORDS)
            },
            contents=Contents(
                contents["ordinals"],
                {name: (file, length) for name, (file, length) in contents["heaps"].items()},
            ),
        )


def empty() -> Columns:
    """Return the columns of an index without records."""
    none = {name: np.zeros(0, dtype=dtype) for name, dtype in _DTYPES.items()}
    code = np.zeros(0, dtype=np.int32)
    return Columns(
        **none,
        keywords=dict.fromkeys(KEYWORDS, code),
        heaps={name: Place(np.zeros(0, dtype=np.int64), code) for name in HEAPS},
        figures=Figures(
            np.zeros(1, dtype=np.int64), code, np.zeros(0, dtype=np.int64),
            np.zeros(0, dtype=np.uint16), code, code,
        ),
        names={name: Names.of([""]) for name in (*KEYWORDS, *FIGURE_KEYWORDS)},
        contents=Contents(0, {}),
    )  # fmt: skip


def text_key(text: str) -> int:
    """Return a stable signed 64-bit hash of a text, for telling equal ones; 0 for none."""
    if not text:
        return 0
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "little", signed=True)


_DTYPES: Final = {
    "ordinal": "<u4", "row": "<i4", "kind": "u1", "listed": "?", "definition": "?", "year": "<i4",
    "place": "<i8", "label_hash": "<i8", "label_length": "<i4", "repeat": "<i8", "group": "<i4",
    "rank": "<i4", "amount": "<i8",
}  # fmt: skip
_PLAIN: Final = tuple(_DTYPES)

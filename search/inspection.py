"""Inspection of an index: every file of its last commit by its checksum, the damaged ones named."""

import gzip
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import Final

from search.engines.registry import ENGINES
from search.errors import IndexMissingError
from search.index import STAMP, Stamp, locate, read_stamp
from search.manifest import NAME
from search.model import Frozen

REBUILD: Final = "运行 gongkai index --rebuild，由所存的公开文件重建"
RETAKE: Final = "对来源文件再运行 gongkai index，重新收入"
FORGET: Final = "删去它，再对来源运行 gongkai index"


class Damaged(Frozen):
    """A damaged file of an index by its path there, where in it if known, and what mends it."""

    file: str
    place: str
    remedy: str


class Inspection(Frozen):
    """What was looked at, and what of it is damaged."""

    files: int
    damaged: tuple[Damaged, ...]


def inspect(url: str | None) -> Inspection:
    """Return what reading every file of an index finds; it may be too damaged to be opened."""
    path = locate(url)[1]
    stamp = read_stamp(path)
    if stamp is None:
        raise IndexMissingError(f"没有索引：{path}（先运行 gongkai index 来源…）")
    found = [*_engine(path, stamp), *_stored(path, stamp), *_manifest(path)]
    return Inspection(files=len({file for file, _ in found} | {STAMP}), damaged=_told(found))


Found = tuple[str, Damaged | None]
"""A file that was looked at, and its damage if any."""


def _told(found: list[Found]) -> tuple[Damaged, ...]:
    return tuple(damage for _, damage in found if damage is not None)


def _engine(path: Path, stamp: Stamp) -> Iterator[Found]:
    folder = path / stamp.records
    for file, place, damaged in ENGINES[stamp.engine].inspected(folder):
        name = str(file.relative_to(path))
        yield name, Damaged(file=name, place=place, remedy=REBUILD) if damaged else None


def _stored(path: Path, stamp: Stamp) -> Iterator[Found]:
    """Yield the disclosures, whose compression has a checksum, and the sources by their names."""
    for file in _files(path / stamp.documents_folder, "*.json.gz"):
        yield _compressed(path, file, None)
    for file in _files(path / "sources", "*.gz"):
        yield _compressed(path, file, file.name.removesuffix(".gz"))


def _files(folder: Path, pattern: str) -> list[Path]:
    return sorted(file for file in folder.glob(pattern) if not file.name.startswith("."))


def _compressed(path: Path, file: Path, wanted: str | None) -> Found:
    name = str(file.relative_to(path))
    try:
        data = gzip.decompress(file.read_bytes())
        damaged = not data or (wanted is not None and sha256(data).hexdigest() != wanted)
    except (OSError, EOFError, zlib.error):
        damaged = True
    return name, Damaged(file=name, place="", remedy=RETAKE) if damaged else None


def _manifest(path: Path) -> Iterator[Found]:
    if not (path / NAME).exists():
        return
    try:
        with closing(sqlite3.connect(f"file:{path / NAME}?mode=ro", uri=True)) as connection:
            whole = connection.execute("PRAGMA quick_check").fetchall() == [("ok",)]
    except sqlite3.Error:
        whole = False
    yield NAME, None if whole else Damaged(file=NAME, place="", remedy=FORGET)

"""Looks at every file of an engine's last commit and at every record in its heaps."""

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Final

from search.engines import seals
from search.engines.columns import Folder, Place
from search.engines.damage import DAMAGE
from search.engines.heap import Heap
from search.engines.inverted import Engine
from search.engines.payloads import unpacked
from search.engines.reader import WORDS, columns_folder, id_of
from search.errors import SearchError

Looked = tuple[Path, str, bool]
"""A file, a place in it where one is known, and whether it is damaged there."""

_DAMAGE: Final = (*DAMAGE, OSError, SearchError)
_CONTENTS: Final = "contents"


def inspected(path: Path, engine: Engine) -> Iterator[Looked]:
    """Yield every file of the last commit in the folder `path`, and each damaged record."""
    words = list(_words(path / WORDS, engine))
    yield from words
    number = _number(path / WORDS, engine)
    if number is None and not any(damaged for _, _, damaged in words):
        yield path / WORDS, "", True
    folder = _last(path) if number is None else columns_folder(path, number)
    if not number and not folder.exists():
        return
    columns = [(file, "", _fails(_check, file)) for file in _files(folder)]
    yield from columns
    if not any(damaged for _, _, damaged in columns):
        yield from _heaps(path, folder)


def _words(path: Path, engine: Engine) -> Iterator[Looked]:
    try:
        files = list(engine.files(path))
    except _DAMAGE:
        yield path, "", True
        return
    for file in files:
        yield file, "", _fails(engine.check, file)


def _number(path: Path, engine: Engine) -> int | None:
    """Return the number of the last commit, None where the words cannot be opened."""
    try:
        with closing(engine.reader(path)) as reader:
            return reader.number
    except _DAMAGE:
        return None


def _last(path: Path) -> Path:
    found = [int(name) for at in path.glob("columns-*") if (name := at.name[8:]).isdigit()]
    return columns_folder(path, max(found, default=0))


def _files(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError:
        return [folder]


def _check(file: Path) -> None:
    if file.name == _CONTENTS:
        seals.opened(file.read_bytes())
    else:
        seals.check(file)


def _heaps(path: Path, folder: Path) -> Iterator[Looked]:
    """Yield the heaps, and each record in them that is not what was written."""
    try:
        columns = Folder(folder).columns()
    except _DAMAGE:
        yield folder, "", True
        return
    ids = [""] * len(columns)
    for name, read in (("texts", id_of), ("payloads", unpacked)):
        file, length = columns.contents.heaps[name]
        try:
            heap = Heap(path / file, length)
        except _DAMAGE:
            yield path / file, "", True
            continue
        with closing(heap):
            yield path / file, "", False
            for place in _entries(heap, columns.heaps[name], read, ids):
                yield path / file, place, True


def _entries(
    heap: Heap, of: Place, read: Callable[[bytes], object], ids: list[str]
) -> Iterator[str]:
    """Yield where the damaged entries of a heap stand; texts tell the ids of their records."""
    for number, (start, size) in enumerate(zip(*of.lists(), strict=True)):
        try:
            said = read(heap[start : start + size])
        except _DAMAGE:
            known = f"，记录 {ids[number]}" if ids[number] else ""
            yield f"第 {start} 字节起 {size} 字节{known}"
        else:
            if isinstance(said, str):
                ids[number] = said


def _fails(check: Callable[[Path], None], file: Path) -> bool:
    try:
        check(file)
    except _DAMAGE:
        return True
    return False

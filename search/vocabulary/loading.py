"""Reads the files of the vocabulary: the project's, and before them those of a user's folder."""

import os
import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any, Final, ParamSpec, TypeVar

from pydantic import ValidationError

from search.errors import VocabularyError
from search.vocabulary.entries import FIELDS, Entry, UnitEntry
from search.vocabulary.rules import Rule, Rules, compiled, failure, ruled

VARIABLE: Final = "GONGKAI_VOCABULARY"
"""The environment names the user's folder, so that worker processes read it too."""
PIECES: Final = "patterns"
"""The table of a file that names pieces which the patterns of all files may share."""
LOOKUPS: Final = 1 << 14
"""More texts of one kind hardly come twice in a run."""
_FILES: Final[Mapping[str, str]] = {"scales": "units", "declarations": "units"}
"""Fields that stand in another's file."""
_UNITS: Final = "units.toml"
"""The file whose pieces the patterns of all files may use."""

_FAULTS: Final[Mapping[str, str]] = {
    "missing": "没有写",
    "extra_forbidden": "没有这一项",
    "too_short": "不能为空",
    "string_too_short": "不能为空",
}
"""What the common faults of an entry are called."""

AnyEntry = TypeVar("AnyEntry", bound=Entry)
P = ParamSpec("P")
T = TypeVar("T")
_kept: Final[list[Callable[[], None]]] = []


def cached(function: Callable[P, T]) -> Callable[P, T]:
    """Keep what a function of the vocabulary returns, until another folder is used."""
    keeping = lru_cache(maxsize=LOOKUPS)(function)
    _kept.append(keeping.cache_clear)
    return keeping  # type: ignore[return-value]  # its arguments are hashable


def use(folder: Path | None) -> None:
    """Use a user's folder in this process and those that it starts; raise `VocabularyError`."""
    if folder is None:
        os.environ.pop(VARIABLE, None)
    else:
        os.environ[VARIABLE] = str(folder.resolve())
    for clear in _kept:
        clear()
    validate()


def chosen() -> str | None:
    """Return the user's folder, None where there is none."""
    return os.environ.get(VARIABLE) or None


@cached
def version() -> str:
    """Return what names the content of the user's folder, an empty text where there is none."""
    named = chosen()
    if named is None:
        return ""
    digest = sha256()
    for path in _own_files(Path(named)):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:8]


def validate() -> None:
    """Load all fields where a user's folder is named; raise `VocabularyError` where one is bad."""
    if chosen():
        for field, kind in FIELDS.items():
            rules(kind, field)


def shipped(kind: type[AnyEntry], field: str) -> tuple[AnyEntry, ...]:
    """Return the project's own entries of a field, in the order of their file."""
    name = f"{_FILES.get(field, field)}.toml"
    ((file, data, _),) = _ours((name,))
    return tuple(_entry(kind, item, file) for item in _items(file, data, field))


@cached
def rules(kind: type[AnyEntry], field: str) -> Rules[AnyEntry]:
    """Return the rules of a field; raise `VocabularyError` where a file is wrong."""
    found: list[Rule[AnyEntry]] = []
    names = (f"{_FILES.get(field, field)}.toml",)
    for file, data, own in (*_own(), *_ours(names)):
        for item in _items(file, data, field):
            entry = _entry(kind, item, file)
            text = _unit_pattern(entry) if isinstance(entry, UnitEntry) else entry.pattern
            found.append(compiled(entry, text, file, own=own, pieces=pieces(field)))
    return ruled(found)


def _entry(kind: type[AnyEntry], item: Mapping[str, Any], file: str) -> AnyEntry:
    name = str(item.get("name", "?"))
    try:
        entry = kind.model_validate(item)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        said = _FAULTS.get(first["type"], first["msg"])
        raise failure(file, name, f"{place}：{said}") from error
    if not entry.pattern and not isinstance(entry, UnitEntry):
        raise failure(file, name, "没有 pattern")
    return entry


def _items(file: str, data: Mapping[str, Any], field: str) -> Iterable[Mapping[str, Any]]:
    items = data.get(field, [])
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise failure(file, field, f"要写成 [[{field}]]")
    return items


def _unit_pattern(entry: UnitEntry) -> str:
    """Return how a unit is written: money may name the currency, foreign money be scaled."""
    names = f"(?:{'|'.join(map(re.escape, (entry.name, *entry.also)))})"
    around = {"money": "{{renminbi}}{}{{inrenminbi}}", "foreign": "{{many}}{}"}
    return around.get(entry.kind, "{}").format(names)


@cached
def pieces(field: str) -> Mapping[str, str]:
    """Return the pieces that patterns may name: those of the files, {counting} and the like."""
    pieces: dict[str, str] = {}
    own = f"{_FILES.get(field, field)}.toml"
    names = tuple(dict.fromkeys((_UNITS, own)))
    for file, data, _ in (*_own(), *_ours(names)):
        for name, text in data.get(PIECES, {}).items():
            if pieces.setdefault(name, text) != text:
                raise failure(file, name, "片段已有别的定义")
    if field not in {"units", "scales"}:
        pieces.update(_of_units())
    return pieces


@cached
def _of_units() -> Mapping[str, str]:
    units = rules(UnitEntry, "units")
    kinds = {"money": "money", "area": "area", "counting": "count", "share": "share"}
    return {
        piece: alternatives(unit for unit in units.entries() if unit.kind == kind)
        for piece, kind in kinds.items()
    }


def alternatives(units: Iterable[UnitEntry]) -> str:
    """Return a regular expression for any of the units, the longest first."""
    names = (name for unit in units for name in (unit.name, *unit.also))
    ordered = sorted(names, key=lambda name: (-len(name), name))
    return f"(?:{'|'.join(map(re.escape, ordered))})"


@cached
def _ours(names: tuple[str, ...]) -> tuple[tuple[str, Mapping[str, Any], bool], ...]:
    folder = files("search.vocabulary").joinpath("data")
    return tuple((name, _parsed(folder.joinpath(name).read_bytes(), name), False) for name in names)


@cached
def _own() -> tuple[tuple[str, Mapping[str, Any], bool], ...]:
    named = chosen()
    if named is None:
        return ()
    found = []
    for path in _own_files(Path(named)):
        try:
            data = _parsed(path.read_bytes(), path.name)
        except OSError as error:
            raise VocabularyError(f"词汇文件 {path.name} 无法读取") from error
        strange = next((name for name in data if name not in {*FIELDS, PIECES}), None)
        if strange is not None:
            raise failure(path.name, strange, f"没有这一类；有 {'、'.join(FIELDS)}")
        found.append((path.name, data, True))
    return tuple(found)


def _own_files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        raise VocabularyError(f"词汇文件夹不存在：{folder}")
    return sorted(folder.glob("*.toml"))


def _parsed(data: bytes, name: str) -> Mapping[str, Any]:
    try:
        return tomllib.loads(data.decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise VocabularyError(f"词汇文件 {name} 不是 UTF-8 的 TOML：{error}") from error

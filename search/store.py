"""The truth beside the engine index: every parsed disclosure whole, and its source bytes."""

import gzip
import json
import zlib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from errno import ENAMETOOLONG
from functools import lru_cache, partial
from hashlib import sha256 as digest
from pathlib import Path
from typing import Final, TypeVar

from search.errors import IndexWritingError, SearchError
from search.files import refusal, replacing
from search.memory import uncollected
from search.model import Disclosure
from search.outline import Outline

_SUFFIX: Final = ".json.gz"
_COMPRESSION: Final = 4
"""A tenth larger than with 6, in two thirds of the time."""
_Kept = TypeVar("_Kept", Disclosure, Outline)


@dataclass(frozen=True, slots=True)
class State:
    """What of a disclosure comes from its sources, not from its reading."""

    sha256: str
    sources: tuple[str, ...]
    superseded_by: str | None = None
    vanished: bool = False
    url: str | None = None
    retrieved: str | None = None

    def given(self, disclosure: Disclosure) -> Disclosure:
        """Return a disclosure in this state."""
        return disclosure.model_copy(
            update={
                "sources": self.sources,
                "superseded_by": self.superseded_by,
                "vanished": self.vanished,
                "url": self.url,
                "retrieved": self.retrieved,
            }
        )


class Store:
    """Disclosures and sources in a folder, one file each, written whole or not at all.

    `folder` is the folder of the disclosures, another one after they were all read anew.
    """

    def __init__(self, path: Path, folder: str = "documents") -> None:
        self.path, self.folder = path, folder
        self._cached = lru_cache(maxsize=16)(partial(_read, Disclosure))
        self._outlines = lru_cache(maxsize=512)(partial(_read, Outline))

    def put(self, document: str, stored: bytes, sha256: str, source: bytes | None) -> int:
        """Keep a disclosure and the bytes it was read from, as `packed` gives both.

        Returns the seal of both, as `seal` does; a `source` that is stored already is None, and
        where that one is not whole the seal is 0, so that it is taken anew.
        """
        _write(self._document(document), stored)
        if source is not None:
            _write(self._source(sha256), source)
        else:
            try:
                source = self._source(sha256).read_bytes()
                _unpacked(source, sha256)
            except (OSError, EOFError, ValueError, zlib.error):
                return 0
        return _seal(stored, source)

    def remove(self, document: str) -> None:
        """Remove a disclosure and the bytes it was read from."""
        source = self.source_of(document)
        for path in (self._document(document), *([self._source(source)] if source else [])):
            try:
                path.unlink(missing_ok=True)
            except OSError as error:
                raise IndexWritingError(f"无法删除 {path}：{refusal(error)}") from error

    def source_of(self, document: str) -> str | None:
        """Return the SHA-256 of a document's stored source, whatever became of the disclosure."""
        known = self.state(document).sha256
        found = [known] if known else [
            path.stem for path in self.path.joinpath("sources").glob(f"{_safe(document)}*.gz")
        ]  # fmt: skip
        return found[0] if len(found) == 1 else None

    def seal(self, document: str, sha256: str) -> int:
        """Return the checksum of what is stored of a document, 0 where a part of it is missing."""
        try:
            return _seal(self._document(document).read_bytes(), self._source(sha256).read_bytes())
        except OSError:
            return 0

    def changed(self, document: str) -> datetime | None:
        """Return when a disclosure was stored, None where there is none."""
        try:
            return datetime.fromtimestamp(self._document(document).stat().st_mtime, UTC)
        except OSError:
            return None

    def documents(self) -> tuple[str, ...]:
        """Return the ids of all stored disclosures, in order."""
        found = self.path.joinpath(self.folder).glob(f"[!.]*{_SUFFIX}")
        return tuple(sorted(path.name.removesuffix(_SUFFIX) for path in found))

    def disclosure(self, document: str) -> Disclosure | None:
        """Return a stored disclosure by its id, None where there is none.

        Raises `SearchError` where its file is damaged.
        """
        return self._kept(document, self._cached)

    def outline(self, document: str) -> Outline | None:
        """Return what the tables of a stored disclosure list; see `disclosure`."""
        return self._kept(document, self._outlines)

    def state(self, document: str) -> State:
        """Return the state of a stored disclosure, whatever version wrote it; empty if damaged."""
        try:
            data = json.loads(gzip.decompress(self._document(document).read_bytes()))
            return State(
                sha256=str(data["sha256"]),
                sources=tuple(map(str, data["sources"])),
                superseded_by=data.get("superseded_by"),
                vanished=bool(data.get("vanished")),
                url=data.get("url"),
                retrieved=data.get("retrieved"),
            )
        except (OSError, EOFError, ValueError, LookupError, TypeError, zlib.error):
            return State("", ())

    def source(self, sha256: str) -> bytes | None:
        """Return the bytes of a source by their SHA-256, None where there are none.

        Raises `SearchError` where their file is damaged.
        """
        try:
            return _unpacked(self._source(sha256).read_bytes(), sha256)
        except (FileNotFoundError, NotADirectoryError):
            return None
        except (OSError, EOFError, ValueError, zlib.error) as error:
            raise _damaged(sha256) from error

    def _kept(self, document: str, read: Callable[[Path, int], _Kept]) -> _Kept | None:
        try:
            changed = self._document(document).stat().st_mtime_ns
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as error:
            if error.errno == ENAMETOOLONG:  # no file has such a name
                return None
            raise _damaged(document) from error
        return read(self._document(document), changed)

    def _document(self, document: str) -> Path:
        return self.path / self.folder / f"{_safe(document)}{_SUFFIX}"

    def _source(self, sha256: str) -> Path:
        return self.path / "sources" / f"{_safe(sha256)}.gz"


def packed(data: Disclosure | bytes) -> bytes:
    """Return a disclosure, or the bytes it was read from, as the store keeps them."""
    plain = data if isinstance(data, bytes) else data.model_dump_json().encode()
    return gzip.compress(plain, _COMPRESSION, mtime=0)


def _unpacked(stored: bytes, sha256: str) -> bytes:
    """Return the bytes of a source; raise `ValueError` where they are others, or are cut."""
    data = gzip.decompress(stored)
    if digest(data).hexdigest() != sha256:
        raise ValueError
    return data


def _seal(stored: bytes, source: bytes) -> int:
    return zlib.crc32(source, zlib.crc32(stored)) if stored and source else 0


def _read(kind: type[_Kept], path: Path, changed: int) -> _Kept:
    try:
        data = gzip.decompress(path.read_bytes())
        with uncollected():
            return kind.model_validate_json(data)
    except (OSError, EOFError, ValueError, zlib.error) as error:
        raise _damaged(path.name.removesuffix(_SUFFIX)) from error


def _safe(name: str) -> str:
    """Return an id as a file name; anything but letters and digits finds nothing."""
    return name if name.isascii() and name.isalnum() else "none"


def _damaged(name: str) -> SearchError:
    return SearchError(f"存储的文件已损坏：{name}")


def _write(path: Path, data: bytes) -> None:
    """Write a file so that a reader sees it whole or not at all; leave one that is the same."""
    with suppress(OSError):
        if path.read_bytes() == data:
            return
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with replacing(path) as file:
            file.write(data)
    except OSError as error:
        raise IndexWritingError(f"无法写入 {path}：{refusal(error)}") from error

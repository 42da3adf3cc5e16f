"""The truth beside the engine index: every parsed disclosure whole, and its source bytes."""

import gzip
import os
import tempfile
from functools import lru_cache
from pathlib import Path

from search.errors import SearchError
from search.model import Disclosure


class Store:
    """Disclosures and sources in a folder, one file each, written whole or not at all."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._cached = lru_cache(maxsize=16)(self._read)

    def put(self, disclosure: Disclosure, data: bytes) -> None:
        """Keep a disclosure and the bytes it was read from, in place of an earlier reading."""
        self.replace(disclosure)
        source = self._source(disclosure.sha256)
        if not source.exists():
            _write(source, gzip.compress(data, 6, mtime=0))

    def replace(self, disclosure: Disclosure) -> None:
        """Keep a disclosure whose source is stored already."""
        text = disclosure.model_dump_json().encode()
        _write(self._document(disclosure.id), gzip.compress(text, 6, mtime=0))

    def disclosure(self, document: str) -> Disclosure | None:
        """Return a stored disclosure by its id, None where there is none."""
        path = self._document(document)
        try:
            changed = path.stat().st_mtime_ns
        except (OSError, ValueError):
            return None
        return self._cached(document, changed)

    def source(self, sha256: str) -> bytes | None:
        """Return the bytes of a source by their SHA-256, None where there are none."""
        try:
            return gzip.decompress(self._source(sha256).read_bytes())
        except FileNotFoundError:
            return None

    def _read(self, document: str, changed: int) -> Disclosure:
        try:
            text = gzip.decompress(self._document(document).read_bytes())
            return Disclosure.model_validate_json(text)
        except (OSError, EOFError, ValueError) as error:
            raise SearchError(f"存储的文件已损坏：{document}") from error

    def _document(self, document: str) -> Path:
        return self.path / "documents" / f"{_safe(document)}.json.gz"

    def _source(self, sha256: str) -> Path:
        return self.path / "sources" / f"{_safe(sha256)}.gz"


def _safe(name: str) -> str:
    """Return an id as a file name; anything but letters and digits finds nothing."""
    return name if name.isascii() and name.isalnum() else "none"


def _write(path: Path, data: bytes) -> None:
    """Write a file so that a reader sees it whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise

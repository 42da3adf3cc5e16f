"""The documents of a commit that is not finished, so that the next run can set them right."""

from pathlib import Path
from typing import IO, Final

from search.errors import IndexWritingError
from search.files import UNFINISHED, refusal

_NAME: Final = "unfinished"


class Unfinished:
    """A file of document ids, each written before anything of its document is changed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._path = folder / _NAME
        self._file: IO[str] | None = None
        self._noted: set[str] = set()

    def left(self) -> list[str]:
        """Return the documents that a killed run left, and remove its half-written files."""
        try:
            found = self._path.read_text(encoding="ascii").split()
            for path in self._folder.glob(f"*/{UNFINISHED}*") if found else ():
                path.unlink(missing_ok=True)
        except FileNotFoundError:
            return []
        except OSError as error:
            raise IndexWritingError(_told(self._path, error)) from error
        return list(dict.fromkeys(found))

    def note(self, document: str) -> None:
        """Note that a document is going to be changed."""
        if document in self._noted:
            return
        try:
            if self._file is None:
                self._file = self._path.open("a", encoding="ascii")
            print(document, file=self._file, flush=True)
        except OSError as error:
            raise IndexWritingError(_told(self._path, error)) from error
        self._noted.add(document)

    def clear(self) -> None:
        """Note that everything noted is committed."""
        self.close()
        self._noted.clear()
        try:
            self._path.unlink(missing_ok=True)
        except OSError as error:
            raise IndexWritingError(_told(self._path, error)) from error

    def close(self) -> None:
        """Leave what is noted to the next run."""
        if self._file is not None:
            self._file.close()
            self._file = None


def _told(path: Path, error: OSError) -> str:
    return f"无法写入 {path}：{refusal(error)}"

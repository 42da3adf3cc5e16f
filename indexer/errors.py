"""Errors of reading: each is one line for the user and names the file's trouble."""

from pydantic_core import PydanticSerializationError


class ReadingError(Exception):
    """A source file cannot be read as a disclosure; the root of this package's errors."""


class PassingError(ReadingError):
    """A file was not read for what may pass (time, memory, a disk), and is tried again."""


class ScansError(ReadingError):
    """A file has scanned pages, to be read with the time that recognising them takes."""

    def __init__(self, pages: int) -> None:
        super().__init__(f"有 {pages} 页扫描件，需要文字识别")
        self.pages = pages

    def __reduce__(self) -> tuple[type["ScansError"], tuple[int]]:
        return ScansError, (self.pages,)


def told(error: Exception) -> str:
    """Return what went wrong in one line; raise an interruption that pydantic tells of."""
    if isinstance(error, PydanticSerializationError) and KeyboardInterrupt.__name__ in str(error):
        raise KeyboardInterrupt from error
    return f"{type(error).__name__}：{' '.join(str(error).split())}"

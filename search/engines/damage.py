"""What a damaged or unwritable engine folder raises, told as one line."""

import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from pickle import UnpicklingError
from typing import Final

from search.errors import IndexWritingError, SearchError
from search.files import refusal


class DamageError(Exception):
    """Bytes are not those that were written."""


DAMAGE: Final = (
    DamageError,
    EOFError, LookupError, ValueError, TypeError, AttributeError, ImportError, OverflowError,
    MemoryError, AssertionError, struct.error, zlib.error, UnpicklingError,
)  # fmt: skip
"""What is raised on bytes that were cut off or changed, by whatever reads them."""


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Raise `SearchError` where the engine's files at `path` cannot be read."""
    try:
        yield
    except FileNotFoundError as error:
        raise SearchError(_damaged(path)) from error
    except OSError as error:
        raise SearchError(f"无法读取索引 {path}：{refusal(error)}") from error
    except DAMAGE as error:
        raise SearchError(_damaged(path)) from error


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Raise `IndexWritingError` where the engine's files at `path` cannot be written."""
    try:
        yield
    except OSError as error:
        raise IndexWritingError(f"无法写入索引 {path}：{refusal(error)}") from error
    except DAMAGE as error:
        raise IndexWritingError(_damaged(path)) from error


def _damaged(path: Path) -> str:
    return f"索引已损坏：{path}（运行 gongkai index --rebuild，即由所存的公开文件重建）"

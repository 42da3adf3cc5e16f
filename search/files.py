"""Files written whole or not at all."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final
from uuid import uuid4

UNFINISHED: Final = ".new-"
"""How the names of files begin that are being written."""


@contextmanager
def replacing(path: Path) -> Iterator[IO[bytes]]:
    """Give a file to write that takes the place of `path` when the block ends without an error."""
    new = path.with_name(f"{UNFINISHED}{uuid4().hex}")
    try:
        with new.open("xb") as file:
            yield file
        if path.exists():
            shutil.copymode(path, new)
        new.replace(path)
    except BaseException:
        new.unlink(missing_ok=True)
        raise

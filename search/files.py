"""Files written whole or not at all."""

import errno
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final
from uuid import uuid4

UNFINISHED: Final = ".new-"
"""How the names of files begin that are being written."""


_REASONS: Final = {
    errno.ENOENT: "没有这个文件或文件夹",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "只能读",
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "超出磁盘配额",
    errno.EISDIR: "是文件夹",
    errno.ENOTDIR: "路径中有不是文件夹的",
    errno.ELOOP: "链接绕成了圈",
    errno.ENAMETOOLONG: "名称太长",
    errno.EADDRINUSE: "端口已被占用",
    errno.EIO: "磁盘读写出错",
    errno.EMFILE: "打开的文件过多",
}
"""What people are told of the failures that they can do something about."""


def refusal(error: OSError) -> str:
    """Return why the system refused something, in Chinese where that is known."""
    return _REASONS.get(error.errno or 0) or error.strerror or str(error)


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

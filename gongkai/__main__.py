"""Runs the command line; an interruption is one line, also while everything is still loading.

A user's vocabulary is chosen before all that reads it is loaded.
"""

import os
import signal
import sys
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Final

OPTION: Final = "--vocabulary"
INTERRUPTED: Final = "gongkai: 已中断；做完的都保留，再运行一次就接着做"


def main() -> None:
    """Load and run the command line."""
    try:
        _choose(sys.argv[1:])
        from gongkai.cli import main as run  # noqa: PLC0415 - an interruption of that is told too

        run()
    except KeyboardInterrupt:
        print(INTERRUPTED, file=sys.stderr)
        raise SystemExit(130) from None
    finally:  # what is left is to end, which an interruption would only disturb
        signal.signal(signal.SIGINT, signal.SIG_IGN)


def _choose(arguments: Sequence[str]) -> None:
    """Use the folder of words that the arguments or the environment name, if they name one."""
    from search import vocabulary  # noqa: PLC0415 - an interruption of that is told too
    from search.errors import VocabularyError  # noqa: PLC0415

    glued = (text.partition("=")[2] for text in arguments if text.startswith(f"{OPTION}="))
    apart = (folder for option, folder in pairwise(arguments) if option == OPTION)
    folder = next((named for found in (glued, apart) for named in found), None)
    if folder is not None:
        os.environ[vocabulary.VARIABLE] = str(Path(folder).resolve())
    try:
        vocabulary.validate()
    except VocabularyError as error:
        print(f"gongkai: {error}", file=sys.stderr)
        raise SystemExit(2) from None


if __name__ == "__main__":
    main()

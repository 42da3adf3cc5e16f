"""Runs the command line; an interruption is one line, also while everything is still loading."""

import signal
import sys
from typing import Final

INTERRUPTED: Final = "gongkai: 已中断；做完的都保留，再运行一次就接着做"


def main() -> None:
    """Load and run the command line."""
    try:
        from gongkai.cli import main as run  # noqa: PLC0415 - an interruption of that is told too

        run()
    except KeyboardInterrupt:
        print(INTERRUPTED, file=sys.stderr)
        raise SystemExit(130) from None
    finally:  # what is left is to end, which an interruption would only disturb
        signal.signal(signal.SIGINT, signal.SIG_IGN)


if __name__ == "__main__":
    main()

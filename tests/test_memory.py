"""Memory is limited also where a limit is set already, as by `ulimit -v`."""

import subprocess
import sys
from typing import Final

import pytest

resource = pytest.importorskip("resource")

GIGABYTE: Final = 1024**3
PROGRAM: Final = """
import resource, sys
from search import memory
before, most = (int(word) for word in sys.argv[1:])
resource.setrlimit(resource.RLIMIT_AS, (before, before))
memory.limit(most)
print(resource.getrlimit(resource.RLIMIT_AS)[0])
"""


@pytest.mark.parametrize(("before", "most"), [(2, 4), (4, 2), (2, 2)])
def test_the_lower_of_two_limits_holds(before: int, most: int) -> None:
    """A limit from outside may not be raised; asking for more must not fail."""
    words = (str(before * GIGABYTE), str(most * GIGABYTE))
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, *words], capture_output=True, text=True, check=True
    )
    assert int(done.stdout) == min(before, most) * GIGABYTE

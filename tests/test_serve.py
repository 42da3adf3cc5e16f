"""`gongkai serve`: indexes the sources, prints its address, answers until it is stopped."""

import json
import re
import signal
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote
from urllib.request import urlopen

from tests.conftest import source

ROOT = Path(__file__).parent.parent


def test_serve(tmp_path: Path) -> None:
    run = [sys.executable, "-m", "gongkai", "serve", str(source("泽州")), "--port", "0",
           "--index", str(tmp_path / "x")]  # fmt: skip
    process = subprocess.Popen(
        run, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=ROOT
    )
    assert process.stdout is not None
    try:
        address = None
        for line in process.stdout:
            if found := re.search(r"http://127\.0\.0\.1:\d+/", line):
                address = found[0]
                break
        assert address is not None
        with urlopen(address) as page:
            assert "公务用车" in page.read().decode()
        with urlopen(f"{address}api/v1/search?q={quote('公务用车 2024 > 10万元')}") as answer:
            assert json.load(answer)["total"]["value"] == 3
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=20)
        process.stdout.close()
    assert process.returncode == 0


def test_a_port_in_use_is_one_line(tmp_path: Path) -> None:
    run = [sys.executable, "-m", "gongkai", "serve", str(source("泽州")), "--port", "1",
           "--host", "203.0.113.1", "--index", str(tmp_path / "x")]  # fmt: skip
    done = subprocess.run(run, capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 2
    assert "无法监听 203.0.113.1:1" in done.stderr
    assert "Traceback" not in done.stderr

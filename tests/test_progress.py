"""Progress: each file a line, with the rate and the time left once they say something."""

import io

from gongkai.progress import Lines, Pace


def test_rate_and_time_left() -> None:
    now = iter([0.0, 1.0, 10.0, 10.0, 30.0, 30.0, 40.0, 40.0])
    pace = Pace(100, lambda: next(now))
    pace.step()
    assert pace.told() == ""
    pace.step()
    pace.step()
    assert pace.told() == "（每秒 0.3 份，还需约 5 分钟）"
    for _ in range(57):
        pace.step()
    assert pace.told() == "（每秒 2.0 份，还需约 20 秒）"
    for _ in range(40):
        pace.step()
    assert pace.told() == ""


def test_lines() -> None:
    stream = io.StringIO()
    with Lines(stream) as lines:
        lines.start(2)
        lines.advance("a.txt", "")
        lines.advance("b.txt", "空文件")
    assert stream.getvalue() == "[1/2] a.txt\n[2/2] 失败 b.txt：空文件\n"

"""Marks cut a text into segments that join to it again."""

from hypothesis import given
from hypothesis import strategies as st

from search.text import joined
from web.marks import Segment, Span, segments

SPANS = st.lists(
    st.tuples(
        st.integers(-5, 30), st.integers(-5, 30), st.sampled_from(["word", "clause", "figure"])
    )
)


@given(st.text(max_size=20), SPANS)
def test_segments_join_to_the_text(text: str, spans: list[tuple[int, int, str]]) -> None:
    made = [Span(start, end, mark) for start, end, mark in spans]  # type: ignore[arg-type]
    assert "".join(segment.text for segment in segments(text, made)) == text


def test_the_figure_shows_within_the_clause() -> None:
    found = segments("其中：接待费1.00万元。", [Span(3, 12, "clause"), Span(6, 12, "figure")])
    assert found == (
        Segment("其中："),
        Segment("接待费", "clause"),
        Segment("1.00万元", "figure"),
        Segment("。"),
    )


def test_line_breaks_leave_no_gap_between_chinese() -> None:
    assert joined("创新发\n\n展部预算") == "创新发展部预算"
    assert joined("one\n  two") == "one two"
    assert joined(" 空格留着 ") == " 空格留着 "
    assert joined("\n\n") == ""

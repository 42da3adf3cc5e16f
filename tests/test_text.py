"""Normalisation keeps every position and folds what looks the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.text import normalise, without_radicals


@given(st.text())
def test_length_is_kept(text: str) -> None:
    assert len(normalise(text)) == len(text)


@given(st.text())
def test_twice_is_once(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@given(st.text(), st.text())
def test_parts_are_normalised_apart(left: str, right: str) -> None:
    assert normalise(left + right) == normalise(left) + normalise(right)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("２０２４年：＞１０％", "2024年:>10%"),
        ("（境）　", "(境) "),
        ("⻋辆⻔⻓⻚⻋", "车辆门长页车"),
        ("⼈⼒资源", "人力资源"),
        ("专⼾", "专户"),
        ("㎡①⑳㉑", "㎡①⑳㉑"),
        ("\u00a0", " "),
        ("plain", "plain"),
        ("", ""),
    ],
)
def test_folded(text: str, folded: str) -> None:
    assert normalise(text) == folded


def test_only_radicals_change() -> None:
    assert without_radicals("⼀般（⻋）　２㎡") == "一般（车）　２㎡"

"""rjieba parts every text as jieba does; where it would not, jieba's words are the right ones."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.segmenters import differing
from search.analysis import han_runs, own_words
from search.segmenters import Jieba, Rjieba, Segmenter
from search.text import normalise
from tests.conftest import CORPUS

pytest.importorskip("rjieba", reason="rjieba is not installed")
JIEBA = Jieba(own_words())
RJIEBA: Segmenter = Rjieba(own_words())
_ANY = st.text(
    st.characters(min_codepoint=0x3400, max_codepoint=0x9FFF)
    | st.characters(min_codepoint=0xF900, max_codepoint=0xFAFF)
    | st.sampled_from("〇公务用车预算支出项目"),
    max_size=20,
)


def _alike(texts: list[str]) -> None:
    assert differing(texts, JIEBA.cut, RJIEBA.cut) == []
    assert differing(texts, JIEBA.every, RJIEBA.every) == []


def test_over_the_corpus() -> None:
    texts = (normalise(path.read_text(encoding="utf-8")) for path in CORPUS.glob("*.txt"))
    _alike(sorted({run for text in texts for run in han_runs(text)}))


def test_over_the_dictionaries() -> None:
    _alike(own_words())
    _alike([word for word in JIEBA.known() if han_runs(word) == [word]][::7])


@settings(max_examples=300, deadline=None)
@given(_ANY)
def test_over_any_characters(text: str) -> None:
    _alike(han_runs(text))

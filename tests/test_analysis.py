"""The law of segmentation: what a query is cut into are tokens of every text that holds it."""

import re
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.analysis import STOP, clean, dictionary_version, tokens, words


def dictionary() -> list[str]:
    text = files("search").joinpath("data/dictionary.txt").read_text(encoding="utf-8")
    lines = (line.partition("#")[0].strip() for line in text.splitlines())
    return [line for line in lines if line]


DICTIONARY = dictionary()
han = st.text(st.sampled_from(sorted({char for word in DICTIONARY for char in word})), max_size=12)
pieces = st.lists(st.one_of(st.sampled_from(DICTIONARY), han), max_size=5).map("".join)


def test_dictionary_has_no_doubles_and_only_chinese() -> None:
    assert len(DICTIONARY) == len(set(DICTIONARY))
    assert [word for word in DICTIONARY if not re.fullmatch(r"[\u4e00-\u9fff]{2,}", word)] == []


@settings(deadline=None)
@given(han, st.sampled_from(DICTIONARY), han)
def test_dictionary_word_is_a_token_wherever_it_stands(before: str, word: str, after: str) -> None:
    assert word in set(tokens(before + word + after))


@settings(deadline=None)
@given(pieces, pieces, pieces)
def test_query_words_are_tokens_of_any_text_that_contains_them(
    before: str, query: str, after: str
) -> None:
    assert set(words(query)) <= set(tokens(before + query + after))


@settings(deadline=None)
@given(st.text(max_size=40))
def test_words_of_a_text_are_tokens_of_it(text: str) -> None:
    assert set(words(text)) <= set(tokens(text))


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("公务用车运行维护费", ["公务用车", "运行维护费"]),
        ("泽州县人社局", ["泽州县", "人社局"]),
        ("临聘劳务人员", ["临聘劳务", "人员"]),
        ("社会保障和就业", ["社会保障和就业"]),
        ("预算的执行", ["预算", "执行"]),
        ("年末结转和结余", ["年末", "结转和结余"]),
        ("1,234.50元", ["1234.50", "元"]),
        ("B1101", ["b", "1101"]),
        ("。！", []),
    ],
)
def test_query_is_cut(text: str, cut: list[str]) -> None:
    assert words(text) == cut


def test_stop_characters_are_no_query_words_but_tokens() -> None:
    assert words(" ".join(sorted(STOP))) == []
    assert "的" in set(tokens("预算的执行"))


def test_words_printed_in_quotes_are_found() -> None:
    assert set(words("三公经费")) <= set(tokens("财政拨款安排“三公”经费支出预算表"))


def test_clean_compares_labels() -> None:
    assert clean(" 行政事业单位养老支\n出 Ａ ") == "行政事业单位养老支出a"


def test_version_names_segmenter_and_dictionary() -> None:
    assert re.fullmatch(r"jieba-[\d.]+\+[0-9a-f]{8}", dictionary_version())

"""The vocabulary of an index: what it holds, and how spelling, sound and codes find it."""

from collections.abc import Iterable
from pathlib import Path
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer import pipeline
from search.engines.base import Bound, Reader
from search.index import Index
from search.naming import names
from search.results import TermKind
from search.suggest.keys import Keys
from search.suggest.pinyin import readings, syllables
from search.suggest.terms import key, restored, stored
from search.suggest.vocabulary import vocabulary
from tests.conftest import Silent, source

KINDS: tuple[TermKind, ...] = ("label", "project", "account", "department", "table")


def _found(reader: Reader, typed: str, kinds: Iterable[TermKind] = KINDS) -> list[str]:
    known = vocabulary(reader, names(reader))
    return [one.term.text for one in known.find(typed, kinds, 8)]


@pytest.mark.parametrize(
    ("text", "sound"),
    [
        ("公务用车", "gong wu yong che"),
        ("会计", "kuai ji"),
        ("会议", "hui yi"),
        ("银行", "yin hang"),
        ("行政", "xing zheng"),
        ("侵略", "qin lue"),
        ("2024年A类", "2 0 2 4 nian a lei"),
        ("", ""),
    ],
)
def test_syllables_follow_the_words(text: str, sound: str) -> None:
    assert " ".join(syllables(text)) == sound


@given(st.text(max_size=30))
def test_every_character_has_one_syllable(text: str) -> None:
    assert len(syllables(text)) == len(text)


def test_typed_letters_are_read_in_every_way_and_the_last_syllable_may_be_unfinished() -> None:
    known = frozenset({"xi", "an", "xian", "gong", "wu"})
    assert set(readings("xian", known)) == {("xian",), ("xi", "an")}
    assert readings("gongw", known) == (("gong", "w"),)
    assert readings("gongz", known) == ()
    assert readings("gong", frozenset()) == ()


@given(
    st.lists(st.text("abc公务", max_size=6), max_size=8), st.text("abc公务", min_size=1, max_size=3)
)
def test_keys_are_found_as_a_list_would_find_them(texts: list[str], wanted: str) -> None:
    keys = Keys(texts)
    assert [keys[number] for number in range(len(texts))] == texts
    assert list(keys.equal(wanted)) == [n for n, text in enumerate(texts) if text == wanted]
    assert list(keys.beginning(wanted)) == [
        n for n, text in enumerate(texts) if text.startswith(wanted)
    ]
    assert list(keys.places(wanted)) == [
        (n, text.index(wanted)) for n, text in enumerate(texts) if wanted in text
    ]
    assert (wanted in keys) == any(wanted in text for text in texts)


@given(st.text(max_size=50), st.sampled_from(["label", "project"]))
def test_a_stored_term_comes_back(text: str, kind: str) -> None:
    term = stored(cast(TermKind, kind), text, "2080505")
    if term:
        assert (restored(term).kind, restored(term).code) == (kind, "2080505")
        assert key(restored(term).text) == key(text)
        assert len(restored(term).sound.split(" ")) == len(key(text))


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("公务用", "公务用车购置及运行费"),
        ("gwyc", "公务用车购置及运行费"),
        ("gongwuyongche", "公务用车购置及运行费"),
        ("gongwuyongc", "公务用车购置及运行费"),
        ("yongche", "公务用车购置及运行费"),
        ("GWYC", "公务用车购置及运行费"),
        ("用车购置", "公务用车购置及运行费"),
        ("因公出国境", "因公出国(境)费"),
        ("2080", "机关事业单位基本养老保险缴费支出"),
        ("人社局", "泽州县人力资源和社会保障局"),
        ("rsj", "泽州县人力资源和社会保障局"),
        ("三公", "三公经费表"),
        ("人才专项", "人才专项工作经费"),
    ],
)
def test_a_name_is_found_by_spelling_sound_and_code(index: Index, typed: str, found: str) -> None:
    assert found in _found(index.reader, typed)


def test_what_begins_so_comes_before_what_contains_it_and_the_frequent_first(index: Index) -> None:
    known = vocabulary(index.reader, names(index.reader))
    found = known.find("人才", KINDS, 30)
    assert found == sorted(found, key=lambda one: (one.tier, -one.count, len(one.term.text)))
    assert found[0].term.text.startswith("人才")
    assert not found[-1].term.text.startswith("人才")


def test_kinds_are_kept_apart(index: Index) -> None:
    assert _found(index.reader, "三公", ["department"]) == []
    assert len(_found(index.reader, "", ["department"])) == 5


def test_counts_are_of_the_records_that_bear_the_name(index: Index) -> None:
    known = vocabulary(index.reader, names(index.reader))
    everything = index.reader.search(Bound(), offset=0, limit=10**6).hits
    kinds: tuple[TermKind, ...] = ("label", "project")
    for kind in kinds:
        for one in known.find("公务", [kind], 50):
            wanted = "project" if kind == "project" else "row"
            bearing = [h for h in everything if h.kind == wanted and h.label == one.term.text]
            assert len(bearing) == one.count, one


def test_a_removed_document_leaves_no_terms(tmp_path: Path) -> None:
    url = str(tmp_path / "index")
    file = tmp_path / f"{source('泽州').name}"
    text = source("泽州").read_text(encoding="utf-8")
    for said in ("公务接待费", "稀有词汇费"):
        file.write_text(text.replace("公务接待费", said), encoding="utf-8")
        pipeline.index([file], url, workers=0, progress=Silent())
    reader = Index(url).reader
    assert "公务接待费" not in _found(reader, "公务接待")
    assert "稀有词汇费" in _found(reader, "稀有")


def test_an_empty_index_suggests_nothing(tmp_path: Path) -> None:
    empty = tmp_path / "空.txt"
    empty.write_text("没有表格\n", encoding="utf-8")
    pipeline.index([empty], str(tmp_path / "index"), workers=0, progress=Silent())
    assert _found(Index(str(tmp_path / "index")).reader, "公务") == []

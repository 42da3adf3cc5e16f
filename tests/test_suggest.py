"""Suggestions: the last piece of what is typed, completed so that the query means just that."""

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from search.index import Index
from search.naming import names
from search.query.parser import parse
from search.query.tree import Phrase
from search.results import Suggestion
from search.service import search, understand
from search.suggest.completion import LONGEST, MOST, OF_A_KIND, suggest
from search.suggest.vocabulary import vocabulary
from tests.test_query_properties import FRAGMENTS


def _suggested(index: Index, text: str, at: int | None = None) -> tuple[Suggestion, ...]:
    return suggest(index, text, at=at).suggestions


@pytest.mark.parametrize(
    ("typed", "query"),
    [
        ("公务用", "公务用车购置及运行费"),
        ("2024 公务用", "2024 公务用车购置及运行费"),
        ("2024公务用", "2024公务用车购置及运行费"),
        ("2024 gwyc", "2024 公务用车购置及运行费"),
        ("gongwuyongche", "公务用车购置及运行费"),
        ("ｇｗｙｃ", "公务用车购置及运行费"),
        ("公务用车 > 10万元 培训|会", "公务用车 > 10万元 培训|会议费"),
        ("培训 -干", "培训 -干部教育培训经费"),
        ("(培训 OR 会", "(培训 OR 会议费"),
        ("2024 2080", "2024 2080505"),
        ("科目:养老", "科目:2080505"),
        ("人社局", "部门:泽州县人力资源和社会保障局"),
        ("部门:泽", "部门:泽州县人力资源和社会保障局"),
        ("2024 DEPT：泽", "2024 dept:泽州县人力资源和社会保障局"),
        ("表:三", "表:三公经费表"),
        ("表:", "表:支出总表"),
        ("2024 sangong", "2024 表:三公经费表"),
        ('"公务用', '"公务用车购置及运行费"'),
        ('"会议" "公务用', '"会议" "公务用车购置及运行费"'),
    ],
)
def test_the_last_piece_is_completed(index: Index, typed: str, query: str) -> None:
    assert query in [one.query for one in _suggested(index, typed)]


@pytest.mark.parametrize(
    "typed",
    ["", " ", "公务用车 ", "公务用车 >", "公务用车 > 10", "公务用车 > 10万元", "2", "(((", "qqqq",
     "公务用车购置及运行费", '"公务用车"', "部门:“泽州”", "没有这样的词", "类:项",
     "公务用" * LONGEST],
)  # fmt: skip
def test_where_nothing_fits_nothing_is_suggested(index: Index, typed: str) -> None:
    assert _suggested(index, typed) == ()


def test_the_piece_at_the_caret_is_completed_and_the_rest_stays(index: Index) -> None:
    queries = [one.query for one in _suggested(index, "公务用 > 10万元", 3)]
    assert "公务用车购置及运行费 > 10万元" in queries
    assert _suggested(index, "公务用车 > 10万元", 2) == ()  # inside a word
    assert _suggested(index, "公务用", 99) == _suggested(index, "公务用")
    assert _suggested(index, "公务用", -1) == ()


def test_one_kind_leaves_room_for_others(index: Index) -> None:
    found = _suggested(index, "人")
    assert len(found) == MOST
    kinds = [one.kind for one in found]
    assert len(set(kinds)) > 1
    assert kinds.index("department") <= OF_A_KIND * 2


def test_a_name_that_would_read_otherwise_is_quoted(index: Index) -> None:
    known = vocabulary(index.reader, names(index.reader))
    quoted = []
    for kind in ("label", "project"):
        for term in known.shelves["project" if kind == "project" else "label"].terms:
            for one in _suggested(index, term.text[:-1]):
                quoted += [one] if one.text.startswith('"') else []
    assert quoted
    for one in quoted:
        assert parse(one.text).tree == Phrase(one.label)


def test_every_name_of_the_index_can_be_asked_for(index: Index) -> None:
    known = vocabulary(index.reader, names(index.reader))
    for kind, shelf in known.shelves.items():
        for term in shelf.terms[:40]:
            found = [one for one in _suggested(index, term.text[:-1]) if one.kind == kind]
            for one in found:
                if one.query != one.text:
                    continue  # the name has several pieces, of which the last is completed
                answer = search(index, one.query)
                assert answer.total.value > 0, one
                assert len(answer.query.pieces) == 1
                wanted = {"label": "text", "project": "text", "account": "code"}.get(kind, kind)
                assert answer.query.pieces[0].kind == wanted, one


typed_texts = st.one_of(
    st.lists(
        st.sampled_from([*FRAGMENTS, "公务", "人", "gw", "208", "部门:", "表:"]), max_size=8
    ).map("".join),
    st.text(max_size=40),
)


@settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(typed_texts, st.none() | st.integers(-3, 50))
@example("\ud800公务", None)
@example('"公务', None)
@example("-的公务用车", None)
def test_any_text_is_answered_and_what_is_suggested_adds_no_piece(
    index: Index, text: str, at: int | None
) -> None:
    for one in _suggested(index, text, at):
        assert one.text in one.query
        assert one.count >= 0
        pieces = [piece.text.strip("-－−") for piece in understand(index.reader, one.query).pieces]
        assert any(piece in one.text or one.text in piece for piece in pieces)

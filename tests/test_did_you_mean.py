"""An answer without hits tells which words stand nowhere, what was meant, and what removes all."""

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.errors import QueryError
from search.index import Index
from search.naming import names
from search.results import Correction, Removal, Result
from search.service import search
from search.suggest import nohits
from search.suggest.near import MOST, near
from search.suggest.vocabulary import vocabulary
from tests.test_query_properties import FRAGMENTS


def _offered(result: Result) -> list[Correction | Removal]:
    return [*result.did_you_mean, *result.removals]


def _meant(result: Result) -> list[str]:
    return [correction.query for correction in result.did_you_mean]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("公物用车", "公务用车"),  # sounds the same
        ("因公出过", "因公出国"),
        ("公务接侍费", "公务接待费"),  # looks the same
        ("接侍", "接待"),
        ("劳务派遗", "劳务派遣"),
        ("公务用用车", "公务用车"),  # too many
        ("公用车", "公务用车"),  # missing
        ("务公用车", "公务用车"),  # swapped
        ("公务用车购制", "公务用车购置"),
        ("出国境费用", "出国(境)费"),
        ("gwyc", "公务用车购置及运行费"),
        ("公物用车 2024 > 10万元", "公务用车 2024 > 10万元"),
        ("2023 年公务用东", "2023 年公务用车"),
        ('"公物用车" 2024', '"公务用车" 2024'),
        ("公物用车 会义费", "公务用车 会议费"),
        ("(公物用车 OR 龘龘龘) > 900亿元", None),
        ("公务用车 > 900亿元", None),
        ("龘龘", None),
        ("林业", None),  # a word, and no other's misspelling
        ("人材", "人才"),
        ("部门:泽洲 公务用车", "部门:泽州 公务用车"),
        ("部门:人事中心引进交流中心 公务用车", None),
        ("dept:科技人材", "部门:科技人才"),
    ],
)
def test_a_near_term_is_offered(index: Index, typed: str, meant: str | None) -> None:
    result = search(index, typed)
    assert result.total.value == 0
    assert _meant(result) == [] if meant is None else meant in _meant(result)


def test_what_is_offered_has_the_hits_it_says(index: Index) -> None:
    for typed in ("公物用车 2024", "公务用车购制", "培训废", "公务接待费 2023 > 900万元"):
        result = search(index, typed)
        for other in _offered(result):
            assert other.total > 0
            assert search(index, other.query).total.value == other.total


def test_near_terms_are_whole_words(index: Index) -> None:
    known = vocabulary(index.reader, names(index.reader))
    assert "务用车" not in near(known, "公用车")
    assert len(near(known, "费用")) <= MOST
    for word in ("", "车", "2024", "公" * 100):
        assert near(known, word) == []


def test_the_piece_that_removes_all_is_named(index: Index) -> None:
    result = search(index, "公务接待费 2023 > 900万元")
    removals = {result.query.pieces[one.piece].text: one.query for one in result.removals}
    assert removals["> 900万元"] == "公务接待费 2023"
    assert removals["公务接待费"] == "2023 > 900万元"
    assert "2023" not in removals  # without the year there is nothing either
    assert result.absent == ()


def test_a_word_that_stands_nowhere_is_named(index: Index) -> None:
    result = search(index, "公务用车 龘龘 -会议")
    assert [result.query.pieces[number].text for number in result.absent] == ["龘龘"]
    assert [one.query for one in result.removals] == ["公务用车 -会议"]


def test_an_alternative_that_is_taken_out_helps_nothing(index: Index) -> None:
    result = search(index, "(公务用车 OR 会议费) > 900亿元")
    assert [one.query for one in result.removals] == ["(公务用车 OR 会议费)"]


def test_an_exclusion_may_remove_all(index: Index) -> None:
    result = search(index, "人才 -人才")
    assert {one.query for one in result.removals} == {"人才", "-人才"}


def test_the_order_removes_nothing(index: Index) -> None:
    result = search(index, "龘龘 排序:金额")
    assert [result.query.pieces[one.piece].kind for one in result.removals] == []


def test_an_answer_with_hits_is_not_explained(index: Index) -> None:
    result = search(index, "公务用车", page=900)
    assert result.total.value
    assert (result.did_you_mean, result.removals, result.absent) == ((), (), ())


def test_after_the_time_nothing_more_is_asked(
    index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(nohits, "MOST_SECONDS", -1)
    result = search(index, "公物用车 2023 > 900万元")
    assert (result.did_you_mean, result.removals, result.absent) == ((), (), ())


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(st.sampled_from([*FRAGMENTS, " ", "公物用车", "龘", "999亿元"]), max_size=9).map(
        "".join
    )
)
def test_any_query_is_explained_by_queries_that_have_hits(index: Index, text: str) -> None:
    try:
        result = search(index, text)
    except QueryError:
        return
    for one in _offered(result):
        assert search(index, one.query).total.value == one.total > 0
    for removal in result.removals:
        left = search(index, removal.query).query.pieces
        pieces = result.query.pieces
        assert [p.label for p in left] == [
            p.label for number, p in enumerate(pieces) if number != removal.piece
        ]


def test_the_json_carries_the_explanation(client: FlaskClient) -> None:
    body = client.get("/api/v1/search", query_string={"q": "公物用车 2023 > 10万元"}).get_json()
    assert body["absent"] == [0]
    assert {"piece": 0, "query": "2023 > 10万元"}.items() <= body["removals"][0].items()
    body = client.get("/api/v1/search", query_string={"q": "公物用车 2024"}).get_json()
    assert {"text": "公务用车", "query": "公务用车 2024"}.items() <= body["did_you_mean"][0].items()

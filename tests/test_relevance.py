"""The judged set says what stands in the sources, and gongkai answers it better than lines do."""

from dataclasses import replace

import pytest

from benchmarks.judged import Answer, Found, Query, misquoted, queries, sources
from benchmarks.relevance import Score, difference, gains, main, measured, ndcg, reciprocal, summary

AHEAD = 0.25
"""What nDCG@10 must be above the better of the two baselines."""
EXACT = 0.98
"""Floor of exactly answered queries; the target is 0.95, the command lists the misses."""


@pytest.fixture(scope="module")
def judged() -> tuple[Query, ...]:
    return queries()


@pytest.fixture(scope="module")
def measures(
    judged: tuple[Query, ...], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, list[Score]]:
    return measured(tmp_path_factory.mktemp("judged"), judged)


def test_answers_stand_where_they_are_said_to(judged: tuple[Query, ...]) -> None:
    texts = sources()
    assert [
        (query.text, misquoted(query, texts)) for query in judged if misquoted(query, texts)
    ] == []


def test_the_set_is_large_and_various(judged: tuple[Query, ...]) -> None:
    assert len(judged) >= 150
    assert len({query.text for query in judged}) == len(judged)
    assert len({query.kind for query in judged}) >= 12
    assert sum(query.exact for query in judged) >= 85
    assert {answer.grade for query in judged for answer in query.answers} == {1, 2, 3}


def test_better_than_lines(measures: dict[str, list[Score]]) -> None:
    mean, mrr, _ = summary(measures["gongkai"])
    others = [summary(scores) for system, scores in measures.items() if system != "gongkai"]
    assert len(others) == 2
    assert mean >= max(other[0] for other in others) + AHEAD
    assert mrr >= max(other[1] for other in others) + AHEAD


def test_amounts_are_exact(measures: dict[str, list[Score]]) -> None:
    assert summary(measures["gongkai"])[2] >= EXACT


def _query(*answers: Answer) -> Query:
    return Query("公务接待费", "amount", True, answers, "")


A = Answer("甲", 3, 3, "公务接待费\t1.00", 3)
B = Answer("甲", 5, 6, "公务接待费1.00万元，与上年相同", 2)


def test_a_place_earns_once() -> None:
    line = Found("甲", 3, 3, "公务接待费\t1.00\t1.00")
    part = Found("甲", 6, 6, "与上年相同")
    assert gains(_query(A, B), [line, line, part, replace(line, document="乙")]) == [3, 0, 2, 0]


def test_the_best_order_has_ndcg_one() -> None:
    first, second = Found("甲", 3, 3, A.text), Found("甲", 5, 6, B.text)
    assert ndcg(_query(A, B), [first, second]) == pytest.approx(1)
    assert 0 < ndcg(_query(A, B), [second, first]) < 1
    assert reciprocal(_query(A, B), [second, first]) == 0.5
    assert (ndcg(_query(), []), ndcg(_query(), [first])) == (1, 0)


def test_sets_are_compared_both_ways() -> None:
    wrong = Found("甲", 9, 9, "公务接待费\t2.00")
    missing, beyond = difference(_query(A, B), [wrong, Found("甲", 5, 6, B.text)])
    assert (missing, beyond) == ((A,), (wrong,))


def test_the_command_prints_measures_and_misses(
    measures: dict[str, list[Score]],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr("benchmarks.relevance.measured", lambda *_: measures)
    main([])
    printed = capsys.readouterr().out
    for score in measures["gongkai"]:
        if score.query.exact and not score.exact:
            assert f"\n{score.query.text}  nDCG" in printed
    assert "whoosh, any word" in printed

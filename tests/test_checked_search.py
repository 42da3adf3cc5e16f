"""Asking by the outcome of the checks: the same in every engine, as filter, facet and in a hit."""

import pytest

from indexer import pipeline
from search.engines.registry import ENGINES
from search.fields import OUTCOMES
from search.index import Index
from search.model import Disclosure
from search.results import Hit
from search.review.documents import record_checks
from search.service import search
from tests.conftest import CORPUS, Silent


@pytest.fixture(scope="module", params=[name for name, of in ENGINES.items() if of.installed])
def checked(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Index:
    url = f"{request.param}:{tmp_path_factory.mktemp('checked') / 'index'}"
    pipeline.index([CORPUS], url, workers=0, progress=Silent())
    return Index(url)


def _hits(index: Index, query: str) -> tuple[Hit, ...]:
    return search(index, query, limit=200).hits


def _disclosure(index: Index, hit: Hit) -> Disclosure:
    found = index.store.disclosure(hit.document.id)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("query", "outcome"),
    [("核对:不符", "fail"), ("check:fail", "fail"), ("核对:矛盾", "fail"), ("核对:相符", "pass"),
     ("check:pass", "pass"), ("核对:未核对", "unchecked"), ("check:unchecked", "unchecked")],
)  # fmt: skip
def test_outcomes_are_asked_for(checked: Index, query: str, outcome: str) -> None:
    hits = _hits(checked, f"部门:泽州 {query}")
    assert {hit.outcome for hit in hits} == {outcome}


def test_outcomes_are_counted(checked: Index) -> None:
    whole = search(checked, "部门:泽州")
    counts = {value.value: value.count for value in whole.facets["checks"]}
    assert set(counts) == set(OUTCOMES)
    assert sum(counts.values()) == whole.total.value
    for outcome, count in counts.items():
        found = search(checked, f"部门:泽州 核对:{OUTCOMES[outcome]}")
        assert found.total.value == count
        assert {v.value: v.count for v in found.facets["checks"]} == counts


def test_the_explanation_names_the_outcome(checked: Index) -> None:
    understood = search(checked, "劳动保障监察 核对:不符 > 10万元").query
    assert [piece.label for piece in understood.pieces][1:] == [
        "核对 不符",
        "金额 > 10 万元（100,000 元）",
    ]
    assert not understood.warnings


def test_another_word_is_no_outcome(checked: Index) -> None:
    found = search(checked, "核对:大概")
    assert found.total.value == 0
    assert "没有与“大概”相符的核对" in [warning.message for warning in found.query.warnings]


def test_a_hit_tells_both_places(checked: Index) -> None:
    hits = _hits(checked, "2080105 表:支出总表 部门:泽州")
    (hit,) = hits
    check = next(of for of in hit.checks if of.equation == "12.50 ≠ 42.50")
    assert check.suspect
    assert [term.text for term in check.terms] == ["12.50", "42.50"]
    assert [cell.outcome for cell in hit.cells if cell.text == "12.50"] == ["fail", "fail"]
    other = next(h for h in _hits(checked, "2080105 表:收入总表") if h.id == check.terms[1].record)
    assert other.cells[check.terms[1].cell or 0].text == "42.50"


def test_a_hit_tells_a_relation_once(checked: Index) -> None:
    """Also where several of its cells take part, of which one is blank."""
    (hit,) = _hits(checked, "2080105 表:收入总表 部门:泽州")
    assert [cell.text for cell in hit.cells if cell.outcome == "fail"] == ["42.50", ""]
    assert [(of.equation, of.cell) for of in hit.checks] == [("12.50 ≠ 42.50", 0)]


def test_a_hit_tells_what_it_agrees_with(checked: Index) -> None:
    hit = next(h for h in _hits(checked, "公务接待费 表:三公 部门:泽州") if h.outcome == "pass")
    found = record_checks(_disclosure(checked, hit), hit.id)
    assert found is not None
    assert len(found.agreed) == hit.agrees > 1
    assert "18.50 = 17.50 + 1.00" in [of.equation for of in found.agreed]
    for of in found.agreed:
        assert [term.text for term in of.terms]
        assert all(term.text in of.equation for term in of.terms)


def test_every_agreement_that_is_counted_is_told(checked: Index) -> None:
    hits = _hits(checked, "部门:泽州 核对:相符")
    assert {hit.kind for hit in hits} == {"row", "passage", "project"}
    for hit in hits[::5]:
        found = record_checks(_disclosure(checked, hit), hit.id)
        assert found is not None
        assert (found.outcome, len(found.agreed), found.failed) == ("pass", hit.agrees, ())


def test_a_passage_has_the_outcome_of_its_statements(checked: Index) -> None:
    (hit,) = (h for h in _hits(checked, "部门:泽州 核对:不符 类:段落") if "5,542.46" in h.quote)
    assert hit.checks
    assert all(check.cell is None for check in hit.checks)

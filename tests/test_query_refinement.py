"""Chips and facets change the query text, and nothing else of what it asks."""

import pytest

from search.query.parser import parse
from search.query.refinement import refined, without
from search.query.tree import And, Or, Prefixed, Word, Years
from search.results import Piece, PieceKind, Understood
from search.text import normalise


def _cut(text: str, piece: str) -> str:
    start = text.index(piece)
    return without(text, start, start + len(piece))


@pytest.mark.parametrize(
    ("text", "piece", "left"),
    [
        ("公务用车 2024 > 10万元", "2024", "公务用车 > 10万元"),
        ("公务用车 2024 > 10万元", "> 10万元", "公务用车 2024"),
        ("公务用车", "公务用车", ""),
        ("培训 OR 会议", "会议", "培训"),
        ("培训 OR 会议", "培训", "会议"),
        ("培训 或 会议 或 差旅", "会议", "培训 或 差旅"),
        ("培训|会议", "会议", "培训"),
        ("(培训 OR 会议) 2024", "培训", "(会议) 2024"),
        ("（培训 OR 会议）", "会议", "（培训）"),
        ("培训 NOT 干部", "NOT 干部", "培训"),
        ("培训 NOT 干部", "干部", "培训"),
        ("ORACLE 培训", "培训", "ORACLE"),
        ('"临聘', "临聘", ""),
    ],
)
def test_a_piece_is_cut_out_with_the_joining_word_it_leaves_alone(
    text: str, piece: str, left: str
) -> None:
    assert _cut(text, piece) == left


def _understood(text: str, *pieces: tuple[PieceKind, str]) -> Understood:
    made = []
    for kind, piece in pieces:
        start = text.index(piece)
        place = {"start": start, "end": start + len(piece)}
        made.append(Piece.model_validate({"kind": kind, "text": piece, "label": piece, **place}))
    return Understood(text=text, pieces=tuple(made), warnings=())


def test_a_filter_is_added_as_typed_text() -> None:
    assert refined(_understood("人才"), "year", "年度", "2024") == "人才 年度:2024"
    assert refined(_understood(""), "report", "类型", "决算") == "类型:决算"


def test_a_filter_takes_the_place_of_another_of_its_kind() -> None:
    query = _understood("人才 2023 类型:预算", ("year", "2023"), ("report", "类型:预算"))
    assert refined(query, "year", "年度", "2024") == "人才 类型:预算 年度:2024"
    assert refined(query, "year", "年度", "") == "人才 类型:预算"


def test_a_filter_binds_to_the_whole_of_an_alternative() -> None:
    text = refined(_understood("培训 OR 会议"), "year", "年度", "2024")
    assert text == "(培训 OR 会议) 年度:2024"
    assert parse(text).tree == And((Or((Word("培训"), Word("会议"))), Prefixed("年度", "2024")))


def test_a_value_with_brackets_is_quoted() -> None:
    name = "人才引进交流服务中心（人才办、留学人员创业园服务中心）"
    text = refined(_understood("2024"), "department", "部门", name)
    assert text == f'2024 部门:"{name}"'
    assert parse(text).tree == And((Years(2024, 2024), Prefixed("部门", normalise(name))))


def test_a_value_that_cannot_be_written_gives_no_link() -> None:
    assert refined(_understood("2024"), "department", "部门", 'a"b」c』d ') is None

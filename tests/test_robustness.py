"""Nothing depends on the samples: disguised they read the same, damaged they never lie."""

import random
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.disclosure import read
from indexer.errors import ReadingError
from search.model import Disclosure
from tests.conftest import NAMES, source
from tests.disguise import disguise


def _structure(of: Disclosure) -> list[object]:
    """Return everything but values: places, kinds, states, units, columns by count."""
    return [
        (of.report, of.level, of.lines),
        [(s.locator, len(s.path)) for s in of.sections],
        [
            (t.kind, t.unit, t.no_data, t.locator, [len(path) for path in t.columns])
            for t in of.tables
        ],
        [
            (
                row.locator, row.code, row.code_kind, len(row.path), row.subtotal,
                [(c.locator, c.state, c.unit, c.principal) for c in row.cells],
            )
            for t in of.tables for row in t.rows
        ],
        [
            (s.locator, s.figure, s.unit, s.kind, s.role, s.direction, s.basis)
            for p in of.passages for s in p.statements
        ],
        [(p.locator, p.part) for p in of.passages],
        [(j.locator, bool(j.row_id), bool(j.form_id), len(j.indicators)) for j in of.projects],
    ]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_a_disguised_sample_reads_the_same(disclosures: dict[str, Disclosure], name: str) -> None:
    text = disguise(source(name).read_text(encoding="utf-8"))
    of, known = read(text.encode(), "x.txt"), disclosures[name]
    assert of.department == disguise(known.department)
    assert of.year == int(disguise(str(known.year)))
    for found, expected in zip(_structure(of), _structure(known), strict=True):
        assert found == expected
    for table, same in zip(of.tables, known.tables, strict=True):
        for row, like in zip(table.rows, same.rows, strict=True):
            assert row.quote == text[row.locator.char_start : row.locator.char_end]
            for cell, original in zip(row.cells, like.cells, strict=True):
                assert (cell.value is None) == (original.value is None)
                if cell.value is not None:
                    assert cell.text == disguise(original.text)


@pytest.mark.parametrize("name", NAMES)
def test_reading_again_gives_the_same(disclosures: dict[str, Disclosure], name: str) -> None:
    assert read(source(name).read_bytes(), source(name).name) == disclosures[name]


def _damaged(text: str, seed: int) -> str:
    chance = random.Random(seed)
    lines = []
    for line in text.split("\n"):
        roll = chance.random()
        cells = line.split("\t")
        if roll < 0.03:
            continue
        if roll < 0.08:
            cells.insert(chance.randrange(len(cells) + 1), "")
        elif roll < 0.13:
            cells[chance.randrange(len(cells))] = ""
        elif roll < 0.16:
            del cells[chance.randrange(len(cells))]
        lines.append("\t".join(cells))
    return "\n".join(lines)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(seed=st.integers(0, 2**32), name=st.sampled_from(sorted(NAMES)))
def test_damage_never_moves_a_figure_to_another_label(seed: int, name: str) -> None:
    text = _damaged(source(name).read_text(encoding="utf-8"), seed)
    of = read(text.encode(), "x.txt")
    lines = text.split("\n")
    for table in of.tables:
        for row in table.rows:
            at = row.locator
            cells = "\t".join(lines[at.line_start - 1 : at.line_end]).split("\t")
            cells = [re.sub(r"</?b>|\*\*", "", cell) for cell in cells]
            words = (cell for cell in cells if not re.fullmatch(r"[\d.,\s]*", cell))
            printed = "".join("".join(words).split())
            for cell in row.cells:
                if cell.value is None:
                    continue
                assert cell.locator is not None
                assert at.line_start <= cell.locator.line_start <= at.line_end
                place = text[cell.locator.char_start : cell.locator.char_end]
                assert "".join(place.split()) == "".join(cell.text.split())
            if (
                row.has_value and table.kind != "三公经费表"
            ):  # a turned table's labels stand in its header
                assert "".join(row.label_verbatim.split()) in printed
    for passage in of.passages:
        for statement in passage.statements:
            at = statement.figure
            assert f"{statement.value}" in text[at.char_start : at.char_end].replace(",", "")


def test_figures_without_a_place_are_reported() -> None:
    text = (
        "某县财政局\n2024年度部门预算公开\n\n第二部分 报表\n\n2024年预算支出总表\n\n单位：万元\n\n"
        "科目编码\t科目名称\t合计\t基本支出\t项目支出\n"
        "208\t社会保障和就业支出\t10.00\t4.00\t6.00\n"
        "20801\t人力资源事务\t\t10.00\t4.00\t6.00\n"
        "\t\t7.00\t\t\n"
    )
    of = read(text.encode(), "x.txt")
    messages = {warning.line: warning.message for warning in of.warnings}
    assert "对不上" in messages[12]
    assert "没有对应的名称：7.00" in messages[13]
    rows = {row.label: row for row in of.tables[0].rows}
    assert not rows["人力资源事务"].has_value
    assert rows["社会保障和就业支出"].has_value


@settings(max_examples=60, deadline=None)
@given(
    st.text(
        alphabet="一二三、()（）第部分表项目合计1234567890.,\t\n 元万单位：年#*<b>—", max_size=400
    )
)
def test_any_text_reads_or_is_refused(text: str) -> None:
    try:
        of = read(text.encode(), "x.txt")
    except ReadingError:
        return
    for table in of.tables:
        for row in table.rows:
            assert text[row.locator.char_start : row.locator.char_end] == row.quote

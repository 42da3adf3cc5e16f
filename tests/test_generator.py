"""Generated disclosures agree with themselves, and the indexer reads what they were made from."""

from collections import Counter
from decimal import Decimal
from itertools import islice
from pathlib import Path

import pytest

from benchmarks.document import Document
from benchmarks.drawing import facts, organisations
from benchmarks.generate import documents, generate, limit, main
from benchmarks.model import yuan
from indexer.disclosure import read
from search.model import Disclosure, Role
from tests.conftest import rows, statements

SEED = 7


@pytest.fixture(scope="module")
def pairs() -> list[tuple[Document, Disclosure]]:
    made = list(documents(SEED, 24))
    return [(one, read(one.text.encode(), f"{one.name}.txt")) for one in made]


def test_the_same_seed_gives_the_same() -> None:
    first, again = list(generate(SEED, 8)), list(generate(SEED, 12))
    assert first == again[:8]
    assert first != list(generate(SEED + 1, 8))
    assert len({name for name, _ in generate(SEED, 200)}) == 200


def test_no_disclosure_comes_twice() -> None:
    with pytest.raises(ValueError, match="disclosures"):
        next(documents(SEED, limit(SEED) + 1))
    assert limit(SEED) > 100_000


def test_figures_add_up() -> None:
    for told in facts(SEED, 3).values():
        now = told.figures
        assert now.basic == sum(line.amount for line in now.economic)
        assert now.project == sum(p.amount + p.carried for p in now.projects)
        assert now.total == now.spending + now.closing
        if told.report == "预算":
            for project in now.projects:
                assert sum(part for _, part in project.parts) == project.amount


def test_years_continue_each_other() -> None:
    told = facts(SEED, 5)
    for (year, report), now in told.items():
        if year > 2015:
            assert now.previous == told[year - 1, report].figures
            assert now.figures.opening == told[year - 1, "决算"].figures.closing


def test_metadata_are_read(pairs: list[tuple[Document, Disclosure]]) -> None:
    for made, got in pairs:
        of = made.facts.organisation
        assert (got.department, got.level) == (of.name, of.level)
        assert (got.year, got.report) == (made.facts.year, made.facts.report)
        assert not got.warnings
        assert "其他" not in {table.kind for table in got.tables}


def test_accounts_are_read(pairs: list[tuple[Document, Disclosure]]) -> None:
    for made, got in pairs:
        read_rows = {row.code: row for row in rows(got, "支出总表")}
        for account in made.facts.figures.accounts:
            row = read_rows[account.code]
            assert row.label == account.name
            amounts = [cell.yuan for cell in row.cells if cell.value is not None]
            expected = (account.total, account.basic, account.projects)
            assert amounts == [yuan(amount) for amount in expected if amount]


def test_travel_is_read(pairs: list[tuple[Document, Disclosure]]) -> None:
    for made, got in pairs:
        now, plan = made.facts.figures.travel, made.facts.plan.travel
        found = rows(got, "三公经费表", "公务用车运行维护费")
        printed = [Decimal(c.text) for row in found for c in row.cells if c.text]
        if made.facts.report == "预算":
            expected = [now.running, now.running]
        else:
            expected = [plan.running, now.running]
        assert [value * 100 for value in printed] == [value for value in expected if value]


def test_economic_accounts_are_read(pairs: list[tuple[Document, Disclosure]]) -> None:
    for made, got in pairs:
        for line in made.facts.figures.economic:
            found = rows(got, "一般公共预算基本支出表", line.name)
            assert any(yuan(line.amount) in [cell.yuan for cell in row.cells] for row in found)


def test_statements_are_read(pairs: list[tuple[Document, Disclosure]]) -> None:
    for made, got in pairs:
        now, before = made.facts.figures, made.facts.previous
        found = statements(got)
        change = now.total - before.total
        if change:
            direction = "增加" if change > 0 else "减少"
            assert any(
                (one.role, one.direction, one.yuan) == (Role.CHANGE, direction, yuan(abs(change)))
                for one in found
            )
        if now.travel.total:
            amounts = [one.yuan for one in found if "三公" in one.subject]
            assert yuan(now.travel.total) in amounts
        if made.facts.report == "预算":
            areas = [one.value for one in found if one.kind == "area"]
            assert Decimal(now.assets.area) / 100 in areas


def test_projects_are_read(pairs: list[tuple[Document, Disclosure]]) -> None:
    for made, got in pairs:
        found = {(project.name, project.yuan) for project in got.projects}
        forms = {project.name for project in got.projects if project.form_id}
        for project in made.facts.figures.projects:
            if made.facts.report == "决算":
                assert project.name in forms
                continue
            if project.amount:
                assert (project.name, yuan(project.amount)) in found
                assert project.name in forms
            if project.carried:
                assert (project.name, yuan(project.carried)) in found


def test_the_command_writes_text(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["--documents", "3", "--seed", str(SEED), str(tmp_path)])
    assert "3 disclosures" in capsys.readouterr().out
    written = {path.stem: path.read_text(encoding="utf-8") for path in tmp_path.iterdir()}
    assert written == dict(generate(SEED, 3))


def _said(of: Disclosure) -> Counter[tuple[str, ...]]:
    rows_said = (
        (table.kind, row.label, *(str(cell.yuan) for cell in row.cells if cell.value is not None))
        for table in of.tables
        for row in table.rows
    )
    stated = ((one.subject, str(one.value), one.unit) for one in statements(of))
    named = ((project.name, str(project.yuan)) for project in of.projects)
    return Counter([*rows_said, *stated, *named])


def test_a_pdf_is_read_like_the_text(tmp_path: Path) -> None:
    main(["--documents", "1", "--seed", str(SEED), "--pdf", str(tmp_path)])
    (path,) = tmp_path.iterdir()
    (made,) = documents(SEED, 1)
    got, text = read(path.read_bytes(), path.name), read(made.text.encode(), "text")
    assert (got.department, got.year, got.report) == (text.department, text.year, text.report)
    assert not got.warnings
    assert _said(got) == _said(text)


def test_organisations_have_names_of_their_own() -> None:
    names = [of.name for of in organisations(SEED)]
    assert len(names) == len(set(names))
    assert all(of.name.startswith(of.short[:2]) for of in islice(organisations(SEED), 50))

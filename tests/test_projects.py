"""Projects: rows of 项目支出表 joined with their 绩效 forms, amounts in yuan on both sides."""

from decimal import Decimal

from search.model import Disclosure, Project


def _named(of: Disclosure, name: str) -> Project:
    return next(project for project in of.projects if project.name == name)


def test_every_project_row_finds_its_form(disclosures: dict[str, Disclosure]) -> None:
    without = {
        name: [p.name for p in of.projects if p.row_id and not p.form_id]
        for name, of in disclosures.items()
    }
    assert without == {
        "人力资源部": [],
        "科技人才": [],
        "人才引进": [],
        "产业规划": [],
        # carried-over funds have no form of their own in the source
        "泽州": [
            "就业补助资金", "就业补助资金", "中央就业补助资金",
            "“公益性零工市场县县全覆盖”省级财政专项资金", "“泽州县零工市场”硬件补充建设项目",
        ],
    }  # fmt: skip


def test_misread_names_are_joined_by_amount(disclosures: dict[str, Disclosure]) -> None:
    clothes = _named(disclosures["泽州"], "劳动监察工作服")
    assert clothes.form_name == "劳动保障工作盟"
    assert clothes.yuan == Decimal(260000)
    assert "59名劳动保障监察员工作服" in clothes.overview


def test_forms_without_row(disclosures: dict[str, Disclosure]) -> None:
    fund = _named(disclosures["产业规划"], "产业扶持资金")
    assert fund.row_id is None
    # the form's head says 元, the cell says 15000万元: the cell's own unit wins
    assert fund.yuan == Decimal(150_000_000)


def test_the_years_amount_is_not_the_whole_periods(disclosures: dict[str, Disclosure]) -> None:
    work = _named(disclosures["泽州"], "创业和职业技能服务工作经费")
    amounts = {cell.column: cell.yuan for cell in work.funds}
    assert amounts[("实施期资金总额",)] == Decimal(220000)
    assert amounts[("年度资金总额",)] == Decimal(75000)
    assert amounts[("年度资金总额", "市县(区)财政资金")] == Decimal(75000)
    assert amounts[("年度资金总额", "单位自筹")] == 0
    assert work.yuan == Decimal(75000)
    assert work.amount_text == "7.50万元"


def test_fields_stand_in_the_source(disclosures: dict[str, Disclosure]) -> None:
    for of in disclosures.values():
        for project in of.projects:
            assert project.locator.line_start > 0
            for field in project.fields:
                assert field.locator.char_start < field.locator.char_end

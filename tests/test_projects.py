"""Projects: rows of 项目支出表 joined with their 绩效 forms, amounts in yuan on both sides."""

from decimal import Decimal

from indexer.disclosure import read
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
    assert work.amount_text == "合计 7.50万元"


def test_fields_stand_in_the_source(disclosures: dict[str, Disclosure]) -> None:
    for of in disclosures.values():
        for project in of.projects:
            assert project.locator.line_start > 0
            for field in project.fields:
                assert field.locator.char_start < field.locator.char_end


def _indicators(of: Disclosure, name: str) -> dict[str, dict[str, str]]:
    return {
        indicator.name: {cell.column[0]: cell.text for cell in indicator.cells}
        for indicator in _named(of, name).indicators
    }


def test_indicators_of_ragged_lines(disclosures: dict[str, Disclosure]) -> None:
    """Lines whose cells moved, whose levels are printed twice, whose names were cut."""
    of = disclosures["泽州"]
    talent = _indicators(of, "人才专项工作经费")
    both = {"实施期指标值": "100000元/人/次", "年度指标值": "100000元/人/次"}
    assert talent["购房补贴标准"] == both
    assert talent["补贴企业满意度"] in ({"实施期指标值": "≥95%"}, {"年度指标值": "≥95%"})
    contest = _indicators(of, "创业就业专项资金")
    assert contest["创业大赛开始时间"] == {"实施期指标值": "第二季度"}
    assert contest["服务对象满意度"] == {"实施期指标值": "≥95%", "年度指标值": "≥95%"}
    staff = _indicators(disclosures["人力资源部"], "公益性岗位人员绩效工资")
    assert staff["2021年40%绩效、2022年60%绩效"] == {"实施期指标值": "按时发放"}
    assert staff["2022年40%绩效、2023年60%绩效"] == {"年度指标值": "按时发放"}


def test_values_that_lost_their_name_are_reported(disclosures: dict[str, Disclosure]) -> None:
    messages = [str(warning) for warning in disclosures["人才引进"].warnings]
    assert any("第475行：绩效指标没有归入" in message for message in messages)


def test_texts_that_stand_a_line_too_high(disclosures: dict[str, Disclosure]) -> None:
    fields = {f.name: f.value for f in _named(disclosures["人才引进"], "临聘劳务人员工资").fields}
    assert "共聘请6人" in fields["项目概况"]
    assert fields["立项依据"].startswith("《关于印发")
    assert fields["项目实施计划"].startswith("劳务派遣协议")


def test_self_evaluation(disclosures: dict[str, Disclosure]) -> None:
    of = _named(disclosures["科技人才"], "科技人才与合作业务费")
    assert of.amount_text == "全年执行数 13.162万元"
    assert of.yuan == Decimal(131620)
    funds = {cell.column: cell.text for cell in of.funds}
    assert funds[("全年预算数", "省级财政资金")] == "59.064"
    fields = {field.name: field.value for field in of.fields}
    assert (fields["总分"], fields["等级"]) == ("59.23", "差")
    goals = {name: fields[name][:7] for name in ("年度目标", "实际完成情况")}
    assert goals == {"年度目标": "组织开展专家服", "实际完成情况": "2024年组织"}


def test_each_form_is_a_table_of_its_own(disclosures: dict[str, Disclosure]) -> None:
    for of in disclosures.values():
        forms = [project.form_id for project in of.projects if project.form_id]
        assert len(forms) == len(set(forms))
        tables = {table.id: table for table in of.tables}
        assert all(tables[form].kind == "项目支出绩效表" for form in forms)


def _funds(*rows: str) -> dict[str, str | None]:
    lines = [
        "项目支出绩效自评表（2024年度）",
        "项目名称\t\t业务费\t\t\t\t\t\t",
        "主管部门\t\t某厅\t\t\t\t实施单位\t某中心\t",
        "项目资金（万元）\t资金总额：\t年初预算数\t\t全年预算数\t全年执行数\t资金结(转)余\t执行率\t得分",
        "\t\t目标申报数\t预算编制数\t\t\t\t\t",
        *rows,
        "项目年度绩效目标\t\t年度目标\t\t\t\t实际完成情况\t\t",
    ]
    of = read("\n".join(lines).encode(), "x.txt")
    (project,) = of.projects
    values = ((cell.column[0], cell.value) for cell in project.funds)
    return {head: None if value is None else str(value) for head, value in values}


def test_a_torn_figure_keeps_its_place_among_the_funds() -> None:
    """59.06 4 is no figure; those behind it must not take its head."""
    found = _funds("\t\t省级财政资金\t34.08\t34.08\t59.06 4\t13.162\t45.902\t22.28")
    assert found["全年预算数"] is None
    assert found["全年执行数"] == "13.162"


def test_a_blank_among_the_funds_moves_no_figure() -> None:
    found = _funds("\t\t\t34.08\t59.06\t13.16\t\t22.28\t9")
    assert found == {
        "预算编制数": "34.08", "全年预算数": "59.06", "全年执行数": "13.16",
        "执行率": "22.28", "得分": "9",
    }  # fmt: skip

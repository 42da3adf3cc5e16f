"""Department, year, kind and level are decided by all the evidence in a document."""

import re

import pytest

from indexer.disclosure import read
from search.model import Disclosure
from tests.conftest import source

ZONE = "山西转型综合改革示范区"
EXPECTED = {
    "人力资源部": (f"{ZONE}晋中开发区人力资源部", "602", None, 2023, "预算", "单位"),
    "科技人才": (
        "山西省科技人才与科技合作中心", "203101", "山西省科学技术厅", 2024, "决算", "单位",
    ),
    "人才引进": (
        f"{ZONE}人才引进交流服务中心（人才办、留学人员创业园服务中心）", "631", None, 2024,
        "预算", "部门",
    ),
    "产业规划": (f"{ZONE}晋中开发区产业规划与创新发展部", "610", None, 2024, "预算", "部门"),
    "泽州": ("泽州县人力资源和社会保障局", "054", None, 2024, "预算", "部门"),
}  # fmt: skip


@pytest.mark.parametrize("name", EXPECTED)
def test_metadata(disclosures: dict[str, Disclosure], name: str) -> None:
    of = disclosures[name]
    found = (of.department, of.department_code, of.parent, of.year, of.report, of.level)
    assert found == EXPECTED[name]
    assert of.confidence > 0.9


def test_misread_names_are_kept_as_variants(disclosures: dict[str, Disclosure]) -> None:
    assert "涿州市人力资源和社会保障局" in disclosures["泽州"].department_variants
    assert "涿州县人力资源和社会保障局" in disclosures["泽州"].department_variants
    assert f"{ZONE}晋中开发区产业规划与创新发晨部" in disclosures["产业规划"].department_variants


def test_evidence_stands_in_the_source(disclosures: dict[str, Disclosure]) -> None:
    for name, of in disclosures.items():
        text = source(name).read_text(encoding="utf-8")
        for item in of.evidence:
            place = text[item.locator.char_start : item.locator.char_end]
            if item.field in {"year", "report", "level"}:
                assert item.value in re.sub(r"\s", "", place)


def test_file_name_is_a_marked_fallback() -> None:
    text = "一、收入情况\n\n本年收入10万元。\n"
    of = read(text.encode(), "2021-部门决算-某县财政局.txt")
    said = (of.department, of.year, of.report, of.level)
    assert said == ("某县财政局", 2021, "决算", "部门")
    assert of.confidence == 0
    assert len(of.warnings) == 4
    assert all("文件名" in warning.message for warning in of.warnings)


def test_content_goes_before_the_file_name() -> None:
    data = source("泽州").read_bytes()
    of = read(data, "2019-单位决算-别的局.txt")
    assert (of.department, of.year, of.report, of.level) == (
        "泽州县人力资源和社会保障局", 2024, "预算", "部门",
    )  # fmt: skip


def test_a_year_printed_close_behind_a_name_is_no_part_of_it() -> None:
    lines = ["2024年预算收支总表", "部门名称：某县财政局2024年度", "项目\t金额", "基本支出\t1.00"]
    assert read("\n".join(lines).encode(), "x.txt").department == "某县财政局"

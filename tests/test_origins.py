"""Where a file came from stands in a CSV beside it, and in what is cited and exported."""

import csv
import io
from datetime import date
from pathlib import Path

import pytest

from indexer import pipeline
from indexer.report import Report
from search.citation import cite
from search.export import export
from search.index import Index
from search.results import Hit
from search.service import search
from tests.conftest import Silent

TEXT = """河阳县财政局
2024年度部门预算

收支总表
部门：河阳县财政局
单位：万元
项目\t预算数
基本支出\t5.00
"""
URL = "https://www.heyang.example.gov.cn/2024/budget.html"


def _indexed(folder: Path, listing: str, name: str = "sources.csv") -> Report:
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    (folder / name).write_bytes(listing.encode())
    return pipeline.index([folder], str(folder / "index"), workers=0, progress=Silent())


def _hit(folder: Path) -> Hit:
    return search(Index(str(folder / "index")), "基本支出").hits[0]


@pytest.mark.parametrize(
    ("listing", "name", "retrieved"),
    [
        (f"file,url,date\na.txt,{URL},2026-03-05\n", "sources.csv", "2026-03-05"),
        (f"\ufeff文件,标题,网址,日期\na.txt,x,{URL},2026年3月5日\n", "来源.csv", "2026-03-05"),
        (f"date,url,file\n2026/3/5 10:20,{URL},./a.txt\n", "sources.csv", "2026-03-05"),
        (f"file,url\na.txt,{URL}\n", "sources.csv", None),
    ],
)
def test_a_listing_tells_address_and_day(
    tmp_path: Path, listing: str, name: str, retrieved: str | None
) -> None:
    assert not _indexed(tmp_path, listing, name).warnings
    of = _hit(tmp_path).document
    assert (of.url, of.retrieved) == (URL, retrieved)


@pytest.mark.parametrize(
    ("listing", "told"),
    [
        ("file,url,date\na.txt,javascript:alert(1),2026-03-05\n", "不是网址"),
        ("a,b\nc,d\n", "没有 file 和 url"),
        (f"file,url,date\na.txt,{URL},昨天\n", "不是日期"),
    ],
)
def test_what_is_wrong_in_a_listing_is_told(tmp_path: Path, listing: str, told: str) -> None:
    report = _indexed(tmp_path, listing)
    assert any(told in str(warning) for warning in report.warnings)
    assert _hit(tmp_path).document.retrieved is None


def test_a_changed_listing_is_taken_in_without_reading_again(tmp_path: Path) -> None:
    _indexed(tmp_path, f"file,url,date\na.txt,{URL},2026-03-05\n")
    report = _indexed(tmp_path, f"file,url,date\na.txt,{URL}?v=2,2026-04-05\n")
    assert report.documents == 0
    assert (_hit(tmp_path).document.url, _hit(tmp_path).document.retrieved) == (
        f"{URL}?v=2", "2026-04-05",
    )  # fmt: skip


def test_an_origin_stays_over_a_rebuild(tmp_path: Path) -> None:
    _indexed(tmp_path, f"file,url,date\na.txt,{URL},2026-03-05\n")
    path = str(tmp_path / "index")
    pipeline.index([], path, workers=0, progress=Silent(), rebuild=True)
    assert _hit(tmp_path).document.url == URL


def test_a_citation_gives_address_and_day(tmp_path: Path) -> None:
    _indexed(tmp_path, f"file,url,date\na.txt,{URL},2026-03-05\n")
    cited = cite(_hit(tmp_path), None, url="http://localhost/r", accessed=date(2026, 9, 9))
    assert "[EB/OL]" in cited.gbt7714
    assert f"[2026-03-05]. {URL}. " in cited.gbt7714
    assert f"url = {{{URL}}}" in cited.bibtex
    assert "urldate = {2026-03-05}" in cited.bibtex
    assert cited.csl["URL"] == URL
    assert cited.csl["accessed"] == {"date-parts": [[2026, 3, 5]]}
    assert cited.url == "http://localhost/r"


def test_an_export_gives_address_organisation_and_region(tmp_path: Path) -> None:
    _indexed(tmp_path, f"file,url,date\na.txt,{URL},2026-03-05\n")
    for kind in ("rows", "documents"):
        target = io.BytesIO()
        export(Index(str(tmp_path / "index")), kind, "csv", target)
        line = next(csv.DictReader(io.StringIO(target.getvalue().decode("utf-8-sig"))))
        values = set(line.values())
        assert {URL, "2026-03-05", "河阳县财政局", "河阳县", "disclosure"} <= values

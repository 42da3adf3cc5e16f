"""The ledger: each printed number has one fate, and no figure is lost unsaid."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner

from benchmarks import generate
from gongkai.cli import cli
from indexer import pipeline
from indexer.blocks import blocks
from indexer.disclosure import read
from indexer.layout import Places
from indexer.ledger import reckoned
from indexer.numbers import numbers
from indexer.readers.registry import read_layout
from search.fates import FATES, accounted
from search.index import Index
from search.lookup import find
from search.service import search
from search.text import normalise
from tests.conftest import CORPUS, Silent
from web import create_app

SHARED = Path(__file__).parents[2] / "shared"


def _documents() -> Sequence[Path]:
    folders = (CORPUS, SHARED / "pdf", SHARED / "real" / "pdf", SHARED / "real" / "cases")
    found = [path for folder in folders for path in sorted(folder.glob("*.*"))]
    return [path for path in found if path.suffix in {".txt", ".pdf"}]


def _holds(data: bytes, name: str) -> None:
    """Assert that each digit that the source prints is part of exactly one number with a fate."""
    layout = read_layout(data, recognise=False)
    of = read(data, name, recognise=False)
    found = reckoned(of, blocks(layout), Places(layout))
    covered = [0] * len(layout.text)
    for number in found:
        for place in range(number.start, number.end):
            covered[place] += 1
    for line in layout.lines:
        for fragment in line.fragments:
            at = fragment.positions or range(fragment.start, fragment.start + len(fragment.text))
            for char, place in zip(normalise(fragment.text), at, strict=True):
                if char in "0123456789":
                    assert covered[place] == 1, layout.text[max(0, place - 20) : place + 20]
    assert sum(of.ledger.fates.values()) == len(found)
    assert of.ledger.fates.get("unread", 0) == len(of.ledger.unread)
    assert of.ledger.fates.keys() <= FATES.keys()
    for figure in of.ledger.unread:
        at_quote = figure.locator
        assert layout.text[at_quote.char_start : at_quote.char_end] == figure.quote
        assert figure.text in figure.quote
        assert figure.reason


@pytest.mark.parametrize("path", _documents(), ids=lambda path: path.name)
def test_each_digit_has_one_fate(path: Path) -> None:
    _holds(path.read_bytes(), path.name)


def test_each_digit_of_generated_disclosures_has_one_fate(tmp_path: Path) -> None:
    generate.main(["--documents", "20", "--seed", "7", str(tmp_path)])
    for path in sorted(tmp_path.glob("*.txt")):
        _holds(path.read_bytes(), path.name)


@pytest.mark.parametrize(
    ("text", "fates"),
    [
        ("2024年3月5日", ["date", "date", "date"]),
        ("（晋财预〔2024〕117号）", ["document_number", "document_number"]),
        ("联系电话：0351-1234567", ["phone", "phone"]),
        ("行政运行（01项）", ["code"]),
        ("1. 办公费", ["ordinal"]),
        ("第12条", ["ordinal"]),
        ("单价50万元以上的设备", ["condition"]),
        ("2-3次", ["condition", "condition"]),
        ("支出12.50万元", ["unread"]),
        ("支出12.50", ["unread"]),
        ("收入1,234.56", ["unread"]),
        ("地上7层", ["unread"]),
        ("支出1 200元", ["unread", "unread"]),
        ("使用年限50年", ["date"]),
        ("公开05表", ["code"]),
        ("总计 5", ["bare"]),
    ],
)
def test_what_numbers_are_that_no_figure_was_read_from(text: str, fates: list[str]) -> None:
    assert [number.fate for number in numbers(normalise(text))] == fates


def test_the_share_is_never_rounded_up_to_all() -> None:
    assert f"{accounted({'row': 99_999, 'unread': 1})}" == "99.99"
    assert f"{accounted({'date': 3})}" == "100"


@pytest.fixture(scope="module")
def holding(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return the address of an index with one figure that no row and no statement holds."""
    folder = tmp_path_factory.mktemp("unread")
    (folder / "某县文化馆.txt").write_text(
        "某县文化馆2024年单位预算\n\n一、情况说明\n\n本年收入30万元。\n\n主楼高度为29.8米。\n\n"
        "预算支出总表\n部门：某县文化馆\t单位：万元\n科目编码\t科目名称\t合计\n207\t文化支出\t30.00\n",
        encoding="utf-8",
    )
    url = str(folder / "index")
    pipeline.index([folder], url, workers=0, progress=Silent())
    return url


def test_the_command_lists_what_was_not_read(holding: str) -> None:
    text = CliRunner().invoke(cli, ["ledger", "--index", holding]).output
    assert "未读入 29.8（第7行）" in text
    found = json.loads(
        CliRunner().invoke(cli, ["ledger", "--index", holding, "--format", "json"]).output
    )
    (document,) = found["documents"]
    assert document["printed"] == sum(document["fates"].values()) == found["printed"]
    assert [figure["text"] for figure in document["unread"]] == ["29.8"]
    status = json.loads(
        CliRunner().invoke(cli, ["status", "--index", holding, "--format", "json"]).output
    )
    assert (status["ledger"]["unread"], status["ledger"]["accounted"]) == (1, found["accounted"])


def test_an_unread_figure_is_found_at_its_place(holding: str) -> None:
    index = Index(holding)
    for query in ('"29.8米"', "未读入"):
        hit = next(hit for hit in search(index, query).hits if hit.label == "未读入")
        assert "29.8" in hit.quote
        assert find(index.store, hit.id) is not None


def test_pages_show_what_was_not_read(holding: str) -> None:
    client = create_app(Index(holding)).test_client()
    assert "未读入 1" in client.get("/coverage").text
    (info,) = Index(holding).reader.documents()
    page = client.get(f"/documents/{info.id}").text
    assert "未读入的 1 个" in page
    assert "29.8" in page

"""Words of a user's own folder go before the project's; a bad file is one clear line."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from search import vocabulary
from search.errors import VocabularyError

OWN = """
[[units]]
name = '贯'
kind = 'money'
base = '770'
reason = 'tables of the archive'
samples = ['贯']

[[units]]
name = '挂'
kind = 'count'
reason = 'strings of lanterns'
samples = ['挂']

[[columns]]
name = '拨讫列'
pattern = '已拨讫'
quantity = 'money'
principal = true
reason = 'what was paid, in forms of the city'
samples = ['已拨讫']

[[sums]]
name = '通算'
pattern = '(?P<of>.{0,8}?)通算'
scope = 'total'
reason = 'a total in forms of the city'
samples = ['通算', '支出通算']

[[tables]]
name = '灯会表'
pattern = '.*灯会.*表'
form = '灯会表'
short = ['灯会']
reason = 'what the fair of lanterns costs'
samples = ['灯会开支表']
"""
TEXT = """某县文化馆
2024年部门预算公开

第二部分 报表

灯会开支表
单位：贯
项目\t挂数\t已拨讫
纱灯\t1200\t3.00
走马灯\t30\t2.00
通算\t1230\t5.00
"""


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "words"
    folder.mkdir()
    yield folder
    vocabulary.use(None)


def _run(*arguments: str, environment: dict[str, str] | None = None) -> Any:
    return subprocess.run(
        [sys.executable, "-m", "gongkai", *arguments],
        env={**os.environ, **(environment or {})},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("by_environment", [True, False])
def test_a_table_is_read_with_own_words(own: Path, tmp_path: Path, by_environment: bool) -> None:
    (own / "city.toml").write_text(OWN, encoding="utf-8")
    (tmp_path / "x.txt").write_text(TEXT, encoding="utf-8")
    named = () if by_environment else ("--vocabulary", str(own))
    environment = {"GONGKAI_VOCABULARY": str(own)} if by_environment else {}
    url = ("--index", str(tmp_path / "index"))
    done = _run("index", str(tmp_path / "x.txt"), *url, *named, environment=environment)
    assert done.returncode == 0, done.stderr
    found = _run("search", "纱灯", "--format", "json", *url, *named, environment=environment)
    (hit,) = (hit for hit in json.loads(found.stdout)["hits"] if hit["kind"] == "row")
    assert hit["table"]["kind"] == "灯会表"
    cells = {cell["column"][-1]: (cell["unit"], cell["yuan"]) for cell in hit["cells"]}
    assert cells["已拨讫"] == ("贯", "2310.00")
    assert cells["挂数"][1] is None
    more = _run("search", "纱灯>2000元", "--format", "json", *url, *named, environment=environment)
    assert json.loads(more.stdout)["total"]["value"] == 1
    asked = _run("search", "表:灯会 走马灯", *url, *named, environment=environment)
    assert "走马灯" in asked.stdout


def test_an_index_read_with_other_words_is_read_again(own: Path, tmp_path: Path) -> None:
    (own / "city.toml").write_text(OWN, encoding="utf-8")
    (tmp_path / "x.txt").write_text(TEXT, encoding="utf-8")
    url = ("--index", str(tmp_path / "index"))
    assert _run("index", str(tmp_path / "x.txt"), *url).returncode == 0
    refused = _run("index", str(tmp_path / "x.txt"), *url, "--vocabulary", str(own))
    assert refused.returncode == 2
    assert "--rebuild" in refused.stderr
    assert len(refused.stderr.strip().splitlines()) == 1
    assert _run("index", "--rebuild", *url, f"--vocabulary={own}").returncode == 0
    found = _run("search", "纱灯", "--format", "json", *url, "--vocabulary", str(own))
    assert json.loads(found.stdout)["hits"][0]["table"]["kind"] == "灯会表"


def test_each_own_entry_is_known(own: Path) -> None:
    (own / "city.toml").write_text(OWN, encoding="utf-8")
    vocabulary.use(own)
    unit, sum_of = vocabulary.unit("贯"), vocabulary.sum_of("支出通算")
    head, count = vocabulary.head("已拨讫"), vocabulary.head("挂数")
    assert unit is not None
    assert unit.yuan == 770
    assert sum_of is not None
    assert sum_of.of == "支出"
    assert head is not None
    assert head.principal
    assert count is not None
    assert count.quantity == "count"
    assert vocabulary.table("2024年灯会开支表").name == "灯会表"
    assert vocabulary.kinds_called("灯会") == ("灯会表",)
    declared = vocabulary.declared("单位：贯")
    assert declared is not None
    assert declared.unit == unit


def test_own_entries_go_before_ours(own: Path) -> None:
    (own / "own.toml").write_text(
        "[[sums]]\nname='会计合计'\npattern='会计合计'\nscope='subtotal'\nreason='r'\n"
        "samples=['会计合计']\n",
        encoding="utf-8",
    )
    vocabulary.use(own)
    found = vocabulary.sum_of("会计合计")
    assert found is not None
    assert (found.entry, found.scope) == ("会计合计", "subtotal")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[units]]\nname = '两", "不是 UTF-8 的 TOML"),
        ("[[units]]\nname = '两'\nkind = 'money'\nsamples = ['两']", "“两”：reason：没有写"),
        ("[[units]]\nname = '两'\nkind = 'gold'\nreason = 'r'\nsamples = ['两']", "“两”：kind"),
        ("[[unit]]\nname = '两'", "没有这一类"),
        ("[[sums]]\nname='甲'\npattern='甲('\nscope='total'\nreason='r'\nsamples=['甲']", "正则"),
        (
            "[[sums]]\nname='甲'\npattern='甲'\nscope='total'\nreason='r'\nsamples=['乙']",
            "样例“乙”",
        ),
        ("[[sums]]\nname='甲'\npattern='甲'\nscope='total'\nreason='r'\nsamples=[]", "samples"),
        ("[[sums]]\nname='合计'\npattern='甲'\nscope='total'\nreason='r'\nsamples=['甲']", "同名"),
        (
            "[[sums]]\nname='甲'\npattern='.*计'\nscope='total'\nreason='r'\nsamples=['甲计']",
            "词条“甲”认领",
        ),
        (
            "[[sums]]\nname='甲'\npattern='{nothing}'\nscope='total'\nreason='r'\nsamples=['甲']",
            "没有名为“nothing”的片段",
        ),
        (
            "[[sums]]\nname='甲'\npattern='甲'\nscope='total'\nreason='r'\nsamples=['甲']\nbefore='乙'",
            "词条“乙”不存在",
        ),
        (
            "[[sums]]\nname='甲'\npattern='甲'\nscope='total'\nreason='r'\nsamples=['甲']\nnot=['甲']",
            "反例“甲”",
        ),
        ("[[sums]]\nname='甲'\nscope='total'\nreason='r'\nsamples=['甲']", "没有 pattern"),
        ("[sums]\nname='甲'", "要写成 [[sums]]"),
        ("[[tables]]\nname='甲表'\npattern='甲表'\nreason='r'\nsamples=['甲表']", "form"),
    ],
)
def test_a_bad_file_is_named_with_its_entry(own: Path, text: str, said: str) -> None:
    (own / "bad.toml").write_text(text, encoding="utf-8")
    with pytest.raises(VocabularyError) as error:
        vocabulary.use(own)
    assert said in str(error.value)
    assert "bad.toml" in str(error.value) or "词条" in said
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("command", ["index", "search", "serve", "check"])
def test_a_bad_file_ends_a_command(own: Path, command: str) -> None:
    (own / "bad.toml").write_text("[[units]]\nname = '两'", encoding="utf-8")
    rest = ("合计",) if command == "search" else ()
    done = _run(command, *rest, "--vocabulary", str(own))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("gongkai: 词汇文件 bad.toml，词条“两”")
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_folder_that_is_missing(tmp_path: Path) -> None:
    done = _run("check", "--vocabulary", str(tmp_path / "none"))
    assert done.returncode == 2
    assert "词汇文件夹不存在" in done.stderr


def _explain(*arguments: str) -> Any:
    return subprocess.run(
        [sys.executable, "-m", "search.vocabulary", *arguments],
        capture_output=True,
        text=True,
        check=False,
    )


def test_an_explanation_names_the_winner_and_the_others() -> None:
    told = _explain("课时数").stdout
    assert "columns: 量词数 (columns.toml)" in told
    assert "is declared to be before 数" in told
    assert "not columns: 数" in told
    assert "quantity count" in told


def test_an_explanation_needs_a_text() -> None:
    assert _explain().returncode == 2
    assert _explain("--help").returncode == 0
    assert "no entry claims it" in _explain("某某某某").stdout

"""Every engine gives the same answers: one suite of cases, and generated queries side by side."""

import json
import re
from itertools import pairwise
from pathlib import Path

import pytest

from benchmarks.agreement import differing
from benchmarks.generate import generate
from indexer import pipeline
from search.engines.prepared import prepared
from search.engines.registry import ENGINES, preferred
from search.errors import IndexVersionError, SearchError
from search.index import Index, locate
from tests import engine_cases
from tests.conftest import CORPUS, Silent
from tests.engine_cases import Json


def _written(path: Path, engine: str, commits: list[Json]) -> None:
    for commit in commits:
        with ENGINES[engine].writer(path) as writer:
            for document, names in commit.get("add", {}).items():
                writer.add(document, [prepared(engine_cases.record(name)) for name in names])
            for document in commit.get("remove", ()):
                writer.remove(document)


@pytest.mark.parametrize(("index", "case"), list(engine_cases.cases()))
def test_cases(engine: str, index: str, case: Json, tmp_path: Path) -> None:
    _written(tmp_path / "x", engine, engine_cases.commits(index, case))
    reader = ENGINES[engine].reader(tmp_path / "x")
    query = engine_cases.query(case)
    found = reader.search(query, offset=case.get("offset", 0), limit=case.get("limit", 20))
    ids = [hit.id for hit in found.hits]
    ordered = sorted if case.get("any order") else list
    assert ordered(ids) == case["hits"]
    assert (found.total, found.shown) == (case["total"], case.get("shown", case["total"]))
    for name, counts in case.get("facets", {}).items():
        assert {value.value: value.count for value in found.facets[name]} == counts
    for hit in found.hits:
        assert [r.id for r in hit.repeats] == case.get("repeated", {}).get(hit.id, []) or (
            "repeated" not in case
        )
    if "offset" not in case and "limit" not in case:
        assert len(reader.records(query)) == case["total"]
        assert sorted(hit.id for hit in reader.hits(query)) == sorted(reader.records(query))
    if "documents" in case:
        assert [document.id for document in reader.documents()] == case["documents"]
        assert reader.terms() == case["terms"] if "terms" in case else True
    reader.close()


def test_what_a_killed_commit_left_is_not_in_the_way(engine: str, tmp_path: Path) -> None:
    """Its new files stay, what names the last commit is as it was before."""
    _written(tmp_path, engine, [{"add": {"a": ["a", "a1"], "b": ["b", "b1"]}}])
    before = {path: path.read_bytes() for path in tmp_path.rglob("[!.]*") if path.is_file()}
    _written(tmp_path, engine, [{"remove": ["a"]}])
    for path, data in before.items():
        path.write_bytes(data)
    _written(tmp_path, engine, [{"remove": ["a"]}])
    reader = ENGINES[engine].reader(tmp_path)
    assert [document.id for document in reader.documents()] == ["b"]


def test_generated_queries_have_the_same_answers(tmp_path: Path) -> None:
    (tmp_path / "sources").mkdir()
    for name, text in generate(seed=1, count=12):
        (tmp_path / "sources" / f"{name}.txt").write_text(text, encoding="utf-8")
    readers = []
    for name in (name for name, engine in ENGINES.items() if engine.installed):
        url = f"{name}:{tmp_path / name}"
        sources = [CORPUS, tmp_path / "sources"]
        pipeline.index(sources, url, workers=0, progress=Silent())
        readers.append(Index(url).reader)
    if len(readers) == 1:
        pytest.skip("only one engine is installed")
    for one, other in pairwise(readers):
        assert list(differing(one, other, seed=1, count=400)) == []


def test_an_engine_is_one_file_and_one_line_of_the_registry() -> None:
    root = Path(__file__).parent.parent
    names = re.compile("|".join(ENGINES))
    allowed = {
        "search/engines/registry.py",
        "search/engines/whoosh_lists.py",  # a part of that engine
        "search/writer.py",  # Whoosh's lock of a file, on every system
    }
    for package in ("search", "indexer", "web", "gongkai"):
        for path in (root / package).rglob("*.py"):
            name = path.relative_to(root).as_posix()
            if name not in allowed and path.stem not in ENGINES:
                assert not names.search(path.read_text("utf-8")), name


def test_an_engine_may_be_forced_and_stays(engine: str, tmp_path: Path) -> None:
    assert locate(f"{engine}:{tmp_path}") == (engine, tmp_path)
    assert locate(str(tmp_path))[0] == preferred()


def test_an_unknown_engine_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SearchError, match="未知的索引引擎 lucene：可用"):
        locate(f"lucene:{tmp_path}")


def test_another_version_is_told(index_by: Index, tmp_path: Path) -> None:
    stamp = index_by.stamp.model_dump()
    for change in ({"schema_version": 0}, {"dictionary": "jieba-0"}, {"engine": "lucene"}):
        (tmp_path / "gongkai.json").write_text(json.dumps({**stamp, **change}), encoding="utf-8")
        with pytest.raises(IndexVersionError, match=r"由其他版本写入.*--rebuild"):
            Index(str(tmp_path))

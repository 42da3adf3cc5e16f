"""The store: damage is told or mended, and nothing is lost silently."""

import gc
import gzip
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest

from indexer.disclosure import read_file
from search.errors import IndexWritingError, SearchError
from search.files import replacing
from search.model import Disclosure
from search.store import Store, packed
from tests.conftest import source

DATA = source("泽州").read_bytes()


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store(tmp_path)
    _put(store, *read_file(source("泽州")))
    return store


def _put(store: Store, disclosure: Disclosure, data: bytes | None) -> int:
    source = None if data is None else packed(data)
    return store.put(disclosure.id, packed(disclosure), disclosure.sha256, source)


def _files(store: Store) -> tuple[Path, Path]:
    [document] = (store.path / "documents").iterdir()
    [kept] = (store.path / "sources").iterdir()
    return document, kept


DAMAGES: Final[dict[str, Callable[[bytes], bytes]]] = {
    "empty": lambda data: b"",
    "cut": lambda data: data[: len(data) // 2],
    "no gzip": lambda data: b"x" * 100,
    "bad block": lambda data: data[:10] + b"\xff" * 50 + data[60:],
    "no disclosure": lambda data: gzip.compress(b"{}"),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_damage_is_told_and_putting_again_mends_it(store: Store, damage: str) -> None:
    for path in _files(store):
        path.write_bytes(DAMAGES[damage](path.read_bytes()))
    [document] = store.documents()
    disclosure, data = read_file(source("泽州"))
    with pytest.raises(SearchError, match=f"已损坏：{document}"):
        store.disclosure(document)
    if damage != "no disclosure":
        with pytest.raises(SearchError, match=f"已损坏：{disclosure.sha256}"):
            store.source(disclosure.sha256)
    _put(store, disclosure, data)
    assert store.disclosure(document) == disclosure
    assert store.source(disclosure.sha256) == DATA


def test_the_seal_of_what_is_put_is_that_of_the_files(store: Store) -> None:
    disclosure, data = read_file(source("泽州"))
    seal = store.seal(disclosure.id, disclosure.sha256)
    assert seal
    assert _put(store, disclosure, data) == seal
    assert _put(store, disclosure, None) == seal
    assert _put(store, disclosure.model_copy(update={"vanished": True}), None) not in {0, seal}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_stored_source_that_is_damaged_gets_no_seal(store: Store, damage: str) -> None:
    """Else it would count as whole, and never be taken anew."""
    disclosure, data = read_file(source("泽州"))
    _, kept = _files(store)
    kept.write_bytes(DAMAGES[damage](kept.read_bytes()))
    assert _put(store, disclosure, None) == 0
    kept.unlink()
    assert _put(store, disclosure, None) == 0
    assert _put(store, disclosure, data) == store.seal(disclosure.id, disclosure.sha256)


def test_what_is_put_again_unchanged_is_not_written(store: Store) -> None:
    before = [path.stat().st_ino for path in _files(store)]
    _put(store, *read_file(source("泽州")))
    assert [path.stat().st_ino for path in _files(store)] == before


def test_reading_leaves_the_search_for_cycles_as_it_was(store: Store) -> None:
    (document,) = store.documents()
    for on in (False, True):
        (gc.enable if on else gc.disable)()
        assert Store(store.path).disclosure(document) is not None
        assert gc.isenabled() is on


def test_what_is_not_stored_is_none(store: Store, tmp_path: Path) -> None:
    assert store.disclosure("nothing") is None
    assert store.source("nothing") is None
    assert Store(tmp_path / "nowhere").documents() == ()
    (tmp_path / "documents" / ".new-1.json.gz").write_bytes(b"")
    assert len(store.documents()) == 1


def test_an_unwritable_store_is_told(tmp_path: Path) -> None:
    (tmp_path / "documents").write_bytes(b"")
    with pytest.raises(IndexWritingError, match="无法写入"):
        Store(tmp_path).put("a", b"", "b", b"")


def test_a_file_is_replaced_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(b"old")
    path.chmod(0o640)

    def fail() -> None:
        with replacing(path) as file:
            file.write(b"half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    assert (path.read_bytes(), list(tmp_path.iterdir())) == (b"old", [path])
    with replacing(path) as file:
        file.write(b"new")
    assert (path.read_bytes(), list(tmp_path.iterdir())) == (b"new", [path])
    assert path.stat().st_mode & 0o777 == 0o640


def test_an_id_too_long_for_a_file_is_unknown_and_not_damaged(tmp_path: Path) -> None:
    """As a visitor may write it into an address."""
    assert Store(tmp_path).disclosure("a" * 5000) is None

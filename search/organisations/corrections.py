"""Corrections 更正: what a person says of organisations, in a file that stays with the index.

Rules cannot know every rename, nor tell two offices of one name. `organisations.toml` in the
index's folder puts together and takes apart by hand:

    [[organisation]]
    name = "河阳县生态环境局"            # the organisation that is meant
    names = ["河阳县环保监察局"]          # departments, as documents print them, that are it too
    documents = ["0123456789abcdef"]    # documents that are its, whatever they print
    region = ["江苏省", "河阳县"]        # its place, where the name does not say it
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from search.analysis import clean
from search.errors import SearchError
from search.files import refusal
from search.organisations.called import called, id_of, key_of
from search.organisations.model import Organisation
from search.organisations.organisation import organisation_of

FILE: Final = "organisations.toml"
_KNOWN: Final = frozenset({"name", "names", "documents", "region", "kind"})


@dataclass(frozen=True, slots=True)
class Corrections:
    """Which organisation departments and documents are, where a person says so."""

    names: Mapping[str, Organisation] = field(default_factory=dict)
    documents: Mapping[str, Organisation] = field(default_factory=dict)

    def organisation(
        self, document: str, department: str, told: Organisation | None
    ) -> Organisation | None:
        """Return the organisation of a document, `told` where nothing is corrected."""
        corrected = self.documents.get(document) or self.names.get(clean(department))
        return corrected or told


NONE: Final = Corrections()


def read_corrections(folder: Path) -> Corrections:
    """Return the corrections of an index, none without the file; raise `SearchError` for faults."""
    path = folder / FILE
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return NONE
    except (OSError, UnicodeError) as error:
        reason = refusal(error) if isinstance(error, OSError) else "不是 UTF-8 文本"
        raise SearchError(f"无法读取 {path}：{reason}") from error
    try:
        return _read(tomllib.loads(text))
    except (tomllib.TOMLDecodeError, ValueError) as error:
        raise SearchError(f"{path} 有误：{error}") from error


def changed(folder: Path) -> int:
    """Return when the corrections of an index were last changed, 0 where there are none."""
    try:
        return (folder / FILE).stat().st_mtime_ns
    except OSError:
        return 0


def _read(data: Mapping[str, Any]) -> Corrections:
    names: dict[str, Organisation] = {}
    documents: dict[str, Organisation] = {}
    for entry in data.get("organisation", ()):
        if unknown := sorted(entry.keys() - _KNOWN):
            raise ValueError(f"没有“{'、'.join(unknown)}”这一项")
        organisation = _organisation(entry)
        for name in (organisation.name, *_texts(entry, "names")):
            if names.setdefault(clean(name), organisation) != organisation:
                raise ValueError(f"“{name}”归入了两个机构")
        for document in _texts(entry, "documents"):
            if documents.setdefault(document, organisation) != organisation:
                raise ValueError(f"文件 {document} 归入了两个机构")
    return Corrections(names, documents)


def _organisation(entry: Mapping[str, Any]) -> Organisation:
    name = entry.get("name")
    if not isinstance(name, str) or not name.strip():
        raise ValueError("每个 [[organisation]] 要有 name")
    told = organisation_of(name)
    meant = called(name)
    region = _texts(entry, "region") or (told.region if told else ())
    return Organisation(
        id=id_of(key_of(region, meant.body or clean(name))),
        name=name.strip(),
        region=region,
        kind=str(entry.get("kind", told.kind if told else "other")),
    )


def _texts(entry: Mapping[str, Any], key: str) -> tuple[str, ...]:
    values = entry.get(key, [])
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise ValueError(f"{key} 要写成一列文字")
    return tuple(values)

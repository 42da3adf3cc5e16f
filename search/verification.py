"""Verification: whether a citation still stands in the source that is stored for it."""

from hashlib import sha256
from typing import Literal

from search.analysis import clean
from search.citation import cited, figure_text, place, standing
from search.model import Frozen
from search.results import Hit, HitCell
from search.text import normalise


class Finding(Frozen):
    """One thing that was looked at, and whether it stands."""

    what: Literal["hash", "place", "text", "value", "quote"]
    stands: bool
    message: str


class Verification(Frozen):
    """What was found of a citation; it stands if all of it does."""

    id: str
    cell: int | None
    stands: bool
    findings: tuple[Finding, ...]


def verify(
    hit: Hit, cell: int | None, *, data: bytes | None, read: Hit | None, text: str, quote: str = ""
) -> Verification:
    """Return whether a stored hit stands in its source.

    `data` are the stored bytes, `text` what is read of them now, `read` the record that has the
    hit's id in what is read now. `quote` is what somebody quotes, to be compared as well.
    """
    findings = [
        _hash(hit, data), _place(hit, read, cell), _text(hit, text), _value(hit, read, cell)
    ]  # fmt: skip
    if quote:
        findings.append(_quote(hit, quote))
    stands = all(finding.stands for finding in findings)
    return Verification(id=hit.id, cell=cell, stands=stands, findings=tuple(findings))


def _hash(hit: Hit, data: bytes | None) -> Finding:
    stored = hit.document.sha256
    if data is None:
        return Finding(what="hash", stands=False, message="没有存储来源文件")
    found = sha256(data).hexdigest()
    said = "与索引时相同" if found == stored else f"是 {found}，索引时是 {stored}"
    return Finding(what="hash", stands=found == stored, message=f"来源文件的 SHA-256 {said}")


def _place(hit: Hit, read: Hit | None, cell: int | None) -> Finding:
    at = standing(hit, _cited(hit, cell))
    stands = (
        read is not None
        and read.locator == hit.locator
        and standing(read, _cited(read, cell)) == at
    )
    said = "仍在此处" if stands else "重新读取后不在此处"
    return Finding(what="place", stands=stands, message=f"{place(at)}：{said}")


def _text(hit: Hit, text: str) -> Finding:
    printed = text[hit.locator.char_start : hit.locator.char_end]
    stands = printed == hit.quote
    said = "一字不差" if stands else f"来源中是“{printed}”"
    return Finding(what="text", stands=stands, message=f"原文：{said}")


def _value(hit: Hit, read: Hit | None, cell: int | None) -> Finding:
    stored, now = _cited(hit, cell), None if read is None else _cited(read, cell)
    if stored is None:
        return Finding(what="value", stands=True, message="没有数字")
    stands = now is not None and now == stored
    said = "相同" if stands else f"现在读作 {figure_text(now) if now else '无'}"
    return Finding(what="value", stands=stands, message=f"数字 {figure_text(stored)}：{said}")


def _cited(hit: Hit, cell: int | None) -> HitCell | None:
    if cell is None:
        return cited(hit)
    return hit.cells[cell] if cell < len(hit.cells) else None


def _quote(hit: Hit, quote: str) -> Finding:
    stands = clean(normalise(quote)) in clean(normalise(hit.quote))
    said = "与原文相符" if stands else "原文中没有"
    return Finding(what="quote", stands=stands, message=f"所引“{quote}”：{said}")

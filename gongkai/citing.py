"""The commands `cite`, `verify` and `explain`."""

import json
from datetime import date
from typing import Final

import click

from gongkai.options import FORMAT, INDEX
from gongkai.terminal import escaped, printable
from search.citation import cite
from search.errors import SearchError
from search.index import Index
from search.lookup import find, within
from search.results import Hit, Understood
from search.service import understand
from search.verification import Verification
from search.verification import verify as verified

STYLES: Final = ("plain", "gbt7714", "bibtex", "csl", "markdown")
_CELL: Final = click.option("--cell", type=click.IntRange(0), help="行中第几格（从 0 起）")


@click.command(name="cite")
@click.argument("record")
@_CELL
@click.option("--style", type=click.Choice(STYLES), default="plain", help="引文格式")
@INDEX
@FORMAT
def cite_command(record: str, cell: int | None, style: str, url: str | None, form: str) -> None:
    """给出一条记录或其中一格的引文。"""
    hit = _found(Index(url), record)
    try:
        citation = cite(hit, cell, accessed=date.today())
    except IndexError:
        raise _no_cell(hit, record) from None
    if form == "json":
        click.echo(escaped(citation.model_dump_json(indent=2)))
    elif style == "csl":
        click.echo(escaped(json.dumps([citation.csl], ensure_ascii=False, indent=2)))
    else:
        for part in getattr(citation, style).rstrip().split("\n"):
            click.echo(printable(part))


@click.command(name="verify")
@click.argument("record")
@_CELL
@click.option("--quote", default="", help="别人引用的文字，与原文比对")
@INDEX
@FORMAT
def verify_command(record: str, cell: int | None, quote: str, url: str | None, form: str) -> None:
    """重新读取存储的来源文件，核实引文是否仍在原处。

    引文成立时退出码为 0，否则为 1。
    """
    opened = Index(url)
    hit = _found(opened, record)
    if cell is not None and cell >= len(hit.cells):
        raise _no_cell(hit, record)
    outcome = _verified(opened, hit, cell, quote)
    if form == "json":
        click.echo(escaped(outcome.model_dump_json(indent=2)))
    else:
        for finding in outcome.findings:
            mark = "✓" if finding.stands else "✗"
            click.echo(printable(" ".join(f"{mark} {finding.message}".split())))
        click.echo("引文成立" if outcome.stands else "引文不成立")
    if not outcome.stands:
        raise SystemExit(1)


@click.command(name="explain")
@click.argument("query", nargs=-1, required=True)
@INDEX
@FORMAT
def explain_command(query: tuple[str, ...], url: str | None, form: str) -> None:
    """说明一个查询是怎样理解的，不作检索。"""
    text = " ".join(query)
    found = understand(Index(url).reader, text)
    if form == "json":
        understood = Understood(text=text, pieces=found.pieces, warnings=found.warnings)
        click.echo(escaped(understood.model_dump_json(by_alias=True, indent=2)))
        return
    for piece in found.pieces:
        click.echo(printable(f"{piece.text.strip()}  → {piece.label}"))
    for warning in found.warnings:
        click.echo(printable(f"注意：{warning.message}"))


def _found(index: Index, record: str) -> Hit:
    hit = find(index.store, record)
    if hit is None:
        raise SearchError(f"索引中没有编号为 {record} 的记录")
    return hit


def _no_cell(hit: Hit, record: str) -> SearchError:
    return SearchError(f"记录 {record} 只有 {len(hit.cells)} 格，从 0 数起")


def _verified(index: Index, hit: Hit, cell: int | None, quote: str) -> Verification:
    # Only verification reads files.
    from indexer.disclosure import read  # noqa: PLC0415
    from indexer.errors import ReadingError  # noqa: PLC0415
    from indexer.readers.registry import read_layout  # noqa: PLC0415

    now, text = None, ""
    try:
        data = index.store.source(hit.document.sha256)
    except SearchError:
        data = b""  # damaged: it has another hash
    if data:
        try:
            text = read_layout(data).text
            now = within(read(data, hit.document.source), hit.id)
        except ReadingError as error:
            raise SearchError(f"来源文件无法重新读取：{error}") from error
    return verified(hit, cell, data=data, read=now, text=text, quote=quote)

"""The command `ledger`: what became of each number that the documents print."""

import sys
from collections.abc import Iterator

import click

from gongkai.options import FORMAT, INDEX
from gongkai.terminal import escaped, printable
from search.citation import place
from search.fates import FATES
from search.index import Index
from search.ledgers import DocumentLedger, Ledgers, ledgers


@click.command(name="ledger")
@INDEX
@FORMAT
def ledger_command(url: str | None, form: str) -> None:
    """说明各文件印出的每个数字读成了什么，列出没有读入的，每个都带位置和原因。"""
    found = ledgers(Index(url))
    if form == "json":
        click.echo(escaped(found.model_dump_json(indent=2)))
    else:
        for line in _lines(found):
            click.echo(printable(line))
    sys.stdout.flush()


def _lines(found: Ledgers) -> Iterator[str]:
    for document in found.documents:
        yield from _document(document)
    yield (
        f"共 {len(found.documents)} 份文件：印有 {found.printed} 个数，"
        f"数字 {found.figures} 个，未读入 {found.unread} 个，已读入 {found.accounted}%"
    )


def _document(of: DocumentLedger) -> Iterator[str]:
    title = f"{of.document.department} {of.document.year or '年度不明'} {of.document.report or ''}"
    yield f"{title}（{of.document.source}）：印有 {of.printed} 个数，已读入 {of.accounted}%"
    counts = (f"{name} {of.fates[fate]}" for fate, name in FATES.items() if fate in of.fates)
    yield f"  {'，'.join(counts)}"
    for figure in of.unread:
        quote = " ".join(figure.quote.split())
        yield f"  未读入 {figure.text}（{place(figure.figure)}）：{figure.reason}：{quote}"

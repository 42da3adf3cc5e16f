"""Prints reports, results and status as text for a terminal."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final, TextIO

from rich.console import Console
from rich.table import Table
from rich.text import Text

from gongkai.terminal import escaped, printable
from indexer.readers.registry import SUFFIXES
from indexer.report import Report
from search.amounts import with_unit
from search.citation import place
from search.fates import Fate, accounted, figures
from search.fields import RECORD_TYPES
from search.hits import DocumentInfo
from search.index import Index
from search.inspection import Inspection
from search.model import CellState, Locator
from search.results import Hit, HitCell, Result

SHOWN_KINDS: Final = 5
"""So many kinds of skipped files are told."""
MIN_WIDTH: Final = 100
"""Width where the output is no terminal."""


def _console(stream: TextIO) -> Console:
    width = None if stream.isatty() else MIN_WIDTH
    return Console(
        file=stream, width=width, markup=False, emoji=False, highlight=False, soft_wrap=True
    )


def report(of: Report, stream: TextIO) -> None:
    """Print what a run of indexing did, with each warning and each failure."""
    console = _console(stream)
    counts = {
        "文件": of.documents,
        "行": of.rows,
        "段落": of.passages,
        "陈述": of.statements,
        "项目": of.projects,
        "提醒": of.warned,
        "失败": len(of.failures),
    }
    table = Table()
    for name in counts:
        table.add_column(name, justify="right")
    table.add_row(*map(str, counts.values()))
    console.print(table)
    for line in _files(of):
        console.print(line)
    if not any((of.documents, of.failures, of.unchanged, of.vanished, of.rebuilt, of.pruned)):
        console.print(f"没有找到可读的文件（{' '.join(sorted(SUFFIXES))}）")
    if skipped := +of.skipped:
        often = sorted(skipped, key=lambda kind: (-skipped[kind], kind))[:SHOWN_KINDS]
        kinds = "、".join(f"{kind} {skipped[kind]}" for kind in often)
        more = " 等" if len(skipped) > SHOWN_KINDS else ""
        console.print(
            printable(f"文件夹中跳过 {skipped.total()} 个（{kinds}{more}）；要读请逐个写出")
        )
    for source, warning in of.warnings:
        console.print(printable(f"提醒 {source}：{warning}"))
    if of.warned > len(of.warnings):
        console.print(f"另有 {of.warned - len(of.warnings)} 条提醒，见 gongkai status")
    for failure in of.failures:
        console.print(printable(f"失败 {failure.source}：{failure.reason}"))


def _files(of: Report) -> Iterator[str]:
    """Yield what became of the files that were not read."""
    if of.rebuilt:
        yield f"由存储的公开文件重建 {of.rebuilt} 份"
    if of.unchanged:
        yield f"{of.unchanged} 个文件没有变化，不必重读"
    if of.pruned:
        yield f"{of.pruned} 个来源文件已不在，移出索引"
    elif of.vanished:
        yield f"{of.vanished} 个来源文件已不在：所读内容仍保留（--prune 移出索引）"


def result(of: Result, stream: TextIO) -> None:
    """Print a page of hits: what was understood, then each hit with figure and place."""
    console = _console(stream)
    pieces = "  ".join(f"[{piece.label}]" for piece in of.query.pieces)
    if pieces:
        console.print(printable(f"理解为：{pieces}"))
    for warning in of.query.warnings:
        console.print(printable(f"注意：{warning.message}"))
    pages = f"第 {of.page}/{max(1, of.pages)} 页"
    console.print(f"共 {of.total.value} 条，{pages}，{of.took_ms} 毫秒\n")
    for reading in of.readings:
        what = "列名" if reading.kind == "column" else "部门名称的一部分"
        console.print(printable(f"“{reading.word}”也是{what}：{reading.query}"))
    for line in _nothing(of):
        console.print(printable(line))
    for number, hit in enumerate(of.hits, 1):
        console.print(_hit(number, hit))


def _nothing(of: Result) -> Iterator[str]:
    """Yield why there is no hit, what the index holds instead, and the queries that have some."""
    for number in of.absent:
        yield f"索引中没有“{of.query.pieces[number].value}”"
    for meant in of.did_you_mean:
        yield f"是不是要找：{meant.query}（{meant.total} 条）"
    for state in of.evidence:
        where = f"{state.department} {state.year} {state.report} {state.table}"
        yield f"{where}“{state.item}”：{state.told}"
    for removal in of.removals:
        label = of.query.pieces[removal.piece].label
        yield f"去掉“{label}”有 {removal.total} 条：{removal.query}"


def _hit(number: int, hit: Hit) -> Text:
    text = Text()
    path = printable(" › ".join((*hit.path, hit.label)))
    text.append(f"{number}. {RECORD_TYPES[hit.kind]}  ", style="dim")
    text.append(path, style="bold")
    if hit.code:
        text.append(printable(f"  {hit.code}"), style="dim")
    text.append("\n")
    if hit.kind == "passage":
        quote = " ".join(hit.quote.split())
        text.append(f"   {printable(quote)}\n")
    for line in _figures(hit):
        text.append(f"   {printable(line)}\n")
    if hit.excerpt is not None:
        said = " ".join(hit.excerpt.quote.split())
        at = place(hit.excerpt.locator)
        text.append(f"   {printable(hit.excerpt.name)}（{at}）：{printable(said)}\n")
    document = hit.document
    where = hit.table.title if hit.table else " › ".join(hit.section)
    cited = (
        f"   {document.department}  {document.year}  {document.report}  {where}"
        f"  {_at(hit.locator, document.source)}  {hit.id}"
    )
    text.append(f"{printable(cited)}\n", style="dim")
    if hit.repeated:
        text.append(f"   另有 {hit.repeated} 处相同的说明\n", style="dim")
    return text


def _at(locator: Locator, source: str) -> str:
    """Return a place as its reader finds it: a PDF has pages, and no lines of its own."""
    return (
        f"{source}:{locator.line_start}" if locator.page is None else f"{source} {place(locator)}"
    )


def _figures(hit: Hit) -> Iterator[str]:
    if hit.kind == "passage":
        return
    shown = [cell for cell in hit.cells if cell.value is not None] or [
        cell for cell in hit.cells if cell.principal and cell.state is CellState.VALUE
    ]
    if not shown and hit.yuan is not None:
        yield f"{hit.yuan:,f} 元"
    if shown:
        yield "  ".join(map(_figure, shown))


def _figure(cell: HitCell) -> str:
    mark = "»" if cell.matched else ""
    column = cell.column[-1] if cell.column else ""
    return f"{column} {mark}{with_unit(cell.text, cell.unit)}"


def status(of: Index, stream: TextIO) -> None:
    """Print what an index holds and what it was written with."""
    console = _console(stream)
    stamp = f"引擎 {of.stamp.engine}，词典 {of.stamp.dictionary}"
    console.print(printable(f"索引 {of.path}（{stamp}）"))
    documents = of.reader.documents()
    table = Table()
    for name in ("部门", "年度", "类型", "级别"):
        table.add_column(name)
    for name in ("行", "段落", "项目", "提醒", "未读入"):
        table.add_column(name, justify="right")
    for document in documents:
        table.add_row(
            printable(document.department),
            str(document.year or ""),
            document.report or "",
            document.level or "",
            *map(str, (document.rows, document.passages, document.projects)),
            str(len(document.warnings)),
            str(document.fates.get("unread", 0)),
        )
    console.print(table)
    for document in documents:
        for warning in document.warnings:
            console.print(printable(f"提醒 {document.sources[0]}：{warning}"))
        if document.vanished:
            console.print(printable(f"来源文件已不在 {document.sources[0]}：所读内容仍保留"))
    for failure in of.failures():
        console.print(printable(f"失败 {failure.path}：{failure.reason}"))


def damage(of: Inspection, form: str, stream: TextIO) -> None:
    """Print what of an index is damaged, and what mends it; `form` is text or json."""
    console = _console(stream)
    if form == "json":
        console.print(escaped(of.model_dump_json(indent=2)))
        return
    for found in of.damaged:
        place = f"（{found.place}）" if found.place else ""
        console.print(printable(f"损坏 {found.file}{place}"))
    for remedy in dict.fromkeys(found.remedy for found in of.damaged):
        files = {found.file for found in of.damaged if found.remedy == remedy}
        console.print(f"以上 {len(files)} 个文件：{remedy}")


def _ledger(documents: Sequence[DocumentInfo]) -> dict[str, str | int]:
    """Return how many figures the documents print, and what share of them was read."""
    fates: Counter[Fate] = Counter()
    for document in documents:
        fates.update(document.fates)
    return {
        "printed": fates.total(),
        "figures": figures(fates),
        "unread": fates["unread"],
        "accounted": f"{accounted(fates):f}",
    }


def status_json(of: Index, found: Inspection | None = None) -> str:
    """Return the status as JSON: the stamp, the counts, the documents, the inspection if any."""
    documents = [document.model_dump(mode="json") for document in of.reader.documents()]
    data = {
        "index": str(of.path),
        **of.stamp.model_dump(mode="json", exclude={"engine_folder", "documents_folder"}),
        "commit": of.commit,
        "documents": len(documents),
        "rows": of.reader.count("row"),
        "passages": of.reader.count("passage"),
        "statements": of.reader.count("statement"),
        "projects": of.reader.count("project"),
        "ledger": _ledger(of.reader.documents()),
        "sources": documents,
        "failures": [
            {"source": printable(str(failure.path)), "reason": failure.reason}
            for failure in of.failures()
        ],
    }
    if found is not None:
        data |= found.model_dump(mode="json")
    return json.dumps(data, ensure_ascii=False, indent=2)

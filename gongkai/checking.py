"""The command `check`: what contradicts itself, with citations."""

import sys
from collections.abc import Iterable, Iterator
from typing import Final

import click

from gongkai.options import FORMAT, INDEX, VOCABULARY
from gongkai.terminal import escaped, printable
from search.compare.model import ABSENCES
from search.index import Index
from search.review.model import DocumentChecks, Executed, Finding, FoundTerm, Quoted, Review
from search.review.service import review

PLACES: Final = 4
"""So many places of a contradiction are cited in the text; the JSON has all."""


@click.command(name="check")
@INDEX
@VOCABULARY
@FORMAT
@click.option("--strict", is_flag=True, help="有矛盾时退出码为 1")
def check_command(url: str | None, form: str, strict: bool) -> None:
    """列出各文件中互相矛盾的数字，每处都带出处。

    只报告，不改动任何数字；退出码为 0，加 --strict 时有矛盾则为 1。
    """
    found = review(Index(url))
    if form == "json":
        click.echo(escaped(found.model_dump_json(indent=2)))
    else:
        for line in _lines(found):
            click.echo(printable(line))
    sys.stdout.flush()
    if strict and found.fails:
        raise SystemExit(1)


def _lines(found: Review) -> Iterator[str]:
    for document in found.documents:
        yield from _document(document)
    differing = [of for of in found.quoted if not of.agrees]
    if differing:
        yield "下一年文件所引的数与上年文件不同（也可能是口径变化或年中调整）"
        yield from (line for of in differing for line in _quoted(of))
        yield ""
    if found.executed:
        yield "同一部门同一年度的预算与决算（供参考，不是差错）"
        yield from map(_executed, found.executed)
        yield ""
    agreed = sum(of.agrees for of in found.quoted)
    across = f"；跨年引用相符 {agreed} 处、不同 {len(differing)} 处" if found.quoted else ""
    yield (
        f"共核对 {found.checked} 份文件：相符的关系 {found.agreed} 个，"
        f"矛盾 {found.contradicted} 处，在 {len(found.documents)} 份文件中{across}"
    )


def _document(of: DocumentChecks) -> Iterator[str]:
    document = of.document
    title = f"{document.department} {document.year or '年度不明'} {document.report or ''}"
    yield f"{title}（{document.source}）：矛盾 {len(of.findings)} 处，相符的关系 {of.agreed} 个"
    for number, finding in enumerate(of.findings, 1):
        yield f"  {number}. {finding.message}"
        yield from (f"     {line}" for line in _finding(finding))
    yield ""


def _finding(of: Finding) -> Iterator[str]:
    known = of.cause != "unknown"  # else it cannot be told which side is wrong
    yield from _cited("疑" if known else "处", of.suspects)
    yield from _cited("证" if known else "处", of.witnesses)
    for equation in of.equations[:PLACES]:
        yield f"式：{equation.equation}（{equation.name}）"
    if len(of.equations) > PLACES:
        yield f"式：另有 {len(of.equations) - PLACES} 个关系"


def _cited(mark: str, terms: Iterable[FoundTerm]) -> Iterator[str]:
    cited = list(dict.fromkeys(term.citation for term in terms))
    yield from (f"{mark}：{citation}" for citation in cited[:PLACES])
    if len(cited) > PLACES:
        yield f"{mark}：另有 {len(cited) - PLACES} 处"


def _quoted(of: Quoted) -> Iterator[str]:
    yield f"  {of.subject}（{of.year} 年）：所引 {of.quoted.text}，当年印作 {of.printed.text}"
    yield f"     引：{of.quoted.citation}"
    yield f"     原：{of.printed.citation}"


def _executed(of: Executed) -> str:
    texts = [side.text if side else "" for side in (of.budget, of.final)]
    missing = [ABSENCES[absence][0] for absence in of.absences]
    budget, final = (text or (missing.pop(0) if missing else "不能确定") for text in texts)
    change = "" if of.difference is None else f"，相差 {of.difference:f}"
    what = f"{of.department} {of.year} {of.table} {of.item}"
    return f"  {what}：预算 {budget}，决算 {final}{change} {of.unit or ''}".rstrip()

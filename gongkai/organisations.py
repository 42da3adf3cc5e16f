"""The command `organisations`: whose documents an index holds, under which names."""

import sys
from collections.abc import Iterator

import click

from gongkai.options import FORMAT, INDEX
from gongkai.terminal import escaped, printable
from search.index import Index
from search.organisations.corrections import FILE
from search.organisations.listing import ListedOrganisation, OrganisationDocument, organisations


@click.command(name="organisations")
@click.argument("name", required=False, default="")
@INDEX
@FORMAT
@click.option("--region", default="", help="只列这个省、市或县（区）的")
def organisations_command(name: str, url: str | None, form: str, region: str) -> None:
    """列出机构：各有哪些名称、哪些公开文件；NAME 可用简称。

    认错的机构在索引文件夹的 organisations.toml 里更正，立即生效，重建索引也不丢。
    """
    index = Index(url)
    found = organisations(index.reader, name=name, region=region)
    if form == "json":
        click.echo(escaped(found.model_dump_json(indent=2)))
    else:
        for one in found.organisations:
            for line in _lines(one):
                click.echo(printable(line))
        click.echo(f"共 {len(found.organisations)} 个机构；更正写在 {index.path / FILE}")
    sys.stdout.flush()


def _lines(one: ListedOrganisation) -> Iterator[str]:
    region = " ".join(one.region) or "地区不明"
    yield f"{one.name}（{one.kind_name}，{region}，{one.id}）"
    others = [name for name in one.names if name != one.name]
    if others:
        yield f"  又作：{'、'.join(others)}"
    yield from map(_document, one.documents)


def _document(of: OrganisationDocument) -> str:
    kind = f"{of.level or ''}{of.report or ''}" or "种类不明"
    twin = "" if of.current == of.id else f"（同一份公开，以 {of.current} 为准）"
    return f"  {of.year or '年度不明'} {kind}  {of.id}  {of.source}{twin}"

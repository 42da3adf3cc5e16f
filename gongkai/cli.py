"""The command `gongkai`: index, search, check, ledger, cite, verify, organisations, status …

Exit codes: 0; 1 finished, but some source failed; 2 wrong use, or an index or output that cannot
be read or written; 130 interrupted. Errors are one line on stderr.
"""

import sys
from contextlib import AbstractContextManager
from pathlib import Path
from typing import IO, Final

import click

from gongkai import render
from gongkai.accounting import ledger_command
from gongkai.checking import check_command
from gongkai.citing import cite_command, explain_command, verify_command
from gongkai.options import FORMAT, INDEX, VOCABULARY
from gongkai.organisations import organisations_command
from gongkai.progress import for_stream
from gongkai.terminal import Lines, be_lenient, escaped, give_up_output, printable
from search import export as exports
from search.errors import QueryError, SearchError
from search.files import refusal, replacing
from search.index import Index
from search.inspection import inspect
from search.service import MAX_PER_PAGE, PER_PAGE, answered, search

USUAL_RATE: Final = "1200 per minute"
"""Of one address: a page with its pictures and suggestions takes tens of requests."""


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="gongkai", message="%(prog)s %(version)s")
def cli() -> None:
    """公开：政府部门预算、决算公开文件的搜索引擎。"""


@cli.command()
@click.argument("sources", nargs=-1, type=click.Path(path_type=Path))
@INDEX
@VOCABULARY
@click.option("--workers", type=click.IntRange(1), help="读取文件的进程数（默认为处理器数）")
@click.option("--prune", is_flag=True, help="来源文件夹中已不在的文件，从索引中移出")
@click.option("--rebuild", is_flag=True, help="先由存储的公开文件重建索引，不需要来源文件")
def index(
    sources: tuple[Path, ...], url: str | None, workers: int | None, prune: bool, rebuild: bool
) -> None:
    """把文件或文件夹读入索引；没有变化的文件不再读。"""
    from indexer import pipeline  # noqa: PLC0415 - only this command reads files

    if not sources and not rebuild:
        raise click.UsageError("缺少参数：SOURCES…（文件或文件夹）")
    progress = for_stream(sys.stderr)
    with progress:
        report = pipeline.index(
            sources, url, workers=workers, progress=progress, prune=prune, rebuild=rebuild
        )
    render.report(report, sys.stdout)
    if report.failures:
        raise SystemExit(1)


@cli.command(name="search")
@click.argument("query", nargs=-1, required=True)
@INDEX
@VOCABULARY
@FORMAT
@click.option("--limit", type=click.IntRange(1, MAX_PER_PAGE), default=PER_PAGE, help="每页条数")
@click.option("--page", type=click.IntRange(1), default=1, help="页码")
def search_command(
    query: tuple[str, ...], url: str | None, form: str, limit: int, page: int
) -> None:
    """按查询查找行、段落和项目。"""
    result = search(Index(url), " ".join(query), page=page, limit=limit)
    if form == "json":
        click.echo(escaped(result.model_dump_json(by_alias=True, indent=2)))
    else:
        render.result(result, sys.stdout)


@cli.command()
@click.argument("query", required=False)
@INDEX
@click.option("--kind", type=click.Choice(exports.KINDS), required=True, help="导出什么")
@click.option("--format", "form", type=click.Choice(exports.FORMATS), default="jsonl")
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), help="写入的文件")
def export(
    query: str | None, url: str | None, kind: exports.Kind, form: exports.Format,
    output: Path | None,
) -> None:  # fmt: skip
    """导出全部或符合查询的记录，每个数字都带出处；整行没有数字的行不在其中，清单除外。"""
    opened = Index(url)
    for warning in answered(opened.reader, query).warnings if query else ():
        click.echo(printable(warning.message), err=True)
    if output is None:
        if form == "xlsx" and sys.stdout.isatty():
            raise click.UsageError("XLSX 不能写到终端：请用 --output 指定文件")
        target = Lines(sys.stdout) if sys.stdout.isatty() else sys.stdout.buffer
        exports.export(opened, kind, form, target, query)
        return
    try:
        with _opened(output) as file:
            count = exports.export(opened, kind, form, file, query)
    except OSError as error:
        raise SearchError(f"无法写入 {output}：{refusal(error)}") from error
    click.echo(printable(f"已导出 {count} 条到 {output}"), err=True)


def _opened(output: Path) -> AbstractContextManager[IO[bytes]]:
    """Return a file to write, which takes its place when whole; a pipe or device is written to."""
    plain = output.is_file() or not output.exists()
    return replacing(output.resolve()) if plain else output.open("wb")


@cli.command()
@INDEX
@FORMAT
@click.option("--check", is_flag=True, help="读遍索引的每个文件，指出损坏的；有则退出码为 1")
def status(url: str | None, form: str, check: bool) -> None:
    """说明索引里有什么、由什么写成。"""
    found = inspect(url) if check else None
    if found is not None and found.damaged:
        render.damage(found, form, sys.stdout)
        raise SystemExit(1)
    opened = Index(url)
    if form == "json":
        click.echo(escaped(render.status_json(opened, found)))
    else:
        render.status(opened, sys.stdout)
        if found is not None:
            click.echo(f"核对了 {found.files} 个文件，没有损坏")


@cli.command()
@click.argument("sources", nargs=-1, type=click.Path(path_type=Path))
@INDEX
@VOCABULARY
@click.option("--host", default="127.0.0.1", show_default=True, help="监听地址")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True)
@click.option("--rate", default=USUAL_RATE, show_default=True, help="每个地址的请求上限；空为不限")
@click.option("--proxies", type=click.IntRange(0, 9), default=0, help="前面有几层反向代理")
@click.option(
    "--seconds",
    type=click.FloatRange(0),
    default=5.0,
    show_default=True,
    help="一次请求最多查几秒，到时只答已找到的；0 为不限",
)
@click.pass_context
def serve(
    context: click.Context, *, sources: tuple[Path, ...], url: str | None, host: str, port: int,
    rate: str, proxies: int, seconds: float,
) -> None:  # fmt: skip
    """启动网页和 JSON 接口；给出来源时先把它们读入索引。"""
    from gongkai.server import run  # noqa: PLC0415 - only this command needs a server

    if sources:
        try:
            context.invoke(
                index, sources=sources, url=url, workers=None, prune=False, rebuild=False
            )
        except SystemExit:
            click.echo("部分来源读取失败，仍以已有索引启动", err=True)
    run(Index(url), host, port, rate=rate, proxies=proxies, seconds=seconds)


for command in (
    check_command, ledger_command, cite_command, verify_command, explain_command,
    organisations_command,
):  # fmt: skip
    cli.add_command(command)


def main() -> None:
    """Run the command line; every expected trouble ends as one line on stderr."""
    be_lenient(sys.stdout, sys.stderr)
    try:
        cli.main(standalone_mode=False)
        sys.stdout.flush()
    except QueryError as error:
        _fail(f"查询无法理解（第 {error.start + 1} 字起）：{error}")
    except SearchError as error:
        _fail(str(error))
    except click.UsageError as error:
        hint = f"（{error.ctx.command_path} --help 查看用法）" if error.ctx else ""
        _fail(f"{error.format_message()}{hint}")
    except click.ClickException as error:
        _fail(error.format_message())
    except click.Abort:  # click's word for an interruption
        raise KeyboardInterrupt from None
    except BrokenPipeError:
        give_up_output()
    except OSError as error:
        give_up_output()
        _fail(f"无法写出结果：{refusal(error)}")


def _fail(message: str, code: int = 2) -> None:
    click.echo(f"gongkai: {printable(' '.join(message.split()))}", err=True)
    raise SystemExit(code)

"""Options that several commands share."""

from pathlib import Path
from typing import Final

import click

from search import vocabulary
from search.index import DEFAULT, VARIABLE

INDEX: Final = click.option(
    "--index", "url", metavar="PATH|URL", help=f"索引位置（默认 ${VARIABLE}，否则 {DEFAULT}）"
)
FORMAT: Final = click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", help="输出格式"
)


def _use(_context: click.Context, _option: click.Parameter, folder: Path | None) -> None:
    if folder is not None and str(folder.resolve()) != vocabulary.chosen():
        vocabulary.use(folder)


VOCABULARY: Final = click.option(
    "--vocabulary",
    type=click.Path(path_type=Path),
    metavar="DIR",
    expose_value=False,
    callback=_use,
    help=f"自己的词汇文件夹，先于自带的词汇（默认 ${vocabulary.VARIABLE}）",
)

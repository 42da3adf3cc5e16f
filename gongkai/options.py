"""Options that several commands share."""

from typing import Final

import click

from search.index import DEFAULT, VARIABLE

INDEX: Final = click.option(
    "--index", "url", metavar="PATH|URL", help=f"索引位置（默认 ${VARIABLE}，否则 {DEFAULT}）"
)
FORMAT: Final = click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", help="输出格式"
)

"""The JSON API: the same search, its records, and the disclosures whole."""

from typing import Final

from flask import Blueprint, abort, request
from pydantic import BaseModel

from search.citation import Citation
from search.hits import DocumentInfo
from search.model import Disclosure
from search.query.parser import LONGEST
from search.results import Hit, Result, Suggestions
from search.service import MAX_PER_PAGE, PER_PAGE, search
from search.suggest.completion import suggest
from web import citing, current
from web.endpoints import PREFIX, Parameter, endpoint
from web.requests import MAX_PAGE, SearchRequest, caret, cell_number

blueprint = Blueprint("api", __name__, url_prefix=PREFIX)

_TEXT: Final = {"type": "string", "maxLength": LONGEST}
QUERY: Final = Parameter("q", "查询，如 公务用车 2024 > 10万元", _TEXT, "公务用车 2024 > 10万元")
PAGE: Final = Parameter(
    "page", "第几页，从 1 起", {"type": "integer", "minimum": 1, "maximum": MAX_PAGE, "default": 1}
)
LIMIT: Final = Parameter(
    "limit",
    "每页条数",
    {"type": "integer", "minimum": 1, "maximum": MAX_PER_PAGE, "default": PER_PAGE},
)
RECORD: Final = Parameter("record", "记录的编号，见命中的 id", _TEXT)
DOCUMENT: Final = Parameter("document", "文件的编号，见 documents", _TEXT)


class Documents(BaseModel):
    """The listing of all indexed documents."""

    documents: tuple[DocumentInfo, ...]


@endpoint(blueprint, "/search", Result, QUERY, PAGE, LIMIT)
def results() -> Result:
    """查询：一页命中、分面计数和对查询的理解。"""
    asked = SearchRequest.read(request.args)
    return search(
        current.index(), asked.q, page=asked.page, limit=asked.limit, seconds=current.seconds()
    )


@endpoint(
    blueprint,
    "/suggest",
    Suggestions,
    Parameter("q", "正在输入的查询", _TEXT, "公务用"),
    Parameter(
        "at", "光标所在的字，默认在末尾", {"type": "integer", "minimum": 1, "maximum": MAX_PAGE}
    ),
)
def suggestions() -> Suggestions:
    """补全：正在输入的查询可能是什么。"""
    return suggest(current.index(), request.args.get("q", ""), at=caret(request.args))


@endpoint(blueprint, "/records/<record>", Hit, RECORD)
def record(record: str) -> Hit:
    """一条记录：行、段落、陈述或项目。"""
    return citing.found(record)


@endpoint(
    blueprint,
    "/records/<record>/citation",
    Citation,
    RECORD,
    Parameter("cell", "行中第几格，从 0 起；默认为整条", {"type": "integer", "minimum": 0}),
)
def citation(record: str) -> Citation:
    """一条记录或其中一格的引文，各种格式。"""
    hit = citing.found(record)
    return citing.citation(hit, cell_number(request.args, len(hit.cells)))


@endpoint(blueprint, "/documents", Documents)
def documents() -> Documents:
    """全部已收录的文件。"""
    return Documents(documents=current.index().reader.documents())


@endpoint(blueprint, "/documents/<document>", Disclosure, DOCUMENT)
def document(document: str) -> Disclosure:
    """一份文件的全部内容：章节、段落、表、项目，连同每处的位置。"""
    disclosure = current.index().store.disclosure(document)
    if disclosure is None:
        abort(404)
    return disclosure

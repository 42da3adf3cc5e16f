"""The baseline: plain Whoosh with jieba's analyser over raw lines, as tutorials set it up."""

import warnings
from collections.abc import Mapping
from typing import Final

from whoosh.fields import NUMERIC, STORED, TEXT, Schema
from whoosh.filedb.filestore import RamStorage
from whoosh.qparser.default import QueryParser
from whoosh.qparser.syntax import AndGroup, OrGroup

from benchmarks.judged import Found

with warnings.catch_warnings(action="ignore"):  # jieba leaves a file open when it is imported
    from jieba.analyse import ChineseAnalyzer

MOST: Final = 1000


class Baseline:
    """Searches lines; `any_word` joins the words of a query by OR, where AND is the default."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        schema = Schema(
            document=STORED,
            line=NUMERIC(stored=True),
            content=TEXT(stored=True, analyzer=ChineseAnalyzer()),
        )
        self._index = RamStorage().create_index(schema)
        writer = self._index.writer()
        for document, text in texts.items():
            for number, line in enumerate(text.split("\n"), 1):
                if line.strip():
                    writer.add_document(document=document, line=number, content=line)
        writer.commit()

    def search(self, query: str, *, any_word: bool = False, limit: int = 10) -> list[Found]:
        """Return the best lines."""
        group = OrGroup if any_word else AndGroup
        parser = QueryParser("content", self._index.schema, group=group)
        with self._index.searcher() as searcher:
            return [
                Found(hit["document"], hit["line"], hit["line"], hit["content"])
                for hit in searcher.search(parser.parse(query), limit=limit)
            ]

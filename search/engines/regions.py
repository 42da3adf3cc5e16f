"""The region of each record, which is its document's: a column made when it is first asked for."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from search.engines.columns import Columns
from search.engines.names import Names
from search.hits import DocumentInfo
from search.organisations.regions import PARTED
from search.results import FACET_VALUES, FacetValue


def regional(columns: Columns, documents: Sequence[DocumentInfo]) -> Columns:
    """Return the columns with that of regions, `江苏省/南京市`, empty where none is known."""
    where = {
        info.id: PARTED.join(info.organisation.region)
        for info in documents
        if info.organisation is not None
    }
    known = Names.of(sorted({"", *where.values()}))
    ids = columns.names["document"]
    of_document = np.zeros(len(ids), dtype=np.int32)
    for place, document in enumerate(ids):
        of_document[place] = known.find(where.get(document, "")) or 0
    code = of_document[columns.keywords["document"]]
    return replace(
        columns,
        keywords={**columns.keywords, "region": code},
        names={**columns.names, "region": known},
    )


def region_tree(counts: Mapping[str, int]) -> tuple[FacetValue, ...]:
    """Return regions with their counts under those that they lie in, the most frequent first.

    The count of each holds all below it. The value is the whole path in words (江苏省南京市).
    """
    roots: list[dict[str, Any]] = []
    nodes: dict[str, dict[str, Any]] = {}
    for name, count in counts.items():
        siblings, path = roots, ""
        for part in name.split(PARTED):
            path += part
            if path not in nodes:
                nodes[path] = {"value": path, "label": part, "count": 0, "children": []}
                siblings.append(nodes[path])
            nodes[path]["count"] += count
            siblings = nodes[path]["children"]
    for node in nodes.values():
        node["children"].sort(key=lambda below: -below["count"])
    return FACET_VALUES.validate_python(sorted(roots, key=lambda node: -node["count"]))

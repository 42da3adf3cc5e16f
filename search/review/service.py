"""Reviews an index: the checks of every current document, and what stands between them."""

from search.errors import SearchError
from search.index import Index
from search.listing import disclosures
from search.organisations.listing import same
from search.review.documents import document_checks
from search.review.model import Review
from search.review.years import by_place, executed, quoted


def review(index: Index) -> Review:
    """Return what the checks of an index's current documents come to."""
    listed = disclosures(index.reader)
    called = same(index.reader)
    held = by_place(listed, called)
    checked = []
    said = []
    for info in listed:
        disclosure = index.store.disclosure(info.id)
        if disclosure is None:
            raise SearchError(f"存储的文件缺失：{info.id}（{info.sources[0]}）")
        checked.append(document_checks(disclosure))
        said += quoted(disclosure, index, held, called)
    return Review(
        checked=len(checked),
        agreed=sum(of.agreed for of in checked),
        contradicted=sum(len(of.findings) for of in checked),
        documents=tuple(of for of in checked if of.findings),
        quoted=tuple(said),
        executed=tuple(executed(index, held)),
    )

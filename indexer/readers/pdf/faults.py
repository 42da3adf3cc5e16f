"""Keeps what fails on one page from losing the whole file."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from indexer.errors import ReadingError
from indexer.readers.pdf.pages import Page
from indexer.readers.pdf.unseen import ranges
from search.model import Warning

_T = TypeVar("_T")


def guarded(step: Callable[[], _T], plainly: Callable[[], _T]) -> _T:
    """Return what `step` gives, or `plainly` where it fails; what concerns the file is raised."""
    try:
        return step()
    except ReadingError:
        raise
    except Exception:  # the one boundary where a page's own trouble must not spread
        return plainly()


class Faults:
    """The pages that were not understood."""

    def __init__(self) -> None:
        self.pages: set[int] = set()

    def guarded(
        self, pages: Iterable[Page], step: Callable[[], _T], plainly: Callable[[], _T]
    ) -> _T:
        """Return what `step` gives of pages, or `plainly` where it fails; the pages are told."""

        def told() -> _T:
            self.pages.update(page.number for page in pages)
            return plainly()

        return guarded(step, told)

    def warnings(self) -> Iterator[Warning]:
        """Yield which pages were not understood."""
        if self.pages:
            numbers = ranges(sorted(self.pages))
            yield Warning(
                message=f"第{numbers}页的版面没有读懂：只保留了文字，其中的数字没有读入，请看原文"
            )

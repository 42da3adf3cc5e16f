"""Errors that a user of the search side can cause."""


class SearchError(Exception):
    """A one-line explanation for the user; the root of this package's errors."""


class QueryError(SearchError):
    """The query cannot be read; carries the span of the offending text."""

    def __init__(self, message: str, start: int, end: int) -> None:
        super().__init__(message)
        self.start = start
        self.end = end


class TimeOverError(SearchError):
    """The time was over before an answer was whole that is worth nothing in part."""


class IndexMissingError(SearchError):
    """There is no index at the named place."""


class IndexVersionError(SearchError):
    """The index was written by another version of schema, dictionary or reader."""


class IndexWritingError(SearchError):
    """The index itself cannot be written, whatever document is added."""


class IndexBusyError(IndexWritingError):
    """Another process is writing to the index."""


class VocabularyError(SearchError):
    """A file of the vocabulary is wrong; names the file and the entry."""

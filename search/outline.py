"""What the tables of a stored disclosure list, read without its figures: a tenth of the work."""

from pydantic import BaseModel, ConfigDict

from search.model import Path


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class OutlineRow(_Part):
    """A row's label and code."""

    label: str
    code: str | None


class OutlineTable(_Part):
    """A table's kind, the paths of its columns, and its rows."""

    kind: str
    columns: tuple[Path, ...]
    rows: tuple[OutlineRow, ...]


class OutlineUnread(_Part):
    """The kind of table that a figure stands in which was not read."""

    table: str | None = None


class OutlineLedger(_Part):
    """The figures that were not read."""

    unread: tuple[OutlineUnread, ...] = ()


class Outline(_Part):
    """The tables of a disclosure, and its ledger."""

    tables: tuple[OutlineTable, ...]
    ledger: OutlineLedger = OutlineLedger()

    def unread_in(self, kind: str) -> bool:
        """Return whether tables of a kind print figures that were not read."""
        return any(figure.table == kind for figure in self.ledger.unread)

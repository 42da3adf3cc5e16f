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


class Outline(_Part):
    """The tables of a disclosure."""

    tables: tuple[OutlineTable, ...]

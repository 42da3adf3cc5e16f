"""Names the canonical kind of a table from its title."""

from typing import Final

from search import vocabulary

OTHER: Final = vocabulary.OTHER
FORMS: Final = vocabulary.forms()
"""Kinds whose cells are fields of a form, not rows of figures."""


def table_kind(title: str) -> str:
    """Return the canonical kind of a table by its title, 其他 where none fits."""
    return vocabulary.table(title).name


def known_kinds() -> tuple[str, ...]:
    """Return every canonical kind, in the order in which they claim titles, 其他 last."""
    return vocabulary.kinds()

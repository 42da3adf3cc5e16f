"""What is noted while a query is bound: its pieces, warnings and the words to highlight."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from search.query.tree import Node, Not
from search.results import Piece, PieceKind, QueryWarning


class Notes:
    """Collects pieces with their spans in `text`; inside a negation they are negated."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.pieces: list[Piece] = []
        self.warnings: list[QueryWarning] = []
        self.words: list[str] = []
        self.negated = False
        self._negation: Not | None = None

    @contextmanager
    def negation(self, node: Not) -> Iterator[None]:
        """Take what is noted inside the `with` block as excluded."""
        outer = self.negated, self._negation
        self.negated, self._negation = not self.negated, node
        yield
        self.negated, self._negation = outer

    def piece(self, node: Node, kind: PieceKind, label: str, **values: object) -> None:
        """Note a piece with the values that belong to its kind; its sign is part of it."""
        signed = self._negation
        whole = signed if signed is not None and signed.part is node else node
        self.pieces.append(
            Piece.model_validate(
                {
                    "kind": kind,
                    "text": self.text[whole.start : whole.end],
                    "start": whole.start,
                    "end": whole.end,
                    "label": f"不含 {label}" if self.negated else label,
                    "negated": self.negated,
                    **values,
                }
            )
        )

    def warn(self, message: str, node: Node) -> None:
        """Note something that was ignored or assumed."""
        self.warnings.append(QueryWarning(message=message, start=node.start, end=node.end))

    def highlight(self, words: Iterable[str]) -> None:
        """Note words to highlight, unless they are excluded."""
        if not self.negated:
            self.words += words

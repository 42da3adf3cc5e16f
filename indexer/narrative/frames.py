"""The item that a text speaks of, sentence by sentence."""

from dataclasses import dataclass
from typing import Final

from indexer.narrative.words import Words
from search.model import QuantityKind

SEVERAL: Final = 2
"""From so many items or parts on, a total or a comparison is of all of them, or of the whole."""


@dataclass(frozen=True, slots=True)
class Item:
    """What figures are of, and where that stands in the text; -1 where it stands elsewhere."""

    subject: str
    at: int = -1


@dataclass(slots=True)
class Frames:
    """What has been spoken of so far."""

    section: Item | None = None
    """What the heading above names."""
    topic: Item | None = None
    """The numbered, coded or lone item whose text this is."""
    carried: Item | None = None
    """What the sentence before spoke of, where that is one item."""
    current: Item | None = None
    whole: Item | None = None
    """The item before 其中, to which a comparison or a total after the list returns."""
    main: Item | None = None
    """The sentence's first item, to which a comparison behind a reason returns."""
    parts: int = 0
    items: int = 0
    compared_parts: bool = False
    """Whether the parts have comparisons of their own."""
    split: int = 0
    """How many parts of the list stand before semicolons."""
    aside: bool = False
    """Whether reasons or purposes are told."""
    lost: bool = False
    """Whether the figures before could be told of none or of several."""
    kind: QuantityKind | None = None
    action: str = ""
    unit: str = ""
    """The action and the unit of the whole: its parts are parts of what is done."""
    unbound: bool = False
    """Whether a figure of the sentence could not be told, so that the next measures are none's."""

    @property
    def silent(self) -> bool:
        """Whether nothing has been spoken of yet, but what the heading names."""
        return self.current is None and self.carried is None and self.topic is None

    @property
    def last(self) -> str:
        """The item that a paragraph below the same heading goes on with, "" where it is none."""
        of = self.topic or self.whole or self.main or self.carried
        return of.subject if of is not None else ""

    def end_sentence(self, close: str, *, spoke: bool) -> None:
        """Begin a sentence behind the sign that closes the one before, which had figures or not."""
        self.aside = False
        if close == ";":
            self.split += self.parts if self.whole is not None else 0
            self.parts = 0
            self.current = self.main if self.whole is None else self.current
            self.kind = None
            return
        if spoke:
            several = self.items >= SEVERAL and self.whole is None
            over = self.whole is not None and self.split > 0 and self.split + self.parts >= SEVERAL
            self.carried = None if several or over else self.whole or self.main or self.carried
            self.lost = several or over or (self.lost and self.main is None)
        self.current = self.whole = self.main = None
        self.parts = self.items = 0
        self.split, self.compared_parts, self.unbound = 0, False, False
        self.kind = None
        self.action = self.unit = ""

    def begin_parts(self) -> None:
        """Note that parts follow of what is spoken of."""
        if self.current is None:
            self.current = self.carried or self.topic
            self.main = self.main or self.current
        if self.current is not None:
            self.whole, self.parts, self.compared_parts = self.current, 0, False
            self.split = 0

    def lose(self) -> None:
        """Note figures of which nothing can be told."""
        self.lost, self.current = True, self.current or Item("")

    def set_topic(self, item: Item) -> None:
        """Note the item that a heading, a number or a code gives to what follows."""
        self.topic = self.carried = item
        self.current = self.whole = self.main = None
        self.lost = False

    def take(self, item: Item, unit: str = "", action: str = "") -> Item:
        """Return an item that a figure's own words name, and speak of it from now on."""
        if self.whole is not None:
            self.parts += 1
            if self.action and self.unit == unit and self.action not in item.subject:
                item = Item(self.action + item.subject, item.at)
        elif not self.aside:
            self.items += item.subject != (self.main.subject if self.main else None)
            self.main = self.main or item
            self.action, self.unit = action, unit
        self.current, self.lost = item, False
        return item

    def inherit(self, words: Words, kind: QuantityKind, *, compares: bool) -> Item | None:
        """Return what a figure is of whose words name no item, None where that cannot be told."""
        if self.current is None:
            if self.lost and (compares or self.topic is None):
                return None
            first = self.carried if compares else self.topic
            self.current = first or self.topic or self.carried or self.section
            self.main = self.main or self.current
            return self.current
        if self.lost:
            return None
        changes = compares or words.role == "change"
        again = compares or (kind == "money" and self.kind == "count")
        if self.aside and again and self.main:
            self.current, self.aside = self.main, False
        elif self.whole is not None and self._returns(words, kind, compares=compares):
            self.current, self.whole = self.whole, None
        elif self.whole is None and words.total and self.items >= SEVERAL:
            self.current = self.topic or self.carried or self.section
            self.lost = self.current is None
        if changes and self.whole is not None and self.parts:
            self.compared_parts = True
        return self.current

    def _returns(self, words: Words, kind: QuantityKind, *, compares: bool) -> bool:
        """Return whether a figure behind a list of parts is of the whole again."""
        if words.total:
            return True
        if self.parts < SEVERAL or self.compared_parts:
            return False
        return compares or (kind == "money" and self.kind == "count")

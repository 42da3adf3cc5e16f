"""Evaluates conditions: words give sets of records with tiers and scores, all else is a mask.

What words find is looked at further only there; columns as a whole are read only where no word
narrows the search.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cached_property, reduce
from time import monotonic
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from search.accounts import account
from search.analysis import bare
from search.engines import base, seals
from search.engines.columns import KINDS, Columns, text_key
from search.engines.figures import Comparison
from search.engines.heap import Heap
from search.engines.inverted import Postings
from search.engines.matched import Matched, Union, alike
from search.engines.rows import SPARSE, Mask, Rows, both, held, numbers
from search.fields import TEXT_FIELDS

DEFINITION_TIER: Final = 5
"""Definitions rank after all facts, or all facts after them where a meaning is asked for."""
ASIDE_TIER: Final = 6
"""What is printed aside ranks last."""
PART_TIER: Final = 3
"""The best tier of what is only a part of what a word means."""
READ_AT_ONCE: Final = 256
"""Texts that are read between two looks at the clock."""
_LAST: Final = (KINDS.index("aside"), KINDS.index("blank"))
"""The kinds of records that rank last, whatever words they have."""
_BOOST: Final = {"label": 8.0, "context": 3.0, "path": 2.5, "body": 2.0, "remark": 1.0}
"""What a word is worth in each field; a label's worth falls with its length."""


class Evaluation:
    """Evaluates the conditions of one query."""

    def __init__(
        self,
        columns: Columns,
        postings: Postings,
        texts: Heap,
        *,
        bound: bool,
        until: float | None = None,
        meaning: bool = False,
    ) -> None:
        """`bound` tells that the words must belong to a figure; see `search.fields.Field`.

        At the time `until` (`time.monotonic`) no more texts are read: what is not looked at does
        not match, and `cut` tells so. `meaning` tells that definitions are asked for.
        """
        self.cut = False
        self._until = until
        self._negated = False
        self.columns = columns
        self._postings = postings
        self._texts = texts
        self._bound = bound
        self._meaning = meaning
        self._fields = [f for f in TEXT_FIELDS if not (bound and f.figure == "other")]
        self._known: dict[base.Text, Matched] = {}
        self._read: dict[int, list[bytes]] = {}

    def found(self, condition: base.Condition) -> Matched:
        """Return what matches a condition; beside a comparison, what one of its words names."""
        found = self.matched(condition)
        naming = _naming(condition) if self._bound else None
        if naming is None:
            return found
        owning = Evaluation(
            self.columns, self._postings, self._texts, bound=True, until=self._until
        )
        owning._fields = [field for field in self._fields if field.figure == "own"]
        named = found.only(owning.mask(naming, found.rows))
        self.cut = self.cut or owning.cut
        return named

    def matched(self, condition: base.Condition, within: Rows | None = None) -> Matched:
        """Return what matches a condition, of all records or of those `within`."""
        match condition:
            case base.Text() if condition.alternatives:
                return self._synonyms(condition, within)
            case base.Text():
                return self._text(condition, within)
            case base.All(parts) if _ranks(condition):
                return self._all(tuple(dict.fromkeys(parts)), within)
            case base.Any(parts) if _ranks(condition):
                return self._any(parts, within)
        mask = self.mask(condition, within)
        return alike(numbers(mask) if within is None else within[mask])

    def mask(self, condition: base.Condition, rows: Rows | None) -> Mask:
        """Return which of `rows`, or of all records, match a condition."""
        match condition:
            case base.All(parts):
                return reduce(np.logical_and, self._masks(parts, rows), self._every(rows))
            case base.Any(parts):
                return reduce(np.logical_or, self._masks(parts, rows), ~self._every(rows))
            case base.Without(part):
                self._negated = not self._negated
                mask = self.mask(part, rows)
                self._negated = not self._negated
                return ~mask
            case base.Text():
                return reduce(np.logical_or, self._standing(condition, rows))
            case base.Everything():
                return self._every(rows)
            case base.Years(first, last):
                year = self._of(self.columns.year, rows)
                return np.asarray((year >= first) & (year <= last))
            case base.Keyword("type", values):
                return np.asarray(self._types(values)[self._of(self.columns.kind, rows)])
            case base.Keyword(name, values):
                return self._named(name, self.columns.names[name].places(values), rows)
            case base.Code(code):
                return self._accounts(account(code, ""), rows)
            case base.CodeUnder(prefix):
                return self._accounts(prefix, rows)
            case base.Figure():
                return self.compared(rows).satisfied(condition)

    def compared(self, rows: Rows | None) -> Comparison:
        """Return the figures of `rows` for comparing, or all, what is found in them remembered."""
        if rows is None:
            return self._figures
        return Comparison(self.columns.figures, self.columns.names, rows)

    @cached_property
    def _figures(self) -> Comparison:
        return Comparison(self.columns.figures, self.columns.names, None)

    def _of(self, column: NDArray[Any], rows: Rows | None) -> NDArray[Any]:
        return column if rows is None else column[rows]

    def _every(self, rows: Rows | None) -> Mask:
        return np.ones(len(self.columns) if rows is None else len(rows), dtype=bool)

    def _every_row(self) -> Rows:
        return np.arange(len(self.columns))

    def _held(self, few: Rows, many: Rows) -> Mask:
        return held(few, many, len(self.columns))

    def _masks(self, parts: Iterable[base.Condition], rows: Rows | None) -> Iterator[Mask]:
        return (self.mask(part, rows) for part in parts)

    def _standing(self, wanted: base.Text, rows: Rows | None) -> Iterator[Mask]:
        """Yield which of the rows have the words in each field, and which have other ones."""
        every = self._every_row() if rows is None else rows
        for field in self._fields:
            yield self._held(every, self._field(field.name, wanted, rows))
        yield from self._masks(wanted.alternatives, rows)

    def _types(self, values: frozenset[str]) -> Mask:
        # A statement comes back as its passage, and so does what is printed aside.
        wanted = values | ({"statement", "aside"} if "passage" in values else set())
        wanted |= {"blank"} if "row" in values else set()
        return np.array([kind in wanted for kind in KINDS])

    def _accounts(self, beginning: str, rows: Rows | None) -> Mask:
        places = self.columns.names["account"].beginning(beginning)
        code = self._of(self.columns.keywords["account"], rows)
        return np.asarray((code >= places.start) & (code < places.stop))

    def _named(self, name: str, places: list[int], rows: Rows | None) -> Mask:
        code = self._of(self.columns.keywords[name], rows)
        if len(places) == 1:
            return np.asarray(code == places[0])
        wanted = np.zeros(len(self.columns.names[name]), dtype=bool)
        wanted[places] = True
        return np.asarray(wanted[code])

    def _all(self, parts: tuple[base.Condition, ...], within: Rows | None) -> Matched:
        """Return what matches every part; each is asked only about what the last ones left."""
        narrowing = sorted((part for part in parts if _narrows(part)), key=self._size)
        ranking = [part for part in parts if _ranks(part) and not _narrows(part)]
        first, *others = (*narrowing, *ranking)
        found = self.matched(first, within)
        for part in others:
            more = self.matched(part, found.rows)
            found = found.only(self._held(found.rows, more.rows))
            found = Matched(found.rows, np.maximum(found.tier, more.tier), found.score + more.score)
        for part in parts:
            if not _ranks(part):
                found = found.only(self.mask(part, found.rows))
        return found

    def _size(self, condition: base.Condition) -> int:
        """Return a bound of how many records match a condition that has words."""
        match condition:
            case base.Text(tokens, _, alternatives):
                fields = (
                    min((len(self._postings.rows(f.name, token)) for token in tokens), default=0)
                    for f in self._fields
                )
                return sum(fields) + sum(map(self._size, alternatives))
            case base.All(parts):
                return min(self._size(part) for part in parts if _narrows(part))
            case base.Any(parts):
                return sum(map(self._size, parts))
        return len(self.columns)

    def _any(self, parts: tuple[base.Condition, ...], within: Rows | None) -> Matched:
        return self._best([self.matched(part, within) for part in dict.fromkeys(parts)])

    def _synonyms(self, wanted: base.Text, within: Rows | None) -> Matched:
        others = self._any(wanted.alternatives, within)
        if len(wanted.alternatives) > 1:
            others = replace(others, tier=np.maximum(others.tier, np.uint8(PART_TIER)))
        return self._best([self._text(base.Text(wanted.tokens, wanted.exact), within), others])

    def _best(self, found: list[Matched]) -> Matched:
        """Return what is in any of several sets, as well as it matches in the best of them."""
        if len(found) == 1:
            return found[0]
        union = Union(len(self.columns), [one.rows for one in found])
        for one in found:
            at = union.places(one.rows)
            tier, score = union.tier[at], union.score[at]
            better = (one.tier < tier) | ((one.tier == tier) & (one.score > score))
            union.tier[at] = np.where(better, one.tier, tier)
            union.score[at] = np.where(better, one.score, score)
        return union.matched()

    def _text(self, wanted: base.Text, within: Rows | None) -> Matched:
        """Return the records in one of whose fields all tokens stand, by the best such field."""
        found = self._known.get(wanted)
        if found is None and within is not None and len(within) * SPARSE < self._size(wanted):
            return self._worded(wanted, within)
        if found is None:
            found = self._worded(wanted, None)
            if not self.cut:
                self._known[wanted] = found
        return found if within is None else found.only(self._held(found.rows, within))

    def _worded(self, wanted: base.Text, within: Rows | None) -> Matched:
        found = {field: self._field(field.name, wanted, within) for field in self._fields}
        union = Union(len(self.columns), list(found.values()))
        for field, rows in reversed(found.items()):  # of several fields the best stays
            union.tier[union.places(rows)] = field.tier
        for field, rows in found.items():
            worth = np.float32(_BOOST[field.name] * len(set(wanted.tokens)))
            if field.name == "label":
                length = self.columns.label_length[rows]
                union.score[union.places(rows)] += worth / np.sqrt(length, dtype=np.float32)
            else:
                union.score[union.places(rows)] += worth
        matched = union.matched()
        rows, tier = matched.rows, matched.tier
        whole = bare(wanted.exact or "".join(wanted.tokens))
        tier[self.columns.label_hash[rows] == text_key(whole)] = 0
        behind = self.columns.definition[rows] ^ self._meaning
        np.maximum(tier, DEFINITION_TIER, out=tier, where=behind)
        tier[np.isin(self.columns.kind[rows], _LAST)] = ASIDE_TIER
        return matched

    def _field(self, field: str, wanted: base.Text, within: Rows | None) -> Rows:
        """Return the records in a field of which all tokens stand, and the exact text."""
        tokens = dict.fromkeys(wanted.tokens)
        if not tokens:
            return np.zeros(0, dtype=np.intp)
        lists = sorted((self._postings.rows(field, token) for token in tokens), key=len)
        if within is not None:
            lists.insert(0, within)
        rows = lists[0]
        for other in lists[1:]:
            rows = both(rows, other, len(self.columns))
        if wanted.exact is None or _proved(wanted):
            return rows
        place = [f.name for f in TEXT_FIELDS].index(field)
        exact = bare(wanted.exact).encode()
        return np.asarray(rows[self._holding(exact, place, rows)])

    def _holding(self, exact: bytes, place: int, rows: Rows) -> Mask:
        """Return which rows have a text; of those not looked at in time what shows no wrong hit."""
        held = np.full(len(rows), self._negated)
        for number, row in enumerate(rows.tolist()):
            if self._until is not None and number % READ_AT_ONCE == 0 and monotonic() > self._until:
                self.cut = True
                break
            held[number] = exact in self._text_of(row)[place]
        return held

    def _text_of(self, row: int) -> list[bytes]:
        """Return the texts of a record without white space, in the order of `TEXT_FIELDS`."""
        texts = self._read.get(row)
        if texts is None:
            place = self.columns.heaps["texts"]
            start = int(place.start[row])
            kept = self._texts[start : start + int(place.length[row])]
            texts = self._read[row] = seals.opened(kept).split(b"\n")[1:]
        return texts


def _narrows(condition: base.Condition) -> bool:
    """Return whether only records that words find can match a condition."""
    match condition:
        case base.Text():
            return True
        case base.All(parts):
            return any(map(_narrows, parts))
        case base.Any(parts):
            return bool(parts) and all(map(_narrows, parts))
    return False


def _ranks(condition: base.Condition) -> bool:
    """Return whether records match a condition by their words, some better than others."""
    match condition:
        case base.Text():
            return True
        case base.All(parts) | base.Any(parts):
            return any(map(_ranks, parts))
    return False


def _naming(condition: base.Condition) -> base.Condition | None:
    """Return which words must name a figure: one of those that a match needs, None without any."""
    match condition:
        case base.Text():
            return condition
        case base.All(parts):
            needed = tuple(one for part in parts if (one := _naming(part)) is not None)
            return base.Any(needed) if needed else None
        case base.Any(parts):
            either = tuple(one for part in parts if (one := _naming(part)) is not None)
            return base.Any(either) if either and len(either) == len(parts) else None
    return None


def _proved(wanted: base.Text) -> bool:
    """Return whether the token alone shows that the exact text stands there.

    A number does not: its token leaves out the thousands signs of the text.
    """
    whole = bare(wanted.exact or "")
    return wanted.tokens == (whole,) and not any(map(str.isdigit, whole))


def figures(condition: base.Condition) -> Iterator[base.Figure]:
    """Yield the comparisons of a condition that a match must satisfy one of."""
    match condition:
        case base.Figure():
            yield condition
        case base.All(parts) | base.Any(parts):
            for part in parts:
                yield from figures(part)


def names_year(condition: base.Condition) -> bool:
    """Return whether a condition asks for years."""
    match condition:
        case base.Years():
            return True
        case base.All(parts) | base.Any(parts):
            return any(map(names_year, parts))
    return False

"""Evaluates conditions over columns and postings: masks for what matches, tiers for its rank."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

from search.analysis import clean
from search.engines import base
from search.engines.columns import KINDS, Columns, Mask, text_key
from search.fields import TEXT_FIELDS

WORST_TIER: Final = 9
DEFINITION_TIER: Final = 5
"""Definitions rank after all facts."""
_BOOST: Final = {"label": 4.0, "context": 1.5, "body": 1.0, "remark": 0.5}


class Postings(Protocol):
    """What an inverted index gives: where a token stands, and the text itself to look at."""

    def token(self, field: str, token: str) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Return the records that hold `token` in `field`, ascending, and how often."""
        ...

    def text(self, record: int) -> tuple[str, ...]:
        """Return the normalised texts of a record, in the order of `TEXT_FIELDS`."""
        ...


@dataclass(frozen=True, slots=True)
class Matched:
    """Which records match, and how well: lower tier first, then higher score."""

    mask: Mask
    tier: NDArray[np.uint8]
    score: NDArray[np.float32]


class Evaluation:
    """Evaluates the conditions of one query."""

    def __init__(self, columns: Columns, postings: Postings, *, bound: bool) -> None:
        """`bound` tells that the words must belong to a figure, so that remarks do not count."""
        self.columns = columns
        self.postings = postings
        self.fields = [f for f in TEXT_FIELDS if not (bound and f.name == "remark")]
        self._known: dict[base.Condition, Matched] = {}
        self._cleaned: dict[int, tuple[str, ...]] = {}

    def matched(self, condition: base.Condition) -> Matched:
        """Return what matches a condition; equal conditions are evaluated once."""
        found = self._known.get(condition)
        if found is None:
            found = self._known[condition] = self._evaluated(condition)
        return found

    def _evaluated(self, condition: base.Condition) -> Matched:
        match condition:
            case base.All(parts):
                return self._all([self.matched(part) for part in parts])
            case base.Any(parts):
                return self._any([self.matched(part) for part in parts])
            case base.Without(part):
                return self._plain(~self.matched(part).mask)
            case base.Text():
                found = self._text(condition)
                return self._any([found, *map(self.matched, condition.alternatives)])
            case base.Everything():
                return self._plain(np.ones(len(self.columns), dtype=bool))
            case base.Years(first, last):
                year = self.columns.year
                return self._plain((year >= first) & (year <= last))
            case base.Keyword("type", values):
                return self._plain(self._types(values))
            case base.Keyword(name, values):
                return self._plain(self.columns.names[name].mask(values))
            case base.CodeUnder(prefix):
                return self._plain(self.columns.names["account"].mask_prefix(prefix))
            case base.Figure():
                return self._plain(self.columns.figure_records(condition))

    def _plain(self, mask: Mask) -> Matched:
        tier = np.zeros(len(mask), dtype=np.uint8)
        return Matched(mask, tier, np.zeros(len(mask), dtype=np.float32))

    def _types(self, values: frozenset[str]) -> Mask:
        kinds = {KINDS.index(value) for value in values if value in KINDS}
        if "passage" in values:
            kinds.add(KINDS.index("statement"))
        return np.isin(self.columns.kind, list(kinds))

    def _all(self, parts: list[Matched]) -> Matched:
        if not parts:
            return self.matched(base.Everything())
        mask, tier, score = parts[0].mask, parts[0].tier, parts[0].score
        for part in parts[1:]:
            mask, tier = mask & part.mask, np.maximum(tier, part.tier)
            score = score + part.score
        return Matched(mask, tier, score)

    def _any(self, parts: list[Matched]) -> Matched:
        if not parts:
            return self._plain(np.zeros(len(self.columns), dtype=bool))
        mask = np.logical_or.reduce([part.mask for part in parts])
        tiers = [np.where(part.mask, part.tier, WORST_TIER) for part in parts]
        scores = [np.where(part.mask, part.score, 0) for part in parts]
        return Matched(
            mask,
            np.minimum.reduce(tiers).astype(np.uint8),
            np.maximum.reduce(scores).astype(np.float32),
        )

    def _text(self, wanted: base.Text) -> Matched:
        """Return the records in one of whose fields all tokens stand, by the best such field."""
        size = len(self.columns)
        result = Matched(
            np.zeros(size, dtype=bool),
            np.full(size, WORST_TIER, dtype=np.uint8),
            np.zeros(size, dtype=np.float32),
        )
        for field in self.fields:
            records, score = self._field(field.name, wanted)
            if wanted.exact is not None and not _proved(wanted):
                keep = self._holding(records, field.name, wanted.exact)
                records, score = records[keep], score[keep]
            result.mask[records] = True
            result.tier[records] = np.minimum(result.tier[records], field.tier)
            result.score[records] += score
        result.tier[self.columns.definition & result.mask] = DEFINITION_TIER
        whole = clean(wanted.exact or "".join(wanted.tokens))
        equal = result.mask & (self.columns.label_hash == text_key(whole))
        result.tier[equal] = 0
        return result

    def _field(
        self, field: str, wanted: base.Text
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Return the records that hold all tokens in a field, and their scores."""
        total = max(1, len(self.columns))
        records: NDArray[np.int64] | None = None
        score = np.zeros(0, dtype=np.float32)
        for token in dict.fromkeys(wanted.tokens):
            found, often = self.postings.token(field, token)
            weight = np.log1p(total / (1 + len(found))) * _BOOST[field]
            part = (weight * often / (often + 1)).astype(np.float32)
            if records is None:
                records, score = found, part
                continue
            records, left, right = np.intersect1d(
                records, found, assume_unique=True, return_indices=True
            )
            score = score[left] + part[right]
        if records is None:
            return np.zeros(0, dtype=np.int64), score
        if field == "label":
            length = np.maximum(1, self.columns.label_length[records])
            score = (score / np.sqrt(length)).astype(np.float32)
        return records, score

    def _holding(self, records: NDArray[np.int64], field: str, exact: str) -> Mask:
        """Return which of `records` have the exact text in a field, white space aside."""
        index = [f.name for f in TEXT_FIELDS].index(field)
        wanted = clean(exact)
        texts = (self._clean_texts(int(record))[index] for record in records)
        return np.fromiter((wanted in text for text in texts), bool, len(records))

    def _clean_texts(self, record: int) -> tuple[str, ...]:
        texts = self._cleaned.get(record)
        if texts is None:
            texts = self._cleaned[record] = tuple(map(clean, self.postings.text(record)))
        return texts


def _proved(wanted: base.Text) -> bool:
    """Return whether the token alone shows that the exact text stands there.

    A number does not: its token leaves out the thousands signs of the text.
    """
    whole = clean(wanted.exact or "")
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

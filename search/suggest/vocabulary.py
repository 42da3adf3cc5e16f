"""The vocabulary of a commit: its labels, projects, accounts, departments and tables, by rank."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain, islice
from threading import Lock
from typing import Final
from weakref import WeakKeyDictionary

from search.analysis import clean
from search.engines.base import Bound, Reader
from search.query.departments import short_forms
from search.query.names import IndexNames
from search.results import TermKind
from search.suggest.keys import Keys
from search.suggest.pinyin import readings
from search.suggest.terms import Term, key, named, restored

MOST: Final = 200_000
"""Terms of a kind that are kept, the rarest fall; about 300 bytes each."""
INITIALS_INSIDE: Final = 3
"""Letters from which initials may begin inside a name; fewer stand in nearly every name."""

_VOCABULARIES: WeakKeyDictionary[Reader, "Vocabulary"] = WeakKeyDictionary()
_BUILDING: Final = Lock()


@dataclass(frozen=True, slots=True)
class Ranked:
    """A term that was found: how well it fits (0 is best) and how many records bear it."""

    term: Term
    tier: int
    count: int


class Shelf:
    """The terms of one kind, most frequent first, with every key that finds them."""

    def __init__(
        self, terms: Mapping[Term, int], others: Mapping[Term, tuple[Term, ...]] | None = None
    ) -> None:
        """`others` maps a term to the other names that it has (its code, short forms)."""
        ranked = sorted(terms.items(), key=lambda item: (-item[1], len(item[0].text), item[0].text))
        self.terms = tuple(term for term, _ in ranked[:MOST])
        self.counts = tuple(count for _, count in ranked[:MOST])
        names = [(number, name) for number, term in enumerate(self.terms)
                 for name in (term, *(others or {}).get(term, ()))]  # fmt: skip
        self.owners = [number for number, _ in names]
        self.names = Keys([key(name.text) for _, name in names])
        # Every syllable after a space, so that none is found across the bounds of two.
        self.sounds = Keys([f" {name.sound}" if name.sound else "" for _, name in names])
        self.initials = Keys(["".join(s[0] for s in name.sound.split()) for _, name in names])

    def find(self, typed: str, sounds: Sequence[str], limit: int) -> Iterator[Ranked]:
        """Yield up to `limit` terms that `typed` or its sound begins or stands in, best first."""
        seen: set[int] = set()
        for tier, numbers in self._ways(typed, sounds):
            new = (self.owners[number] for number in numbers)
            for owner in islice(_unseen(new, seen), limit):
                yield Ranked(self.terms[owner], tier, self.counts[owner])
            if len(seen) >= limit:
                return

    def _ways(self, typed: str, sounds: Sequence[str]) -> Iterator[tuple[int, Iterable[int]]]:
        """Yield how `typed` may fit, from the best tier to the worst, with what fits so."""
        if not typed:
            yield 0, range(len(self.owners))
            return
        # What stands nowhere is looked for once: that is the slowest search of all.
        named = typed in self.names
        heard = [f" {sound}" for sound in sounds if f" {sound}" in self.sounds]
        spelt = typed.isascii() and typed.isalpha() and typed in self.initials
        if named:
            yield 0, self.names.equal(typed)
            yield 1, self.names.beginning(typed)
        for sound in heard:
            yield 1, self.sounds.beginning(sound)
        if spelt:
            yield 2, self.initials.beginning(typed)
        if named:
            yield 3, (number for number, _ in self.names.places(typed))
        for sound in heard:
            yield 3, (number for number, _ in self.sounds.places(sound))
        if spelt and len(typed) >= INITIALS_INSIDE:
            yield 4, (number for number, _ in self.initials.places(typed))


def _unseen(owners: Iterable[int], seen: set[int]) -> Iterator[int]:
    for owner in owners:
        if owner not in seen:
            seen.add(owner)
            yield owner


class Vocabulary:
    """All that one commit of an index calls things."""

    def __init__(self, shelves: Mapping[TermKind, Shelf]) -> None:
        self.shelves = shelves
        self.plain: dict[Term, bool] = {}
        """Whether a name reads as its words alone, of those that were suggested so far."""

    @cached_property
    def syllables(self) -> frozenset[str]:
        """Every syllable that occurs."""
        return frozenset(chain.from_iterable(
            term.sound.split() for shelf in self.shelves.values() for term in shelf.terms
        ))  # fmt: skip

    def find(self, text: str, kinds: Iterable[TermKind], limit: int) -> list[Ranked]:
        """Return terms whose name or sound `text` begins, or stands in, best first."""
        typed = key(text)
        sounds: list[str] = []
        if typed.isascii() and typed.isalpha():
            sounds = [" ".join(way) for way in readings(typed, self.syllables)]
        found = [one for kind in kinds for one in self.shelves[kind].find(typed, sounds, limit)]
        return sorted(found, key=lambda one: (one.tier, -one.count, len(one.term.text)))


def vocabulary(reader: Reader, names: IndexNames) -> Vocabulary:
    """Return the vocabulary of a commit, which knows `names`; gathered once."""
    with _BUILDING:
        known = _VOCABULARIES.get(reader)
        if known is None:
            known = _VOCABULARIES[reader] = _gathered(reader, names)
        return known


def _gathered(reader: Reader, names: IndexNames) -> Vocabulary:
    terms: dict[TermKind, Counter[Term]] = {
        "label": Counter(), "project": Counter(), "account": Counter(),
    }  # fmt: skip
    for text, count in reader.terms().items():
        term = restored(text)
        terms[term.kind][replace(term, code="")] += count
        if term.code:
            terms["account"][replace(term, kind="account")] += count
    everything = reader.search(Bound(), offset=0, limit=0).facets
    tables = {named("table", one.value): one.count for one in everything.get("table", ())}
    counts = {one.value: one.count for one in everything.get("department", ())}
    departments = {named("department", name): name for name in names.departments}
    accounts = _by_code(terms["account"])
    return Vocabulary({
        "label": Shelf(terms["label"]),
        "project": Shelf(terms["project"]),
        "account": Shelf(accounts, {term: (Term("account", term.code),) for term in accounts}),
        "department": Shelf(
            {term: counts.get(name, 0) for term, name in departments.items()},
            {term: tuple(_other_names(term, names.departments[name]))
             for term, name in departments.items()},
        ),
        "table": Shelf(tables),
    })  # fmt: skip


def _by_code(accounts: Counter[Term]) -> dict[Term, int]:
    """Return one account a code, under its most frequent name, with the count of all."""
    totals: Counter[str] = Counter()
    chosen: dict[str, Term] = {}
    for term, count in accounts.most_common():
        totals[term.code] += count
        chosen.setdefault(term.code, term)
    return {term: totals[code] for code, term in chosen.items()}


def _other_names(department: Term, variants: Iterable[str]) -> Iterator[Term]:
    """Yield what else a department is called, each name also in short."""
    known = {department.text}
    for name in (department.text, *variants):
        for form in (name, *short_forms(clean(name))):
            if form not in known:
                known.add(form)
                yield named("department", form)

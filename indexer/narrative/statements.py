"""Finds the statements of a passage: each figure bound to the item that it is of.

A sentence is cut into clauses at commas (and at 、 where every item has its own figure). The words
of a clause before a figure are items, periods, measures, comparisons, verbs (`words`); an item
stays what is spoken of until the next (`frames`). A figure of which no item can be told makes no
statement and is told.
"""

import re
from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from indexer.layout import Places
from indexer.narrative.brackets import depth_behind, last_open
from indexer.narrative.clauses import SENTENCE, Clause, clauses
from indexer.narrative.figures import figures, noun_behind
from indexer.narrative.frames import Frames, Item
from indexer.narrative.lexicon import lexicon
from indexer.narrative.passages import Running
from indexer.narrative.sections import ACCOUNT, NUMBER, SIDES, section_item
from indexer.narrative.series import UNKNOWN, is_last_of_numbers, items
from indexer.narrative.series import Item as Given
from indexer.narrative.tokens import Token, tokens
from indexer.narrative.untold import Reason, Untold
from indexer.narrative.words import Period, Words, period_of, words_of
from search.amounts import Quantity
from search.analysis import clean
from search.model import Role, Statement
from search.text import normalise

MAX_QUOTE: Final = 240
"""A quote that would run longer is cut to the figure's own clause."""

LONGEST_HEADING: Final = 40
"""A paragraph of more characters is no heading."""
SEVERAL: Final = 2
"""From so many items on, what they come to together is none of them."""
_NUMBER_OF = re.compile(r"(?:个数|数量|人数|户数|次数)$")
_STATE = re.compile(r"实有|现有")
_TOPIC = re.compile(r"(?!主要|用于)[^,:、]{2,24}(?:费用?|经费|支出)")
"""Items of these, numbered or a sentence of their own, head what follows: 1.公务接待费。"""
_USE = re.compile(r"用于[\u4e00-\u9fff]{2,24}")
"""Behind a part of money, what it is for: 其中30万元用于审计."""
_SIGNS: Final = " ,、:\n"


@dataclass(frozen=True, slots=True)
class Reading:
    """What a passage states, what could not be told, and the item that it ends with."""

    statements: tuple[Statement, ...]
    untold: tuple[Untold, ...]
    item: str


def find_statements(
    of: Running,
    document: str,
    places: Places,
    names: Sequence[str] = (),
    *,
    year: int | None = None,
    section: Sequence[str] = (),
    item: str = "",
) -> Reading:
    """Return the statements of running text, in order; `quote` equals the source.

    `names` are the names of the document's own department, which say nothing of a subject; `year`
    is the document's; `section` the headings above; `item` is what the paragraph before, below
    the same heading, ended with.
    """
    close = _close(of)
    own = sorted({clean(name) for name in names if name}, key=lambda name: (-len(name), name))
    binder = _Binder(close, document, places, own, year)
    return binder.read(section_item(section, own), item)


def _close(of: Running) -> Running:
    """Return running text normalised and without spaces, but for those between digits."""
    text = normalise(of.text)
    keep = [
        i for i, char in enumerate(text)
        if not char.isspace() or re.match(r"[\d.,]\s+\d", text[max(0, i - 1) : i + 8])
        or re.match(r"[A-Za-z]\s[A-Za-z]", text[max(0, i - 1) : i + 2])
    ]  # fmt: skip
    if len(keep) == len(text):
        return Running(text, of.positions)
    return Running("".join(text[i] for i in keep), tuple(of.positions[i] for i in keep))


@dataclass(slots=True)
class _Years:
    """Of which years the sentence speaks."""

    year: int | None = None
    state: bool = False
    """Whether it is a date at which something stands."""
    latest: int | None = None
    """The latest that a level was said of."""


@dataclass(frozen=True, slots=True)
class _Region:
    """The words before a figure that are of it, without what leads to them."""

    start: int
    tokens: tuple[Token, ...]
    part: bool
    numbered: bool


@dataclass(frozen=True, slots=True)
class _Bound:
    """What a figure turned out to be of."""

    item: Item
    year: int | None
    role: Role


class _Binder:
    """Binds the figures of one running text to their items."""

    def __init__(
        self, of: Running, document: str, places: Places, names: list[str], year: int | None
    ) -> None:
        self.of = of
        self.text = of.text
        self.document = document
        self.places = places
        self.year = year
        self.names = names
        found = figures(self.text)
        self.torn = found.torn
        self.clauses = list(clauses(self.text, found.figures)) if found.figures else []
        self.series = items(self.text, found.figures)
        spans = (m.span() for name in names for m in re.finditer(re.escape(name), self.text))
        self.selves = sorted(spans, key=lambda span: (span[0], -span[1]))
        self.untold: list[Untold] = []
        self.frames = Frames()
        self.years = self.before = _Years()
        self.outside: tuple[Frames, _Years] | None = None
        self.depth = self.seen = self.first = 0
        self.spoke = self.pending = self.opening = False
        self.listed = -1
        self.counted = False
        self.last: tuple[Quantity, Words] | None = None

    def read(self, section: str, item: str) -> Reading:
        self.frames.section = Item(section) if section else None
        self.frames.carried = Item(item) if item else None
        if not self.clauses:
            return Reading((), self._torn(), self._heading() or item)
        said = tuple(self._statements())
        frames = self.frames
        last = frames.topic or frames.whole or frames.main or frames.carried
        return Reading(said, self._torn(), last.subject if last else "")

    def _torn(self) -> tuple[Untold, ...]:
        """Return what could not be told, figures whose digits are torn apart among it."""
        for figure in self.torn:
            self._tell(figure, "digits")
        return tuple(sorted(self.untold, key=lambda untold: untold.start))

    def _heading(self) -> str:
        """Return the item that a paragraph names alone: a heading that counts nothing."""
        return section_item((self.text,), self.names) if len(self.text) <= LONGEST_HEADING else ""

    def _statements(self) -> Iterator[Statement]:
        for index, clause in enumerate(self.clauses):
            if clause.close:
                self._begin_sentence(clause)
            if not clause.figures:
                self._pass(clause)
            begin = clause.start
            for number, figure in enumerate(clause.figures):
                self._enter(figure.start)
                said, begin = self._read(index, number, begin)
                if said is not None:
                    yield said
            self._enter(clause.end)

    def _begin_sentence(self, clause: Clause) -> None:
        if self.outside is not None:
            (self.frames, self.years), self.outside = self.outside, None
        if clause.start:
            self.frames.end_sentence(clause.close, spoke=self.spoke)
        if clause.close != ";":
            self.before, self.years, self.spoke = self.years, _Years(), False
        elif self.years.year == self.year and not self.years.state:
            self.years = _Years()
        self.depth, self.seen, self.first = 0, clause.start, clause.start
        self.pending, self.opening, self.listed = False, True, -1

    def _enter(self, at: int) -> None:
        """Note which brackets are open at a place; what they say ends with them."""
        before = self.depth
        self.depth = depth_behind(self.text[self.seen : at], self.depth)
        self.seen = at
        if self.depth and not before:
            self.outside = copy(self.frames), copy(self.years)
        elif before and not self.depth and self.outside is not None:
            (self.frames, self.years), self.outside = self.outside, None

    def _pass(self, clause: Clause) -> None:
        """Note what a clause without figures says of those behind it."""
        if self.depth:
            return
        of = self._region(clause.start, clause.end, clause.close)
        said = [t for t in of.tokens if not t.is_sign]
        if not said:
            if of.part:
                self.frames.begin_parts()
            return
        first = next((t for t in said if not t.has("pronoun", "self")), said[0])
        if first.is_period and not self.frames.aside:
            self._set_year(period_of(first))
        words = words_of(of.tokens, "money")
        self.pending |= words.compares
        if words.compares and words.role is Role.CHANGE:
            self.frames.compared_parts |= self.frames.whole is not None
        named = self.text[of.start : clause.end].strip(_SIGNS).split("、")
        ends = [name.endswith(lexicon().nouns["item"]) for name in named]
        if ends[-1] and sum(ends) >= SEVERAL:
            self.listed = words.at if words.at >= 0 else of.start
        if not self.frames.aside and self._is_topic(of, clause):
            text = self.text[of.start : clause.end].strip(_SIGNS)
            self.frames.set_topic(Item(words.subject or text, of.start))

    def _is_topic(self, of: _Region, clause: Clause) -> bool:
        """Return whether a clause names but an item, as a sentence of its own or numbered."""
        said = self.text[of.start : clause.end].strip(_SIGNS)
        if ACCOUNT.search(said):
            return True
        alone = clause.close != "" and SENTENCE.match(self.text + "。", clause.end) is not None
        return alone and _TOPIC.fullmatch(said) is not None

    def _region(self, begin: int, end: int, close: str = "") -> _Region:
        """Return the words before a figure behind leads, colons and brackets that are its own."""
        start, part, numbered = self._leads(begin, end)
        opened = start + last_open(self.text[start:end])
        colon = _colon(self.text, start, end)
        if colon > start:
            if (opened < start or opened > colon) and not self.frames.aside:
                self._head(start, colon, numbered=numbered)
            start, more, counted = self._leads(colon + 1, end)
            part, numbered = part or more, numbered or counted
        if opened >= start:
            start, more, counted = self._leads(opened + 1, end)
            part, numbered = part or more, numbered or counted
        of = self._tokens(start, end)
        for at in range(len(of) - 1, -1, -1):
            if of[at].has("lead", "cause"):
                self.frames.aside = True
                of = of[at + 1 :]
                break
            leads = at and of[at].has("lead", "part") and of[at - 1].text != "不"
            remark = last_open(self.text[of[0].start : of[at].start]) >= 0
            if leads and not remark and any(t.is_item for t in of[:at]):
                if (whole := words_of(of[:at], "money")).subject and at + 1 < len(of):
                    self.frames.take(Item(whole.subject, whole.at), "", "")
                    part, of = True, of[at + 1 :]
                break
        return _Region(of[0].start if of else end, of, part, numbered)

    def _leads(self, at: int, end: int) -> tuple[int, bool, bool]:
        """Return where the words behind leads begin, whether parts follow, and a number stands."""
        part = numbered = False
        while at < end:
            if self.text[at] in _SIGNS:
                at += 1
            elif (match := NUMBER.match(self.text, at, end)) and (match.end() < end):
                numbered, at = True, match.end()
            elif match := _lead().match(self.text, at, end):
                entry = lexicon().senses[match[0]]["lead"]
                part |= "part" in entry.flags
                self.frames.aside |= "cause" in entry.flags
                at = match.end()
            else:
                break
        return at, part, numbered

    def _tokens(self, start: int, end: int) -> tuple[Token, ...]:
        """Return the tokens of a stretch, in which the department's names are the department."""
        for begin, after in self.selves:
            if start <= begin and after < end:
                own = Token(begin, after, self.text[begin:after], lexicon().senses["本部门"])
                return (*tokens(self.text, start, begin), own, *self._tokens(after, end))
        return tokens(self.text, start, end)

    def _head(self, start: int, colon: int, *, numbered: bool) -> None:
        """Note the item before a colon, of which is spoken: 行政运行（项）：年初预算."""
        words = words_of(self._tokens(start, colon), "money")
        if not words.subject or words.role is not Role.LEVEL:
            return
        item = Item(words.subject, words.at)
        if ACCOUNT.search(item.subject) or numbered:
            self.frames.set_topic(item)
        elif item.subject.rstrip("”\")").endswith(lexicon().nouns["item"]):
            self.frames.take(item, "", "")

    def _read(self, index: int, number: int, begin: int) -> tuple[Statement | None, int]:
        """Return the statement of a figure, and where the words of the next begin."""
        figure = self.clauses[index].figures[number]
        given = self.series.get(figure.start)
        self.spoke = True
        if given == UNKNOWN or is_last_of_numbers(self.text, self.first, figure.start):
            self.frames.lose()
            self._tell(figure, "series")
            return None, figure.end
        of = self._region(begin, figure.start)
        words = self._after_change(words_of(of.tokens, figure.kind), figure)
        opens, behind = begin == self.first, ""
        item: Item | None
        if given is not None:
            item = self._given(given)
        else:
            behind = self._behind(words, of, figure)
            item = self._item(words, of, figure, behind, opens=opens)
        if item is None:
            self.frames.unbound = True
            self._tell(figure, "item")
            return None, figure.end
        if words.undecided:
            self._tell(figure, "direction")
        self.frames.kind = figure.kind
        if given is not None and given[2] is not None:
            words = replace(words, period=None, compared=None, prior=False)
        year, role = self._year_and_role(words, inherits=not words.subject and not behind)
        if role is Role.LEVEL and words.source and self._changes(figure.end, index):
            role = Role.PRIOR
        self.last, self.counted = (figure, words), bool(behind)
        said = self._statement(index, number, _Bound(item, year, role), of.start, words)
        if words.part is not None:
            self.frames.take(Item(*words.part), "", "")
        return said, figure.end + len(behind)

    def _after_change(self, words: Words, figure: Quantity) -> Words:
        """Return the words of a figure that goes on with the change before it.

        减少17万元(69.38%) is a change, 由3个减少为2个 is the level reached.
        """
        if self.last is None:
            return words
        before, change = self.last
        if change.source and words.becomes:
            return replace(words, role=Role.LEVEL, direction=None)
        between = self.text[before.end : figure.start]
        goes_on = words.role is Role.SHARE and not words.raw and between in {"(", ",("}
        if change.role is not Role.CHANGE or not goes_on:
            return words
        return replace(words, role=Role.CHANGE, direction=change.direction,
                       undecided=change.undecided)  # fmt: skip

    def _given(self, given: Given) -> Item | None:
        """Return the item of a figure of a series, and note its year."""
        subject, at, year = given
        if year is None:
            item = self.frames.take(Item(subject, at), "", "")
            self.frames.lost = True  # what is compared behind it may be of any of the series
            return item
        self.years.year = year
        if subject and not self.frames.lost:
            self.frames.take(Item(subject, at), "", "")
        return self.frames.inherit(Words(), "money", compares=False)

    def _changes(self, at: int, index: int) -> bool:
        """Return whether a verb of change follows a figure that it begins from: 由5万元增至…."""
        for token in tokens(self.text, at, self.clauses[index].end):
            if not token.is_sign:
                return token.of("change") is not None or token.has("link", "reached")
        return False

    def _behind(self, words: Words, of: _Region, figure: Quantity) -> str:
        """Return the noun behind a figure that has none before it."""
        said = [t for t in of.tokens if not t.is_sign]
        bare = all(
            t.of("link") or t.of("pronoun") or t.is_period or t.of("comparison")
            or t.of("measure") or (t.of("change") and not words.compares)
            for t in said
        ) and (said or self.frames.current is None or self.counted)
        if figure.kind == "count" and (words.have or (bare and not words.subject)):
            return noun_behind(self.text, figure.end)
        listed = (of.part or self.frames.whole is not None) and not said
        if figure.kind == "money" and listed and (use := _USE.match(self.text, figure.end)):
            return use[0]
        if figure.kind == "money" and not words.subject and self.frames.current is None:
            noun = noun_behind(self.text, figure.end, money=True)
            if noun.endswith(lexicon().nouns["item"]) and any(
                t.is_item for t in tokens(noun, 0, len(noun))
            ):
                return noun
        return ""

    def _item(
        self, words: Words, of: _Region, figure: Quantity, behind: str, *, opens: bool
    ) -> Item | None:
        """Return what a figure is of; None where that cannot be told."""
        frames = self.frames
        if of.part:
            frames.begin_parts()
        if behind:
            return frames.take(Item(behind, of.start), figure.unit, "")
        if words.base and words.subject:
            return Item(words.subject, words.at)
        goes_on = words.again and figure.kind == "count" and frames.current is not None
        if words.subject and not goes_on and not self._is_general(words, of):
            item = Item(words.subject, words.at)
            if words.total and self.listed >= 0:
                item = self._listed(item)
            numbered = of.numbered or ACCOUNT.search(item.subject) is not None
            if opens and numbered and frames.whole is None:
                frames.set_topic(item)
            return frames.take(item, figure.unit, words.action)
        if words.own and words.together and frames.parts + frames.items >= SEVERAL:
            return frames.take(Item(words.own, of.start), figure.unit, "")
        if of.part and words.raw and words.relative:
            return frames.take(Item(words.raw, of.start), figure.unit, "")
        if words.against and frames.silent and not frames.lost:
            return frames.take(Item(*words.against), figure.unit, "")
        item_or_none = frames.inherit(
            words, figure.kind, compares=words.compares or self.pending
        )
        side = words.side
        if side and not frames.unbound and (item_or_none is None or _is_other_side(item_or_none.subject, side)):
            return frames.take(Item(words.raw, of.start), figure.unit, "")
        if item_or_none is None and (words.own or words.alone):
            return frames.take(Item(words.own or words.alone, of.start), figure.unit, "")
        if item_or_none is None:
            return None
        subject = item_or_none.subject
        if figure.kind == "money":
            subject = _NUMBER_OF.sub("", subject) or subject
            frames.current = replace(item_or_none, subject=subject)
        elif _STATE.fullmatch(words.raw) and "编制" in subject:
            subject = subject.replace("编制", words.raw)
        return replace(item_or_none, subject=subject)

    def _is_general(self, words: Words, of: _Region) -> bool:
        """Return whether an item stands for the one above: 项目年初预算5万元 below its heading."""
        if words.subject not in lexicon().nouns["generic"]:
            return False
        known = self.frames.section is not None or not self.frames.silent
        return known and any(t.of("measure") for t in of.tokens)

    def _listed(self, last: Item) -> Item:
        """Return what a total behind a list is of: its name in brackets, or all its items."""
        named = re.search(r"\(([^()]+)\)$", last.subject)
        if named:
            return Item(named[1], self.listed)
        end = last.at + len(last.subject)
        return Item("".join(self.text[self.listed : end].split()), self.listed)

    def _set_year(self, period: Period) -> None:
        if period.start:
            return
        year = period.of(self.years.year, self.year)
        if period.year is None and period.offset == 0:
            year = None
        self.years.year = None if year == self.year else year
        self.years.state = period.state

    def _year_and_role(self, words: Words, *, inherits: bool) -> tuple[int | None, Role]:
        """Return the year that a figure is of where one is said, and its role."""
        years, period = self.years, words.period
        if self.frames.aside:
            years = copy(years)  # of which year a reason speaks matters to the reason alone
        again = (inherits and words.compares) or self.pending
        if self.opening and again and period is None and words.role is Role.CHANGE:
            years.year, years.state, years.latest = self.before.year, False, self.before.latest
        self.opening = False
        if words.prior and period is not None and period.year is not None:
            years.year, years.state = period.year, period.state
        now = years.year or self.year
        if words.prior and words.compared is not None:
            of = words.compared.of(years.year, self.year)
            if words.compared.start or (of is not None and of == now):
                return years.year, Role.LEVEL
            return of, Role.PRIOR
        year, state = years.year, years.state
        if period is not None and not period.start:
            year, state = period.of(years.year, self.year), period.state
            if period.year is None and period.offset == 0:
                year = None
            once = inherits and period.year is None and period.offset < 0
            if not once:
                years.year, years.state = year, state
            elif words.role is Role.LEVEL:
                return year, Role.PRIOR
        elif words.role is not Role.LEVEL and years.latest and year:
            year = max(year, years.latest)
        if words.role is not Role.LEVEL or state:
            return year, words.role
        if year is not None:
            years.latest = max(year, years.latest or year)
        earlier = year is not None and self.year is not None and year < self.year
        return year, Role.PRIOR if earlier else Role.LEVEL

    def _statement(
        self, index: int, number: int, bound: _Bound, start: int, words: Words
    ) -> Statement:
        figure = self.clauses[index].figures[number]
        at = bound.item.at
        begin, end = min(at, start) if at >= 0 else start, self._quote_end(index, number)
        if end - begin > MAX_QUOTE:
            begin = start
        begin += len(self.text[begin:end]) - len(self.text[begin:end].lstrip(_SIGNS))
        span = self.of.source(begin, end)
        place = self.of.source(figure.start, figure.end)
        last = number + 1 == len(self.clauses[index].figures)
        said = self._without_names(start, self.clauses[index].end if last else figure.end)
        subject = bound.item.subject
        return Statement(
            id=f"{self.document}-s{place[0]}",
            subject=subject,
            text=said if subject in said else f"{subject} {said}",
            value=figure.value,
            unit=figure.unit,
            kind=figure.kind,
            yuan=figure.base if figure.kind == "money" else None,
            year=bound.year,
            role=bound.role,
            direction=words.direction if bound.role is Role.CHANGE else None,
            basis=words.basis,
            quote=self.places.text[span[0] : span[1]],
            locator=self.places.locate(*span),
            figure=self.places.locate(*place),
        )

    def _quote_end(self, index: int, number: int) -> int:
        """Return where the quote ends: before the next figure's clause, commas left outside."""
        clause = self.clauses[index]
        if number + 1 < len(clause.figures):
            return clause.figures[number].end
        last = index
        while (
            last + 1 < len(self.clauses)
            and not self.clauses[last + 1].figures
            and self.clauses[last + 1].sentence == clause.sentence
            and self.clauses[last + 1].end - clause.start <= MAX_QUOTE
            and not _lead().match(self.text, self.clauses[last + 1].start)
        ):
            last += 1
        start, end = self.clauses[last].start, self.clauses[last].end
        return start + len(self.text[start:end].rstrip(_SIGNS))

    def _without_names(self, start: int, end: int) -> str:
        """Return text without the department's name, and what stands before it."""
        of = self._tokens(start, end)
        own = [i for i, t in enumerate(of) if t.has("pronoun", "self") and i + 1 < len(of)]
        rest = self.text[of[own[-1]].end if own else start : end]
        return "".join(rest.split()).strip(_SIGNS)

    def _tell(self, figure: Quantity, reason: Reason) -> None:
        place = self.of.source(figure.start, figure.end)
        printed = self.text[figure.start : figure.end]
        self.untold.append(Untold(printed, place[0], reason))


@cache
def _lead() -> re.Pattern[str]:
    """Return the pattern of words that lead to items or reasons, the longest first."""
    words = [word for word, senses in lexicon().senses.items() if "lead" in senses]
    return re.compile("|".join(sorted(map(re.escape, words), key=len, reverse=True)))


def _colon(text: str, start: int, end: int) -> int:
    """Return where the last colon stands that is none of a time or a ratio, else -1."""
    for at in range(end - 1, start, -1):
        if text[at] == ":" and not text[at + 1 : at + 2].isdigit():
            return at
        if text[at] == ":" and not text[at - 1].isdigit():
            return at
    return -1


def _is_other_side(subject: str, side: str) -> bool:
    """Return whether a subject is of the other side of the accounts, or of no side alone."""
    other = "收入" if side == "支出" else "支出"
    return subject in SIDES or (other in subject and side not in subject)

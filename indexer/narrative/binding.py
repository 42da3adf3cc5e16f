"""Binds the figures of one running text to their items, sentence by sentence."""

import re
from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import replace
from typing import Final

from indexer.layout import Places
from indexer.narrative.brackets import depth_behind
from indexer.narrative.clauses import SENTENCE, Clause, clauses
from indexer.narrative.figures import figures, noun_behind
from indexer.narrative.frames import SEVERAL, Frames, Item
from indexer.narrative.lexicon import lexicon
from indexer.narrative.passages import Running
from indexer.narrative.quotes import Bound, Quotes
from indexer.narrative.regions import SIGNS, Region, Regions
from indexer.narrative.sections import ACCOUNT, SIDES
from indexer.narrative.series import UNKNOWN, is_last_of_numbers, items
from indexer.narrative.series import Item as Given
from indexer.narrative.tokens import tokens
from indexer.narrative.untold import Reason, Untold
from indexer.narrative.words import Words, period_of, words_of
from indexer.narrative.years import Years
from search.amounts import Quantity
from search.model import Role, Statement

_NUMBER_OF: Final = re.compile(r"(?:个数|数量|人数|户数|次数)$")
_STATE: Final = re.compile(r"实有|现有")
_TOPIC: Final = re.compile(r"(?!主要|用于)[^,:、]{2,24}(?:费用?|经费|支出)")
"""Items of these, numbered or a sentence of their own, head what follows: 1.公务接待费。"""
_USE: Final = re.compile(r"用于[\u4e00-\u9fff]{2,24}")
"""Behind a part of money, what it is for: 其中30万元用于审计."""


class Binder:
    """Binds the figures of one running text, which has no spaces, to their items."""

    def __init__(
        self,
        of: Running,
        document: str,
        places: Places,
        names: Sequence[str],
        *,
        year: int | None,
        frames: Frames,
    ) -> None:
        self.of = of
        self.text = of.text
        found = figures(self.text)
        self.clauses = list(clauses(self.text, found.figures)) if found.figures else []
        self.untold: list[Untold] = []
        for start, end in found.torn:
            self.untold.append(Untold(self.text[start:end], of.source(start, end)[0], "digits"))
        self.frames = frames
        self._regions = Regions(self.text, names)
        self._quotes = Quotes(of, document, places, self.clauses, self._regions)
        self._series = items(self.text, found.figures)
        self._years = self._before = Years(year)
        self._outside: tuple[Frames, Years] | None = None
        """What was spoken of before a bracket opened."""
        self._depth = self._seen = self._first = 0
        self._spoke = False
        """Whether the sentence has figures."""
        self._pending = False
        """Whether a clause before compared: 与上年相比，"""
        self._opening = False
        """Whether no figure of the sentence has been read."""
        self._listed = -1
        """Where a list of items began in a clause before, else -1."""
        self._counted = False
        """Whether the noun of the figure before stood behind it."""
        self._last: tuple[Quantity, Words] | None = None

    def statements(self) -> Iterator[Statement]:
        """Yield the statements of the text, in order."""
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
        self._leave_bracket()
        if clause.start:
            self.frames.end_sentence(clause.close, spoke=self._spoke)
        if clause.close == ";":
            self._years = self._years.behind_semicolon()
        else:
            self._before, self._years, self._spoke = self._years, self._years.fresh(), False
        self._depth, self._seen, self._first = 0, clause.start, clause.start
        self._pending, self._opening, self._listed = False, True, -1

    def _enter(self, at: int) -> None:
        """Note which brackets are open at a place; what they say ends with them."""
        before = self._depth
        self._depth = depth_behind(self.text[self._seen : at], self._depth)
        self._seen = at
        if self._depth and not before:
            self._outside = copy(self.frames), copy(self._years)
        elif before and not self._depth:
            self._leave_bracket()

    def _leave_bracket(self) -> None:
        if self._outside is not None:
            (self.frames, self._years), self._outside = self._outside, None

    def _region(self, begin: int, end: int) -> Region:
        """Return the words before a place, and note what leads to them."""
        of, frames = self._regions.region(begin, end), self.frames
        if of.head is not None and not frames.aside:
            item = Item(of.head.subject, of.head.at)
            if of.head.topic:
                frames.set_topic(item)
            else:
                frames.take(item)
        frames.aside |= of.cause
        if of.whole is not None:
            frames.take(Item(*of.whole))
        return of

    def _pass(self, clause: Clause) -> None:
        """Note what a clause without figures says of those behind it."""
        if self._depth:
            return
        of, frames = self._region(clause.start, clause.end), self.frames
        if not of.said:
            if of.part:
                frames.begin_parts()
            return
        first = next((t for t in of.said if not t.has("pronoun", "self")), of.said[0])
        if first.is_period and not frames.aside:
            self._years.speak_of(period_of(first))
        words = words_of(of.tokens, "money")
        self._pending |= words.compares
        if words.compares and words.role is Role.CHANGE:
            frames.compared_parts |= frames.whole is not None
        said = self.text[of.start : clause.end].strip(SIGNS)
        ends = [name.endswith(lexicon().nouns["item"]) for name in said.split("、")]
        if ends[-1] and sum(ends) >= SEVERAL:
            self._listed = words.at if words.at >= 0 else of.start
        if not frames.aside and self._is_topic(said, clause):
            frames.set_topic(Item(words.subject or said, of.start))

    def _is_topic(self, said: str, clause: Clause) -> bool:
        """Return whether a clause names but an item, coded or as a sentence of its own."""
        ends = clause.end == len(self.text) or SENTENCE.match(self.text, clause.end) is not None
        alone = clause.close != "" and ends and _TOPIC.fullmatch(said) is not None
        return alone or ACCOUNT.search(said) is not None

    def _read(self, index: int, number: int, begin: int) -> tuple[Statement | None, int]:
        """Return the statement of a figure, and where the words of the next begin."""
        figure, frames = self.clauses[index].figures[number], self.frames
        given = self._series.get(figure.start)
        self._spoke = True
        if given == UNKNOWN or is_last_of_numbers(self.text, self._first, figure.start):
            frames.lose()
            self._tell(figure, "series")
            return None, figure.end
        of = self._region(begin, figure.start)
        words = self._after_change(words_of(of.tokens, figure.kind), figure)
        behind = ""
        if given is not None:
            item = self._given(given)
            words = replace(words, period=None, compared=None, prior=False)
        else:
            behind = self._behind(words, of, figure)
            item = self._item(words, of, figure, behind, opens=begin == self._first)
        if item is None:
            frames.unbound = True
            self._tell(figure, "item")
            return None, figure.end
        if words.undecided:
            self._tell(figure, "direction")
        frames.kind = figure.kind
        year, role = self._year_and_role(words, inherits=not words.subject and not behind)
        if role is Role.LEVEL and words.source and self._changes(figure.end, index):
            role = Role.PRIOR
        self._last, self._counted = (figure, words), bool(behind)
        bound = Bound(item, year, role, of.start)
        said = self._quotes.statement(index, number, bound, words)
        if words.part is not None:
            frames.take(Item(*words.part))
        return said, figure.end + len(behind)

    def _year_and_role(self, words: Words, *, inherits: bool) -> tuple[int | None, Role]:
        again = (inherits and words.compares) or self._pending
        if self._opening and again and words.period is None and words.role is Role.CHANGE:
            self._years.resume(self._before)
        self._opening = False
        years = self._years.aside() if self.frames.aside else self._years
        return years.read(words, inherits=inherits)

    def _after_change(self, words: Words, figure: Quantity) -> Words:
        """Return the words of a figure that goes on with the change before it.

        减少17万元(69.38%) is a change, 由3个减少为2个 is the level reached.
        """
        if self._last is None:
            return words
        before, change = self._last
        if change.source and words.becomes:
            return replace(words, role=Role.LEVEL, direction=None)
        between = self.text[before.end : figure.start]
        goes_on = words.role is Role.SHARE and not words.raw and between in {"(", ",("}
        if change.role is not Role.CHANGE or not goes_on:
            return words
        return replace(
            words, role=Role.CHANGE, direction=change.direction, undecided=change.undecided
        )

    def _given(self, given: Given) -> Item | None:
        """Return the item of a figure of a series, and note its year."""
        subject, at, year = given
        if year is None:
            item = self.frames.take(Item(subject, at))
            self.frames.lost = True  # what is compared behind it may be of any of the series
            return item
        self._years.year = year
        if subject and not self.frames.lost:
            self.frames.take(Item(subject, at))
        return self.frames.inherit(Words(), "money", compares=False)

    def _changes(self, at: int, index: int) -> bool:
        """Return whether a verb of change follows a figure that it begins from: 由5万元增至…."""
        for token in tokens(self.text, at, self.clauses[index].end):
            if not token.is_sign:
                return token.of("change") is not None or token.has("link", "reached")
        return False

    def _behind(self, words: Words, of: Region, figure: Quantity) -> str:
        """Return the noun behind a figure that has none before it."""
        frames = self.frames
        if figure.kind == "count":
            alone = bool(of.said) or frames.current is None or self._counted
            bare = alone and all(token.is_bare for token in of.said) and not words.compares
            if words.have or (bare and not words.subject):
                return noun_behind(self.text, figure.end)
        if figure.kind != "money" or words.subject:
            return ""
        listed = (of.part or frames.whole is not None) and not of.said
        if listed and (use := _USE.match(self.text, figure.end)):
            return use[0]
        if frames.current is None:
            noun = noun_behind(self.text, figure.end, money=True)
            ends = noun.endswith(lexicon().nouns["item"])
            return noun if ends and any(t.is_item for t in tokens(noun, 0, len(noun))) else ""
        return ""

    def _item(
        self, words: Words, of: Region, figure: Quantity, behind: str, *, opens: bool
    ) -> Item | None:
        """Return what a figure is of, which may `open` its sentence; None where it is not told."""
        frames = self.frames
        if of.part:
            frames.begin_parts()
        if words.base and words.subject:
            return Item(words.subject, words.at)
        if not behind and words.subject and not self._goes_on(words, of, figure):
            item = Item(words.subject, words.at)
            if words.total and self._listed >= 0:
                item = self._of_list(item)
            numbered = of.numbered or ACCOUNT.search(item.subject) is not None
            if opens and numbered and frames.whole is None:
                frames.set_topic(item)
            return frames.take(item, figure.unit, words.action)
        name = behind or self._measure(words, of)
        if name:
            return frames.take(Item(name, of.start), figure.unit)
        if words.against and frames.silent and not frames.lost:
            return frames.take(Item(*words.against), figure.unit)
        found = frames.inherit(words, figure.kind, compares=words.compares or self._pending)
        if name := _measure_instead(words, found, unbound=frames.unbound):
            return frames.take(Item(name, of.start), figure.unit)
        if found is None:
            return None
        if figure.kind == "money":
            found = replace(found, subject=_NUMBER_OF.sub("", found.subject) or found.subject)
            frames.current = found
        elif _STATE.fullmatch(words.raw) and "编制" in found.subject:
            found = replace(found, subject=found.subject.replace("编制", words.raw))
        return found

    def _goes_on(self, words: Words, of: Region, figure: Quantity) -> bool:
        """Return whether words that could name an item go on with the one spoken of.

        项目年初预算5万元 below a project's heading is that project's, 共接待国外0批次 what the
        visits cost.
        """
        frames = self.frames
        if words.again and figure.kind == "count":
            return frames.current is not None
        if words.subject not in lexicon().nouns["generic"]:
            return False
        known = frames.section is not None or not frames.silent
        return known and any(t.of("measure") for t in of.tokens)

    def _measure(self, words: Words, of: Region) -> str:
        """Return the measure that is an item of its own before any other could be."""
        if words.own and words.together and self.frames.parts + self.frames.items >= SEVERAL:
            return words.own
        return words.raw if of.part and words.relative else ""

    def _of_list(self, last: Item) -> Item:
        """Return what a total behind a list is of: its name in brackets, or all its items."""
        named = re.search(r"\(([^()]+)\)[^()]*$", last.subject)
        if named:
            return Item(re.sub("^(?:简称|即|统称)", "", named[1]), self._listed)
        end = last.at + len(last.subject)
        return Item(self.text[self._listed : end], self._listed)

    def _tell(self, figure: Quantity, reason: Reason) -> None:
        place = self.of.source(figure.start, figure.end)
        self.untold.append(Untold(self.text[figure.start : figure.end], place[0], reason))


def _measure_instead(words: Words, found: Item | None, *, unbound: bool) -> str:
    """Return the measure that is an item of its own where what is spoken of is none of it."""
    if words.side and not unbound and (found is None or _is_other_side(found.subject, words.side)):
        return words.raw
    return words.own or words.alone if found is None else ""


def _is_other_side(subject: str, side: str) -> bool:
    """Return whether a subject is of the other side of the accounts, or of no side alone."""
    other = "收入" if side == "支出" else "支出"
    return subject in SIDES or (other in subject and side not in subject)

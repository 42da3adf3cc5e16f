"""What the words before a figure say: its item, period, measure, and whether it is a change."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from indexer.narrative.lexicon import lexicon
from indexer.narrative.tokens import Token
from search.model import QuantityKind, Report, Role

Direction = Literal["增加", "减少"]

_EACH: Final = re.compile(
    r"每(?:人|户|月|年|天|次|个|名|平方米|辆|季|[人户]每|[\u4e00-\u9fff]{1,3}$)|/(?:人|户|月|年|天)|[人户生辆次车]均|单车"
    r"|标准(?:为|是|:|不超过|约|即)*\s*$"
)
"""A rate is said: of each, or a standard, which only counts right before the figure."""
_EACH_ONE: Final = re.compile(r"每[\u4e00-\u9fff]{1,3}$")
"""What a rate is for each of is no item: 每村10万元."""
_EITHER: Final = re.compile(r"[(/或、)]*")
"""Between the two verbs of a form's choice of which none was struck out."""
_UNTIL: Final = re.compile(
    r"[^\u4e00-\u9fffA-Za-z0-9]*(?:同期|指标|数|度|的|调整)*[^\u4e00-\u9fff]*"
)
_REPORTED: Final = re.compile(r"(?<=收入|支出)(?:预算|决算)数$")
"""Behind a side of the accounts this tells the report, not the item."""
SIDE_WORDS: Final = ("收入", "支出")
_NOT: Final = re.compile(r"[不至最]$")


@dataclass(frozen=True, slots=True)
class Period:
    """A year that words name: as such, or so many years from an anchor."""

    year: int | None = None
    offset: int = 0
    anchor: str = "document"
    state: bool = False
    """Whether it is a date at which something stands."""
    start: bool = False
    """Whether it is the beginning of the year: its own budget."""

    def of(self, clause: int | None, document: int | None) -> int | None:
        """Return the year, told from that of the clause or of the document."""
        if self.year is not None:
            return self.year
        base = document if self.anchor == "document" or clause is None else clause
        return None if base is None else base + self.offset


@dataclass(frozen=True, slots=True)
class Words:
    """What the words before a figure say of it."""

    subject: str = ""
    at: int = -1
    """The item and where it stands; empty where but measures, periods and verbs are said."""
    role: Role = Role.LEVEL
    direction: Direction | None = None
    undecided: bool = False
    """Whether it is a form's choice of verbs of which none was struck out."""
    period: Period | None = None
    """The figure's own period."""
    compared: Period | None = None
    """The period that something is compared with, where the figure is that period's or a change."""
    against: tuple[str, int] | None = None
    """The item that stands behind what is compared with: 相比2016年的总收入6871万元."""
    compares: bool = False
    """Whether a comparison is said before the figure."""
    prior: bool = False
    """Whether the figure is itself what is compared with, or what a change begins from."""
    basis: Report | None = None
    side: str | None = None
    total: bool = False
    own: str = ""
    """The measure that may stand for an item: 涉及资金."""
    becomes: bool = False
    """Whether 为 stands right behind the verb: 由3个减少为2个 tells the level reached."""
    source: bool = False
    """Whether 由 or 从 stands right before the figure."""
    alone: str = ""
    """The measure that is an item where nothing else is spoken of: 预算总额."""
    base: bool = False
    """Whether it is the whole of a share that follows: 占本年支出488.80万元的77%."""
    part: tuple[str, int] | None = None
    """What that share is of, where the words before 占 name it."""
    have: bool = False
    """Whether the noun may stand behind the figure: 设12个."""
    action: str = ""
    """The action that the item is one of: 购置 of 购置车辆."""
    again: bool = False
    """Whether the words go on with what is spoken of: 共接待国外0批次."""
    together: bool = False
    """Whether it is said to be so much together: 共涉及."""
    raw: str = ""
    """What is said, without signs and links at its ends."""
    relative: bool = False
    """Whether it begins with a period that is told from the document's: 本年预算安排."""


def words_of(of: Sequence[Token], kind: QuantityKind) -> Words:
    """Return what the tokens before a figure of a kind say."""
    compare, compared = _compared(of)
    change, role, direction, undecided = _change(of, kind, compare)
    stop = min(i for i in (compare, change, len(of)) if i >= 0)
    share = next((i for i, t in enumerate(of) if t.of("share")), -1)
    said = "".join(t.text for t in of)
    begin, base, part = 0, False, None
    if kind == "rate" or _EACH.search(said):
        role, direction = Role.RATE, None
    if 0 <= share < stop or (share >= 0 and kind == "share" and role is not Role.CHANGE):
        is_base = of[share].has("share", "base") and kind != "share" and role is Role.LEVEL
        if is_base:
            base, begin, stop = True, share + 1, len(of)
            if (core := _core(of[:share])).item:
                part = core.subject, core.at
        else:
            stop = min(stop, share)
    if change >= 0 and role is Role.CHANGE and _is_transitive(of, change, compare):
        begin, stop = change + 1, len(of)
    if kind == "count":
        begin = _held(of, begin, stop)
    core = _core(of[begin:stop])
    if role is Role.LEVEL and kind == "share":
        role = Role.SHARE
    against = role is Role.LEVEL and compare >= 0 and change < compare
    prior = against and compared is not None
    beside = of[compare:] if against else of[:compare] if compare >= 0 else of
    measures = [m for t in beside if (m := t.of("measure") or t.of("name"))]
    together = any(t.text in {"共", "共计"} for t in of)
    mine = [m for t in of[:stop] if (m := t.of("measure"))]
    total = any("total" in m.flags and ("own" not in m.flags or together) for m in mine)
    own = next((t.text for t in beside if t.has("measure", "own")), "")
    alone = next((t.text for t in beside if t.has("measure", "alone")), "")
    return Words(
        subject=core.subject if core.item else "",
        at=core.at,
        role=role,
        direction=direction,
        undecided=undecided,
        period=None if base else _period(of[:stop]),
        compared=compared,
        against=_against(of[compare + 1 : change if change > compare else len(of)])
        if compare >= 0
        else None,
        compares=compare >= 0,
        prior=prior,
        basis=next((m.basis for m in reversed(measures) if m.basis), None),
        side=next((m.side for m in reversed(measures) if m.side), None),
        total=total,
        own=own,
        alone=alone,
        becomes=0 <= change < len(of) - 1 and of[change + 1].text == "为",
        source=bool(of) and of[-1].has("comparison", "source"),
        base=base,
        part=part,
        have=core.have,
        action=core.action,
        again=any(t.has("link", "again") for t in of[:stop]),
        together=together,
        raw=_raw(of[begin:stop]),
        relative=next((t.of("period") for t in of if not t.is_sign), None) is not None,
    )


def _held(of: Sequence[Token], begin: int, stop: int) -> int:
    """Return where the words begin of what is counted, behind who has it: 某校内设处室10个."""
    for at in range(stop - 1, begin, -1):
        if of[at].has("link", "holds") and any(t.is_item for t in of[at + 1 : stop]):
            return at + 1
    return begin


def _compared(of: Sequence[Token]) -> tuple[int, Period | None]:
    """Return where a comparison begins and with which period, -1 where there is none."""
    for index, token in enumerate(of):
        entry = token.of("comparison")
        if entry is None:
            continue
        if "whole" in entry.flags:
            return index, None
        at = index + 1
        while at < len(of) and (of[at].text in {"于", "上"} or of[at].of("pronoun")):
            at += 1
        if at == len(of):
            if entry.name == "比" and token.text in {"相比", "相较", "对比", "比较"}:
                return index, None
            continue
        joins = token.text == "和" and not any(t.text in {"相比", "比较", "相较"} for t in of[at:])
        if of[at].is_period and not joins:
            return index, period_of(of[at])
        if of[at].of("measure") and not joins and "source" not in entry.flags:
            return index, None
    return -1, None


def period_of(token: Token) -> Period:
    """Return the period that a token names."""
    if token.year is not None:
        return Period(token.year, state=token.state)
    entry = token.of("period")
    assert entry is not None
    return Period(None, entry.offset, entry.anchor, start="start" in entry.flags)


def _change(
    of: Sequence[Token], kind: QuantityKind, compare: int
) -> tuple[int, Role, Direction | None, bool]:
    """Return where the verb of change stands that a figure is led by, its role and direction."""
    for at in range(len(of) - 1, -1, -1):
        token = of[at]
        if token.has("lead", "cause"):
            break
        entry = token.of("change")
        if entry is None or not _counts(of, at, kind, compare):
            continue
        if any(t.has("link", "reached") for t in of[at + 1 :]):
            return at, Role.LEVEL, None, False
        if entry.direction is None:
            return at, Role.CHANGE, None, False
        other = _opposite(of, at)
        if other >= 0:
            return other, Role.CHANGE, None, True
        return at, Role.CHANGE, entry.direction, False
    return -1, Role.LEVEL, None, False


def _counts(of: Sequence[Token], at: int, kind: QuantityKind, compare: int) -> bool:
    """Return whether the word of change at `at` says that the figure behind it is a change."""
    entry, behind = of[at].of("change"), of[at + 1 :]
    assert entry is not None
    before = of[at - 1].text if at else ""
    if "beyond" in entry.flags:
        leads = any(t.is_period or t.of("measure") for t in behind)
        return leads and not _NOT.search(before) and all(
            t.is_period or t.of("measure") or t.of("link") or t.of("name")
            or _UNTIL.fullmatch(t.text) for t in behind
        )  # fmt: skip
    if "compared" in entry.flags and compare < 0 and kind != "share":
        return False
    if _NOT.search(before):
        return False
    if "near" in entry.flags:
        return all(t.of("link") or t.is_sign for t in behind)
    return not any(t.is_item for t in behind) or _is_transitive(of, at, compare)


def _is_transitive(of: Sequence[Token], at: int, compare: int) -> bool:
    """Return whether an item stands behind the verb, and none before it: 增加人员经费5万元."""
    entry = of[at].of("change")
    if not any(t.is_item for t in of[at + 1 :]) or (entry and "beyond" in entry.flags):
        return False
    before = [t for t in of[:at] if t.is_item]
    return not before or (0 <= compare < at and not any(t.is_item for t in of[:compare]))


def _opposite(of: Sequence[Token], at: int) -> int:
    """Return where the other verb of a form's choice stands before or behind one, else -1."""
    mine = of[at].of("change")
    for other in range(at - 1, max(-1, at - 4), -1):
        entry = of[other].of("change")
        between = "".join(t.text for t in of[other + 1 : at])
        if entry and entry.direction and mine and _EITHER.fullmatch(between):
            return other if entry.direction != mine.direction else -1
    return -1


@dataclass(frozen=True, slots=True)
class _Core:
    """What is left of words when periods, verbs and measures at their ends are cut off."""

    subject: str = ""
    at: int = -1
    item: bool = False
    have: bool = False
    action: str = ""


def _core(of: Sequence[Token]) -> _Core:
    own = [i for i, t in enumerate(of) if t.has("pronoun", "self")]
    begin, end = (
        own[-1] + 1 if own and any(t.is_item or t.senses for t in of[own[-1] + 1 :]) else 0,
        len(of),
    )
    have = False
    while begin < end and _is_left(of, begin, end):
        begin += 1
    while end > begin:
        token = of[end - 1]
        if token.has("link", "have"):
            have = True
            if not (token.has("link", "left") or end - 1 > begin):
                end -= 1
                continue
        if not _is_right(of, begin, end):
            break
        end -= 1
    kept = of[begin:end]
    text = "".join("".join(t.text for t in kept).split())
    text = _EACH_ONE.sub("", _REPORTED.sub("", text))
    action = kept[0].text if len(kept) > 1 and kept[0].has("link", "action") else ""
    item = bool(text) and any(t.is_item for t in kept)
    at = kept[0].start if kept else -1
    return _Core(text, at, item, have, action)


def _raw(of: Sequence[Token]) -> str:
    own = [i for i, t in enumerate(of) if t.has("pronoun", "self")]
    begin, end = own[-1] + 1 if own else 0, len(of)
    while begin < end and (of[begin].is_sign or of[begin].has("link", "left") or of[begin].year):
        begin += 1
    while end > begin and (of[end - 1].is_sign or of[end - 1].of("link")):
        end -= 1
    return "".join("".join(t.text for t in of[begin:end]).split())


def _is_left(of: Sequence[Token], at: int, end: int) -> bool:
    """Return whether a token before an item is none of it."""
    token = of[at]
    if token.is_sign:
        return not re.search(r"[“\"《(【]", token.text)
    if token.year is not None or token.of("pronoun"):
        return True
    period = token.of("period")
    if period is not None:
        behind = of[at + 1 : end]
        verb = bool(behind) and (behind[0].has("link", "left") or behind[0].has("measure", "left"))
        return "strip" in period.flags or verb or not any(t.is_item for t in behind)
    if token.of("name"):
        return False
    if token.text in SIDE_WORDS and at + 2 < end:
        return of[at + 1].text in {"为", "包括"}
    return (
        token.has("link", "left")
        or (token.has("link", "right") and at + 1 < end and not of[at + 1].is_item)
        or token.has("measure", "left")
        or token.of("lead") is not None
        or token.of("comparison") is not None
    )


def _is_right(of: Sequence[Token], begin: int, end: int) -> bool:
    """Return whether a token behind an item is none of it."""
    token = of[end - 1]
    if token.is_sign:
        return not re.search(r"[”\")》】]", token.text)
    if token.year is not None or token.of("period") or token.of("comparison"):
        return True
    if token.has("link", "right") or token.has("measure", "strip") or token.of("share"):
        return True
    if token.of("measure") and end - begin > 1:
        before = of[end - 2]
        return before.year is not None or before.has("measure", "strip")
    return False


def _against(of: Sequence[Token]) -> tuple[str, int] | None:
    core = _core(of)
    return (core.subject, core.at) if core.item else None


def _period(of: Sequence[Token]) -> Period | None:
    """Return the figure's own period: a year anywhere, another word only before or behind all."""
    for index, token in enumerate(of):
        behind = of[index + 1].text if index + 1 < len(of) else ""
        if token.year is not None and not behind.startswith(lexicon().nouns["carried"]):
            return period_of(token)
    for index, token in enumerate(of):
        entry = token.of("period")
        if entry is None or "start" in entry.flags or any(t.is_item for t in of[:index]):
            continue
        if "strip" in entry.flags or not any(t.is_item for t in of):
            return period_of(token)
    return None

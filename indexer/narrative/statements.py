"""Finds the statements of a passage: each quantity bound to the subject it speaks of.

A sentence is cut into clauses at commas (and at 、 where every item has its own figure). The
subject of a figure is what its clause prints before it; a clause that only compares (比上年减少
…) or only names a role (2024年预算 …) inherits the subject of the clause before.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final, Literal

from indexer.layout import Places
from indexer.narrative.brackets import depth_behind, last_open
from indexer.narrative.passages import Running
from indexer.narrative.roles import COMPARED, basis, role_of
from indexer.narrative.series import UNKNOWN, Item, is_last_of_numbers, items
from search.amounts import find_quantities
from search.analysis import clean
from search.model import QuantityKind, Report, Role, Statement
from search.text import normalise

MAX_QUOTE: Final = 240
"""A quote that would run longer is cut to the figure's own clause."""
MAX_LIST: Final = 600
"""Characters of a list of parts; a comparison further behind does not speak of it."""
_LISTED: Final = 2
"""From so many parts after 其中 on, a comparison speaks of the whole again."""

_SENTENCE = re.compile(r"[。;!?]+|(?<=万元)\.(?!\d)")
_COMMA = re.compile(r"(?<!\d),|,(?!\d{3}(?!\d))|,(?=\d{4})")
_LIST = re.compile(r"、")
_LEAD = re.compile(
    r"(?:(?:其中|主要包括|支出包括|包括|具体(?:如下|包括)?|另外|同时|分别(?:为|是)|主要用于以下方面)[::,]?\s*"
    r"|\d{1,2}\s*[、.．](?!\d)\s*|[(（]?[一二三四五六七八九十]{1,3}[)）、]\s*|[(（]\d{1,2}[)）]\s*|[①-⑳]\s*)+"
)
_YEAR = re.compile(r"(?:截至|截止)?(20\d\d)\s*年(?:度|末|初|底|(?:\d{1,2}月(?:\d{1,2}日)?))?")
_EARLIER = re.compile(
    r"(?:(?:(?:相?比|相?较|与|同)(?:于|上)?\s*)(?:(?P<year>20\d\d)\s*年|上年|去年|上一年|(?P<initial>年初))"
    r"|上年|去年|上一年)"
    r"(?:度|同期|的|年初|调整|全年|财政拨款|预算|决算|执行|支出|收入|安排|完成)*+数?(?:的|为|是)?"
)
"""A figure that another is compared with is one of that year: 比上年100万元减少5万元."""
_FROM = re.compile(
    r"[由从](?:(?P<year>20\d\d)\s*年|上年|去年|上一年|(?P<initial>年初))"
    r"(?:度|同期|的|年初|调整|预算|决算|执行|支出)*+数?\s*$"
)
"""So is one that a change begins from: 由上年的1.5万元减少到1.2万元."""
_SPENT = re.compile(r"\s*(?:共计?|累计|实际)*(?:支出|花费)(?:共计?|为|约)*\s*")
"""What a number of visits or journeys cost, said behind it."""
_TOGETHER = re.compile(r"\s*共(?:计)?涉及")
"""What several items before come to is none of them."""
_CONDITION = re.compile(r"\s*(?:\((?:原值|含)\))?\s*\(?含?\)?\s*(?:以上|以下|以内|以外)")
# Words that name no subject of their own: years, roles, comparisons, verbs of being.
# Possessive, longest first: a run of such words splits in one way only.
_EMPTY = re.compile(
    r"(?:20\d\d\s*年[度末初底]?|支出预算|支出决算|预算支出|决算支出|同口径|"
    r"上年|去年|本年|当年|同期|相比|相较|共计|累计|更新购置|购置|接待|实有|现有|共有|核定|达到|其中|比重|比例|"
    r"增加|增长|上升|提高|减少|下降|降低|压减|压缩|缩减|预算|决算|执行|年初|全年|调整|安排|金额|资金|"
    r"平均|[车人户次生辆]均|分别|差值|相差|差异|[与比较同由为是共约计达到至的了数各均增减\s,、:()\"“”])++"
)
_PART_OF = re.compile(r"其中|包括")
_PARTS = re.compile(r"\s*其中\s*[:,、]?\s*")
"""A sentence that begins so goes on with the parts of what the one before speaks of."""
_PARTED = re.compile(r"其中[^。]*;[^。]*。\s*$")
"""Behind a list of parts like this a comparison may be of the whole or of the last part."""
_GOES_ON = re.compile(r"\s*(?:占|完成|同比|环比|共(?!有)|累计|涉及(?:项目)?(?:金额|资金))")
"""A clause that begins so speaks of the subject before it."""
_ACCOUNT = re.compile(r".*\([类款项]\)\s*")
"""An item of the classification as a sentence of its own: what follows speaks of it."""
_TOPIC = re.compile(r"(?!主要|用于)[^,:、]{2,24}(?:费用?|经费|支出)\s*")
"""So may other items be that are numbered or begin a paragraph: 1.公务接待费。"""
_HAS = re.compile(
    r"(?:共|现|拥|配|设|保)?有|配备|设立|[内下]设|对|含|其中|组织对|年中|召开|举办|(?:共|全年)?实施|(?:共)?安排"
)
_CAUSED = re.compile(r"(?:[其的]?主要(?:原因)?(?:是|为)|由于|原因(?:是|为))[:\s]*")
_OF = re.compile(r"^(?:收入|支出)(?:为|包括)(?=.)")
_LEADING = re.compile(
    r"^(?:含(?=.{2})(?:20\d\d年(?:度)?)?|(?:全年|本年)?安排(?=[^的]{3})|共(?:计)?(?=涉及)|[共现]有(?=.{2}))"
)
"""Words before a subject that are none of it."""
_NUMBER_OF = re.compile(r"(?:个数|数量|人数|户数|次数)$")
_ACTUAL = re.compile(r"(?:实有|现有)")
_NOUN = re.compile(
    r"(?:[\u4e00-\u9fff]+?(?=[全均已]|开展|进行|实施|组织|实行|纳入|[^\u4e00-\u9fff]|$))?"
)
"""What stands behind a figure that a verb leads to: 有3辆公务用车."""
_ROLE_TAIL = re.compile(
    r"(?:20\d\d年度?(?:年初|全年)?(?:预算|决算)数?|(?:年初|全年|调整)(?:调整)?预算数?|预算数|决算数)$"
)
_SELF = re.compile(r"(?:本|我)(?:部门|单位|中心|局)(?:\(单位\))?(?:共有|共|使用的|占有使用)?")


@dataclass(frozen=True, slots=True)
class _Clause:
    """A clause `start:end` of the running text with the sentence it belongs to."""

    start: int
    end: int
    sentence: int


def find_statements(
    of: Running, document: str, places: Places, names: Sequence[str] = ()
) -> tuple[Statement, ...]:
    """Return the statements of running text, in order; `quote` equals the source.

    `names` are the names of the document's own department, which say nothing of a subject.
    """
    text = normalise(of.text)
    own = sorted((clean(name) for name in names if name), key=len, reverse=True)
    return tuple(_Binder(of, text, document, places, own).statements())


def _clauses(text: str) -> Iterator[_Clause]:
    begin = 0
    for number, end in enumerate([*(m.start() for m in _SENTENCE.finditer(text)), len(text)]):
        if end > begin:
            yield from _cut(text, begin, end, number)
        match = _SENTENCE.match(text, end)
        begin = match.end() if match else end


def _cut(text: str, begin: int, end: int, sentence: int) -> Iterator[_Clause]:
    edges = [begin, *(m.end() for m in _COMMA.finditer(text, begin, end)), end]
    for start, stop in pairwise(edges):
        items = [start, *(m.end() for m in _LIST.finditer(text, start, stop)), stop]
        parts = list(pairwise(items))
        listed = len(parts) > 1 and all(any(find_quantities(text, a, b)) for a, b in parts)
        for a, b in parts if listed else [(start, stop)]:
            if re.search(r"\w", text[a:b]):
                yield _Clause(a, b, sentence)


@dataclass(slots=True)
class _Context:
    """What the clauses so far in a sentence speak of."""

    subject: str = ""
    at: int = -1
    year: int | None = None
    whole: tuple[str, int] | None = None
    """The subject before 其中, to which a comparison after the list returns."""
    parts: int = 0
    kind: QuantityKind | None = None
    """Of what kind the last figure was."""
    lost: bool = False
    """True where the last figures were of a series that does not say which is which."""


class _Binder:
    """Binds the quantities of one running text to their subjects."""

    def __init__(
        self, of: Running, text: str, document: str, places: Places, names: list[str]
    ) -> None:
        self.of = of
        self.text = text
        self.document = document
        self.places = places
        self.names = names
        self.clauses = list(_clauses(text))
        self.quantities = [
            [
                quantity
                for quantity in find_quantities(text, c.start, c.end)
                if not _CONDITION.match(text, quantity.end)
            ]
            for c in self.clauses
        ]
        self.series = items(text, [figure for clause in self.quantities for figure in clause])

    def statements(self) -> Iterator[Statement]:
        context, sentence = _Context(), -1
        outside: _Context | None = None
        first = seen = depth = 0
        topic, at = "", -1
        for index, clause in enumerate(self.clauses):
            said = self.text[clause.start : clause.end]
            if clause.sentence != sentence:
                sentence, first, outside = clause.sentence, clause.start, None
                depth, seen = 0, clause.start
                if _PARTS.match(said) and context.subject:
                    context = _Context(context.subject, context.at, lost=context.lost)
                elif not COMPARED.match(said.lstrip()):
                    context = _Context(topic, at)
                elif _PARTED.search(self.text, max(0, clause.start - MAX_LIST), clause.start):
                    context = _Context(lost=True)
            if not self.quantities[index] and (begins := self._topic(clause)) is not None:
                at = begins
                topic = self._subject(self.text[at : clause.end])
            if _PARTS.fullmatch(said) and context.subject:
                context.whole, context.parts = (context.subject, context.at), 0
            begin = clause.start
            for number, quantity in enumerate(self.quantities[index]):
                depth, seen = depth_behind(self.text[seen : quantity.start], depth), quantity.start
                if depth and outside is None:
                    outside = replace(context)
                elif outside is not None and not depth:
                    context, outside = outside, None
                given = self.series.get(quantity.start)
                if given == UNKNOWN or is_last_of_numbers(self.text, first, quantity.start):
                    context = _Context(lost=True)
                elif statement := self._bind(context, index, number, begin, given):
                    yield statement
                begin = quantity.end

    def _topic(self, clause: _Clause) -> int | None:
        """Return where the item begins that a clause without figures names alone, if it does."""
        said = self.text[clause.start : clause.end]
        lead = _LEAD.match(said)
        at = lead.end() if lead else 0
        ends = _SENTENCE.match(self.text, clause.end) is not None
        begins = clause.start == 0 or lead is not None
        named = begins and ends and _TOPIC.fullmatch(said, at) is not None
        return clause.start + at if named or _ACCOUNT.fullmatch(said) else None

    def _bind(
        self,
        context: _Context,
        index: int,
        number: int,
        begin: int,
        given: Item | None,
    ) -> Statement | None:
        """Return the statement of a quantity and note in `context` what it speaks of.

        `given` is its subject, with its place, where a series names it. None is returned where
        the subject is that of figures before, and theirs is not known.
        """
        quantity = self.quantities[index][number]
        before = self.text[begin : quantity.start]
        blank = len(before) - len(before.lstrip(" ,、以及和" if number else " ,、"))
        lead = _LEAD.match(before, blank)
        skipped = lead.end() if lead else blank
        skipped = max(skipped, before.rfind(":") + 1, last_open(before) + 1)
        self._note_account(context, before, lead.end() if lead else blank, begin)
        within = _LEAD.match(before, skipped)
        skipped = within.end() if within else skipped
        cause = _CAUSED.match(before, skipped)
        skipped = cause.end() if cause else skipped
        own, start = before[skipped:], begin + skipped
        part = lead is not None and _PART_OF.search(lead[0]) is not None
        if part and context.subject:
            context.whole, context.parts = (context.subject, context.at), 0
        compared = COMPARED.search(own)
        role, direction, verb = role_of(quantity, own)
        from_it = _FROM.search(own) if role is Role.LEVEL else None
        compared = from_it or compared
        named = own[: min(compared.start() if compared else len(own), verb)]
        if _HAS.fullmatch(self._subject(named)) or (cause and not named.strip()):
            behind = _NOUN.match(self.text, quantity.end)
            named = (behind[0] if behind else "") or named
        inherits = (
            not own.strip()
            or _GOES_ON.match(own) is not None
            or (_EMPTY.fullmatch(named or "的") is not None and not (part and named.strip()))
            or (context.kind == "count" and _SPENT.fullmatch(own) is not None)
        )
        inherits &= not (context.parts >= _LISTED and _TOGETHER.match(own))
        if given is not None:
            context.subject, context.at = given
            context.lost = True  # what is compared behind it may be of any of the series
        elif inherits and context.lost:
            return None
        elif not inherits or not context.subject:
            context.subject, context.at = self._subject(named or own) or own.strip(), start
            context.parts, context.lost = context.parts + 1, False
        elif (
            (compared or (quantity.kind == "money" and context.kind == "count"))
            and context.whole
            and context.parts >= _LISTED
        ):
            context.subject, context.at = context.whole
            context.whole = None
        elif quantity.kind == "money":
            context.subject = _NUMBER_OF.sub("", context.subject) or context.subject
        elif _ACTUAL.fullmatch(own.strip()) and "编制" in context.subject:
            context.subject = context.subject.replace("编制", own.strip())
        context.year, context.kind = _year_of(own, compared) or context.year, quantity.kind
        of, beside = context, own[: compared.start()] if compared else own
        with_it = own[compared.start() :] if compared else own
        if role is Role.LEVEL and (earlier := from_it or _EARLIER.fullmatch(with_it.strip())):
            named = earlier["year"]
            beside = with_it
            if int(named) != context.year if named else not earlier["initial"]:
                role = Role.PRIOR
                last = context.year and context.year - 1
                of = replace(context, year=int(named) if named else last)
        return self._statement(
            index, number, of, start, role=role, direction=direction, basis=basis(beside)
        )

    def _note_account(self, context: _Context, before: str, start: int, begin: int) -> None:
        """Note the account before a colon, of which is spoken: 行政运行（项）：年初预算."""
        colon = before.rfind(":")
        if colon > start and _ACCOUNT.fullmatch(before[start:colon]):
            context.subject, context.at = self._subject(before[start:colon]), begin + start

    def _statement(
        self,
        index: int,
        number: int,
        context: _Context,
        start: int,
        *,
        role: Role,
        direction: Literal["增加", "减少"] | None,
        basis: Report | None,
    ) -> Statement:
        quantity = self.quantities[index][number]
        begin, end = min(context.at, start), self._quote_end(index, number)
        if end - begin > MAX_QUOTE:
            begin = start
        begin += len(self.text[begin:end]) - len(self.text[begin:end].lstrip(" ,、"))
        span = self.of.source(begin, end)
        figure = self.of.source(quantity.start, quantity.end)
        last = number + 1 == len(self.quantities[index])
        said = self.text[start : self.clauses[index].end if last else quantity.end]
        subject = _ROLE_TAIL.sub("", context.subject) or context.subject
        subject = re.sub(r"(?<=..)20\d\d年度?$", "", subject)
        said = self._without_names("".join(said.split())).strip(" ,、:")
        return Statement(
            id=f"{self.document}-s{figure[0]}",
            subject=subject,
            text=said if subject in said else f"{subject} {said}",
            value=quantity.value,
            unit=quantity.unit,
            kind=quantity.kind,
            yuan=quantity.base if quantity.kind == "money" else None,
            year=context.year,
            role=role,
            direction=direction,
            basis=basis,
            quote=self.places.text[span[0] : span[1]],
            locator=self.places.locate(*span),
            figure=self.places.locate(*figure),
        )

    def _quote_end(self, index: int, number: int) -> int:
        """Return where the quote ends: before the next figure's clause, commas left outside."""
        quantities = self.quantities[index]
        if number + 1 < len(quantities):
            return quantities[number].end
        last = index
        while (
            last + 1 < len(self.clauses)
            and not self.quantities[last + 1]
            and self.clauses[last + 1].sentence == self.clauses[index].sentence
            and self.clauses[last + 1].end - self.clauses[index].start <= MAX_QUOTE
            and not _LEAD.match(self.text, self.clauses[last + 1].start)
        ):
            last += 1
        start, end = self.clauses[last].start, self.clauses[last].end
        return start + len(self.text[start:end].rstrip(" ,、:"))

    def _subject(self, named: str) -> str:
        """Return the subject without the department, the year before it, the verb after it."""
        text = "".join(named.split())
        text = re.sub(r"^(?:截至|截止)?20\d\d\s*年(?:度|末|初|底)?(?=.)", "", text)
        text = self._without_names(text)
        text = re.sub(r"^20\d\d\s*年(?:度)?(?=.)", "", text)
        text = _LEADING.sub("", _OF.sub("", text))
        return re.sub(r"(?:共计|共|分别|各|均|为|约|是|已|达到|达|:)+$", "", text) or text

    def _without_names(self, text: str) -> str:
        for name in (*self.names,):
            found = text.find(name)
            if found >= 0 and len(text) > found + len(name):
                text = text[:found] + re.sub(r"^(?:共有|共)", "", text[found + len(name) :])
                break
        match = _SELF.match(text)
        return text[match.end() :] if match and match.end() < len(text) else text


def _year_of(own: str, compared: re.Match[str] | None) -> int | None:
    """Return the fiscal year that the words before a figure name as the figure's own."""
    match = _YEAR.search(own[: compared.start()] if compared else own)
    return int(match[1]) if match else None

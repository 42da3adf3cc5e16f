"""The words before a figure that are its own: behind leads, numbers, colons and brackets."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from indexer.narrative.brackets import last_open
from indexer.narrative.lexicon import lexicon
from indexer.narrative.sections import ACCOUNT, NUMBER
from indexer.narrative.tokens import Token, tokens
from indexer.narrative.words import words_of
from search.model import Role

SIGNS = " ,、:\n"
"""What stands between the parts of a sentence and belongs to none."""


@dataclass(frozen=True, slots=True)
class Head:
    """An item before a colon, of which is spoken behind it; a `topic` is numbered or coded."""

    subject: str
    at: int
    topic: bool


@dataclass(frozen=True, slots=True)
class Region:
    """The words of a figure, or of a clause without one, and what leads to them."""

    start: int
    tokens: tuple[Token, ...]
    part: bool = False
    """Whether parts of what was said before follow."""
    cause: bool = False
    """Whether a reason or a purpose is told."""
    numbered: bool = False
    head: Head | None = None
    whole: tuple[str, int] | None = None
    """The item before a lead to parts: 一般公共预算支出包括基本支出5万元."""

    @property
    def said(self) -> list[Token]:
        """The tokens without punctuation."""
        return [token for token in self.tokens if not token.is_sign]


@dataclass(slots=True)
class _Leads:
    """What leads say that have been passed."""

    part: bool = False
    cause: bool = False
    numbered: bool = False


class Regions:
    """Finds the regions of one text, in which `names` are those of the department itself."""

    def __init__(self, text: str, names: Sequence[str]) -> None:
        self._text = text
        spans = (m.span() for name in names for m in re.finditer(re.escape(name), text))
        self._selves = sorted(spans, key=lambda span: (span[0], -span[1]))

    def region(self, begin: int, end: int) -> Region:
        """Return the words of `text[begin:end]` behind leads, colons and open brackets."""
        leads, head = _Leads(), None
        start = self._behind_leads(begin, end, leads)
        opened = start + last_open(self._text[start:end])
        colon = _colon(self._text, start, end)
        if colon > start:
            if (opened < start or opened > colon) and not leads.cause:
                head = self._head(start, colon, numbered=leads.numbered)
            start = self._behind_leads(colon + 1, end, leads)
        if opened >= start:
            start = self._behind_leads(opened + 1, end, leads)
        of, whole = self._behind_inner_lead(self.tokens(start, end), leads)
        start = of[0].start if of else end
        return Region(start, of, leads.part, leads.cause, leads.numbered, head, whole)

    def tokens(self, start: int, end: int) -> tuple[Token, ...]:
        """Return the tokens of a stretch, in which the department's names are the department."""
        for begin, after in self._selves:
            if start <= begin and after < end:
                own = Token(begin, after, self._text[begin:after], lexicon().senses["本部门"])
                return (*tokens(self._text, start, begin), own, *self.tokens(after, end))
        return tokens(self._text, start, end)

    def without_names(self, start: int, end: int) -> str:
        """Return text without the department's name, and what stands before it."""
        of = self.tokens(start, end)
        own = [i for i, t in enumerate(of) if t.has("pronoun", "self") and i + 1 < len(of)]
        rest = self._text[of[own[-1]].end if own else start : end]
        return "".join(rest.split()).strip(SIGNS)

    def _behind_leads(self, at: int, end: int, leads: _Leads) -> int:
        """Return where the words behind leads begin, and note in `leads` what those say."""
        while at < end:
            if self._text[at] in SIGNS:
                at += 1
            elif (match := NUMBER.match(self._text, at, end)) and match.end() < end:
                leads.numbered, at = True, match.end()
            elif match := lead_words().match(self._text, at, end):
                flags = lexicon().senses[match[0]]["lead"].flags
                leads.part |= "part" in flags
                leads.cause |= "cause" in flags
                at = match.end()
            else:
                break
        return at

    def _behind_inner_lead(
        self, of: tuple[Token, ...], leads: _Leads
    ) -> tuple[tuple[Token, ...], tuple[str, int] | None]:
        """Return the tokens behind a lead among them, and the whole before it if parts follow."""
        for at in range(len(of) - 1, -1, -1):
            if of[at].has("lead", "cause"):
                leads.cause = True
                return of[at + 1 :], None
            if not at or not of[at].has("lead", "part") or of[at - 1].text == "不":
                continue
            remark = last_open(self._text[of[0].start : of[at].start]) >= 0
            if remark or at + 1 == len(of) or not any(t.is_item for t in of[:at]):
                continue
            whole = words_of(of[:at], "money")
            if whole.subject:
                leads.part = True
                return of[at + 1 :], (whole.subject, whole.at)
            break
        return of, None

    def _head(self, start: int, colon: int, *, numbered: bool) -> Head | None:
        words = words_of(self.tokens(start, colon), "money")
        if not words.subject or words.role is not Role.LEVEL:
            return None
        topic = numbered or ACCOUNT.search(words.subject) is not None
        if not topic and not words.subject.rstrip('”")').endswith(lexicon().nouns["item"]):
            return None
        return Head(words.subject, words.at, topic)


@cache
def lead_words() -> re.Pattern[str]:
    """Return the pattern of words that lead to items or reasons, the longest first."""
    words = [word for word, senses in lexicon().senses.items() if "lead" in senses]
    return re.compile("|".join(sorted(map(re.escape, words), key=len, reverse=True)))


def _colon(text: str, start: int, end: int) -> int:
    """Return where the last colon stands that is none of a time or a ratio, else -1."""
    for at in range(end - 1, start, -1):
        if text[at] == ":" and not (text[at - 1].isdigit() and text[at + 1 : at + 2].isdigit()):
            return at
    return -1

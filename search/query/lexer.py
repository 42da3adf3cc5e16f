"""Query text → tokens, each with its span in what was typed."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise
from typing import Final, Literal

from search.fields import BY_NAME, PREFIXES
from search.query.quantities import Reading, read_comparison, stands_alone
from search.query.tree import Comparison, Node, Number, Phrase, Prefixed, Word
from search.query.wording import (
    AND,
    DIRECTIONS,
    NOT,
    OR,
    PRICES,
    SHARES,
    alternatives,
    asked,
    superlatives,
)
from search.query.years import read_said_years, read_years
from search.results import QueryWarning

COLUMN: Final = BY_NAME["column"].prefixes
"""The prefixes that bind the comparison after them to a column."""

ORDER: Final = BY_NAME["sort"].prefixes[0]
TYPE: Final = BY_NAME["type"].prefixes[0]

_DEEPEST: Final = 8
"""How often the rest of a word is read again; real text needs one or two."""

_SEPARATOR = re.compile(r"(?:[\s,;:。、?]|!(?!=))+")
_SPACE = re.compile(r"\s*")
_QUOTES: Final = {**dict.fromkeys('"“”″', '"“”″'), "「": "」", "『": "』"}
_LETTER = r"[0-9A-Za-z\u3400-\u9fff]"
_PREFIX = re.compile(rf"(?P<prefix>{alternatives(PREFIXES)})\s*:\s*", re.IGNORECASE)
_JOINERS: Final[tuple[tuple[Literal["or", "and", "not"], re.Pattern[str]], ...]] = (
    ("or", re.compile(rf"\|+|(?:{alternatives(OR)})(?!{_LETTER})", re.IGNORECASE)),
    ("and", re.compile(rf"&+|(?:{alternatives(AND)})(?!{_LETTER})", re.IGNORECASE)),
    ("not", re.compile(rf"(?:{alternatives(NOT)})(?!{_LETTER})|(?<![^\W_])[-−](?=\S)", re.I)),
)
_COLUMN = re.compile(r"[\[【]\s*(?P<name>[^\[\]【】\"\s][^\[\]【】\"]{0,60})[\]】]")
_SAID_BEFORE = re.compile(
    rf"(?P<change>{alternatives(DIRECTIONS)})?(?P<share>{alternatives(SHARES)})?$"
)
"""Words at the end of another that belong to the comparison after them: 公务接待费减少 > 5万元."""
# 〔2023〕47号 is the number of an official document, not a year.
_DOCUMENT_NUMBER = re.compile(r"[\[【〔〈(]\d{4}[\]】〕〉)]\s?第?\d+号")
# 因公出国(境)费 is one word.
_GLUED_GROUP = re.compile(r"\([A-Za-z\u3400-\u9fff、]{1,30}\)")
_CODE = re.compile(r"(?:\d{7}|\d{5}|\d{3})(?!\d|[-/.:]\d|,\d{3}(?!\d)|[A-Za-z])")
_DIGITS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d+(?:[-/.:]\d+)*")
_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9]*")
_ENDS_VALUE: Final = frozenset(" \t\r\n,;:。、!?()|&[]【】「」『』<>=≥≤≠≧≦⩾⩽" + '"“”″')


@dataclass(frozen=True, slots=True)
class Token:
    """A bracket, a joining word, or a node of the tree."""

    kind: Literal["(", ")", "or", "and", "not", "node"]
    start: int
    end: int
    node: Node | None = None


def tokens(text: str, *, keep_asking: bool = False) -> tuple[list[Token], list[QueryWarning]]:
    """Return the tokens of normalised `text`, and warnings of what was skipped or assumed.

    Words of a question (哪些部门, 是多少) are skipped unless `keep_asking`. Raises QueryError for
    a comparison that cannot be read.
    """
    lexer = _Lexer(text, 0, _DEEPEST, keep_asking=keep_asking)
    lexer.run()
    return lexer.tokens, lexer.warnings


class _Lexer:
    """Reads `text`, which stands at `offset` of the query."""

    def __init__(self, text: str, offset: int, depth: int, *, keep_asking: bool) -> None:
        self.text = text
        self.offset = offset
        self.depth = depth
        self.keep_asking = keep_asking
        self.at = 0
        self.word: int | None = None
        """Where the word that is being collected begins."""
        self.tokens: list[Token] = []
        self.warnings: list[QueryWarning] = []

    def run(self) -> None:
        while self.at < len(self.text):
            if not (self._mark() or self._opening() or self._figure()):
                self._collect()
        self._flush()

    def _mark(self) -> bool:
        """Read separators, quotes, brackets and `|`, which end a word wherever they stand."""
        char = self.text[self.at]
        separator = _SEPARATOR.match(self.text, self.at)
        if separator is not None:
            self._flush()
            self.at = separator.end()
        elif char in _QUOTES or char in "」』":
            self._flush()
            self._quoted()
        elif char in "()":
            self._bracket(char)
        elif char in "|&":
            self._flush()
            self._joiner()
        elif char in "[]【】":
            return self._column(char)
        else:
            return False
        return True

    def _opening(self) -> bool:
        """Read what only stands where a word could begin: prefixes and joining words."""
        if self.word is not None:
            return False
        prefix = _PREFIX.match(self.text, self.at)
        if prefix is not None:
            self._prefixed(prefix)
            return True
        return self._joiner()

    def _figure(self) -> bool:
        """Read comparisons and years, which may be glued to words; codes begin where words do."""
        at = self.at
        reading = self._compares(at, begins=self.word is None)
        if reading is not None and self._is_named_price(reading.node):
            self.at = reading.node.end
            return True
        if reading is not None:
            self._flush()
            self._node(reading.node, at, reading.node.end)
            if reading.bare:
                typed = self.text[at : reading.node.end]
                message = f"没有比较符号，按“= {typed}”理解；加引号则按原文检索"
                self._warn(message, at, reading.node.end)
            self._runs_on(at, reading.node)
            return True
        said = read_said_years(self.text, at)
        years = said or read_years(self.text, at)
        code = _CODE.match(self.text, at) if self.word is None else None
        if years is not None:
            self._flush()
            self._node(years, at, years.end)
            if said is not None:
                meant = "–".join(map(str, sorted({said.first, said.last})))
                self._warn(f"“{self.text[at : said.end]}”按 {meant} 年度理解", at, said.end)
        elif code is not None:
            self._node(Number(code[0]), at, code.end())
        return years is not None or code is not None

    def _runs_on(self, at: int, node: Comparison) -> None:
        """Tell that letters right behind a number are no part of it: 1e9."""
        rest = None if node.unit else _LATIN.match(self.text, node.end)
        if rest is not None:
            number = self.text[at : node.end]
            message = f"“{rest[0]}”不是能读的单位或数字，比较的是“{number}”，其余按文字检索"
            self._warn(message, at, rest.end())

    def _is_named_price(self, node: Comparison) -> bool:
        """Return whether an amount is part of a name: 单价100万元以上设备."""
        before = "" if self.word is None else self.text[self.word : self.at]
        return before.endswith(PRICES) and self.text[node.end : node.end + 1].isalpha()

    def _collect(self) -> None:
        """Take the next run into the word; signs at its beginning are no part of it."""
        run = _DIGITS.match(self.text, self.at) or _LATIN.match(self.text, self.at)
        if self.word is None and self.text[self.at].isalnum():
            self.word = self.at
        self.at = run.end() if run else self.at + 1

    def _flush(self) -> None:
        """End the word that is being collected."""
        if self.word is None:
            return
        start, self.word = self.word, None
        piece = self.text[start : self.at]
        while not piece[-1].isalnum() and not (piece[-1] == ")" and "(" in piece):
            piece = piece[:-1]
        end = start + len(piece)
        cuts = [start, end]
        said = _SAID_BEFORE.search(piece)
        if said is not None and said[0] and self._comparison_follows(self.at):
            cuts[1:1] = [start + said.start(group) for group in said.groupdict() if said[group]]
        for begin, stop in pairwise(cuts):
            self._word(begin, stop)

    def _word(self, start: int, end: int) -> None:
        """Emit the text of a word without the question in it, which may part it."""
        done = start
        for first, last, least, projects in superlatives(self.text[start:end]):
            self._asked(done, start + first)
            done = start + last
            ends = done - len("项目") if projects else done
            self._node(Prefixed(ORDER, "金额升" if least else "金额"), start + first, ends)
            # The amount is that of the words: a project that only speaks of 公车 has another.
            self._node(Comparison(">=", Decimal(0), unit="元"), start + first, ends)
            if projects:
                self._node(Prefixed(TYPE, "项目"), ends, done)
        self._asked(done, end)

    def _asked(self, start: int, end: int) -> None:
        """Emit a part of a word without the question in it."""
        text, at = self.text[start:end], start
        left = [(0, len(text))] if self.keep_asking else asked(text)
        for first, last in left:
            self._skipped(at, start + first)
            self._piece(start + first, start + last)
            at = start + last
        self._skipped(at, end)

    def _piece(self, start: int, end: int) -> None:
        """Emit a piece of a word."""
        piece = self.text[start:end]
        if not piece:
            return
        if piece == self.text or not self.depth:
            self._node(Word(piece), start, end)
            return
        # On its own the piece may read otherwise: `3辆` of `3辆超过10万` is a quantity.
        inner = _Lexer(piece, self.offset + start, self.depth - 1, keep_asking=self.keep_asking)
        inner.run()
        self.tokens += inner.tokens
        self.warnings += inner.warnings

    def _skipped(self, start: int, end: int) -> None:
        if start < end:
            self._warn(f"“{self.text[start:end]}”是提问用语，不作检索词", start, end)

    def _quoted(self) -> None:
        found = self._quote(self.at)
        if found is None:
            self._warn("引号没有配对，已忽略", self.at, self.at + 1)
            self.at += 1
            return
        content, end = found
        if content:
            self._node(Phrase(content), self.at, end)
        self.at = end

    def _quote(self, at: int) -> tuple[str, int] | None:
        closing = _QUOTES.get(self.text[at : at + 1])
        ends = [self.text.find(mark, at + 1) for mark in closing or ""]
        end = min((end for end in ends if end > 0), default=None)
        return None if end is None else (self.text[at + 1 : end].strip(), end + 1)

    def _bracket(self, char: str) -> None:
        group = _DOCUMENT_NUMBER.match(self.text, self.at) or _GLUED_GROUP.match(self.text, self.at)
        if self.word is not None and group is not None:
            self.at = group.end()
            return
        self._flush()
        self._emit("(" if char == "(" else ")", self.at, self.at + 1)

    def _column(self, char: str) -> bool:
        """Read `[列名]`, which within a word needs a comparison after it."""
        match = _COLUMN.match(self.text, self.at)
        if _DOCUMENT_NUMBER.match(self.text, self.at):
            return False
        if match is not None and (self.word is None or self._comparison_follows(match.end())):
            self._flush()
            self._node(Prefixed(COLUMN[0], match["name"].strip()), self.at, match.end())
            return True
        if self.word is None:
            self._warn(f"方括号“{char}”没有配对，已忽略", self.at, self.at + 1)
        return False

    def _joiner(self) -> bool:
        for kind, pattern in _JOINERS:
            match = pattern.match(self.text, self.at)
            if match is not None:
                self._emit(kind, self.at, match.end())
                return True
        return False

    def _prefixed(self, match: re.Match[str]) -> None:
        start = self.at
        value, end = self._quote(match.end()) or self._value(match.end())
        if value:
            self._node(Prefixed(match["prefix"].lower(), value), start, end)
        else:
            self._warn(f"“{match['prefix']}:”后面没有写值，已忽略", start, end)
            self.at = end

    def _value(self, begin: int) -> tuple[str, int]:
        at = begin
        while at < len(self.text):
            group = _GLUED_GROUP.match(self.text, at) if at > begin else None
            if group is None and (
                self.text[at] in _ENDS_VALUE or (at > begin and self._compares(at, begins=False))
            ):
                break
            run = group or _DIGITS.match(self.text, at)
            at = run.end() if run else at + 1
        return self.text[begin:at], at

    def _comparison_follows(self, at: int) -> bool:
        space = _SPACE.match(self.text, at)
        begin = space.end() if space else at
        return self._compares(begin, begins=begin > at) is not None

    def _compares(self, at: int, *, begins: bool) -> Reading | None:
        reading = read_comparison(self.text, at)
        if reading is None or not reading.bare:
            return reading
        return reading if stands_alone(self.text, reading.node, begins=begins) else None

    def _node(self, node: Node, start: int, end: int) -> None:
        placed = replace(node, start=self.offset + start, end=self.offset + end)
        self._emit("node", start, end, placed)

    def _emit(
        self,
        kind: Literal["(", ")", "or", "and", "not", "node"],
        start: int,
        end: int,
        node: Node | None = None,
    ) -> None:
        self.tokens.append(Token(kind, self.offset + start, self.offset + end, node))
        self.at = end

    def _warn(self, message: str, start: int, end: int) -> None:
        place = {"start": self.offset + start, "end": self.offset + end}
        self.warnings.append(QueryWarning(message=message, **place))

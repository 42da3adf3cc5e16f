"""The entries of one field, ordered, compiled and validated."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from search.errors import VocabularyError
from search.text import without_space
from search.vocabulary.entries import MARKED, Entry

AnyEntry = TypeVar("AnyEntry", bound=Entry)

OURS: Final = ""
"""Stands for the folder of the project's own files."""


@dataclass(frozen=True, slots=True)
class Rule(Generic[AnyEntry]):
    """An entry with its compiled pattern and the file that declares it; `own` if a user's."""

    entry: AnyEntry
    pattern: re.Pattern[str]
    file: str
    own: bool

    def fail(self, message: str) -> VocabularyError:
        """Return the error that a message about the entry makes."""
        return failure(self.file, self.entry.name, message)


@dataclass(frozen=True, slots=True)
class Rules(Generic[AnyEntry]):
    """The rules of a field in the order in which they claim a text."""

    ordered: tuple[Rule[AnyEntry], ...]

    def entries(self) -> Iterator[AnyEntry]:
        """Yield the entries in the order in which they claim a text."""
        return (rule.entry for rule in self.ordered)

    def find(self, text: str) -> tuple[AnyEntry, re.Match[str]] | None:
        """Return the entry that claims a text without white space, and how it matches."""
        for rule in self.ordered:
            if match := rule.pattern.fullmatch(text):
                return rule.entry, match
        return None

    def claim(self, text: str) -> AnyEntry | None:
        """Return the entry that claims a text without white space."""
        found = self.find(text)
        return found[0] if found else None

    def claiming(self, text: str) -> list[Rule[AnyEntry]]:
        """Return all rules whose pattern matches, that which has the text first."""
        return [rule for rule in self.ordered if rule.pattern.fullmatch(text)]


def failure(file: str, name: str, message: str) -> VocabularyError:
    """Return the error of an entry in a file, as one line."""
    return VocabularyError(f"词汇文件 {file}，词条“{name}”：{message}")


def compiled(
    entry: AnyEntry, text: str, file: str, *, own: bool, pieces: Mapping[str, str]
) -> Rule[AnyEntry]:
    """Return the rule of an entry whose pattern is `text`, {pieces} put in."""
    for piece in MARKED.findall(text):
        if piece not in pieces:
            raise failure(file, entry.name, f"没有名为“{piece}”的片段")
    whole = MARKED.sub(lambda match: pieces[match[1]], text)
    try:
        return Rule(entry, re.compile(whole), file, own)
    except re.error as error:
        raise failure(file, entry.name, f"正则表达式有误：{error}") from error


def ruled(rules: Sequence[Rule[AnyEntry]]) -> Rules[AnyEntry]:
    """Return the rules of a field in order; raise `VocabularyError` where two disagree."""
    names: dict[str, Rule[AnyEntry]] = {}
    for rule in rules:
        if rule.entry.name in names:
            raise rule.fail(f"与 {names[rule.entry.name].file} 的词条同名")
        names[rule.entry.name] = rule
    for rule in rules:
        for other in rule.entry.before:
            if other not in names:
                raise rule.fail(f"before 所指的词条“{other}”不存在")
    found = Rules(tuple(_ordered(rules)))
    for rule in rules:
        _validate(rule, found)
    return found


def _ordered(rules: Iterable[Rule[AnyEntry]]) -> Iterator[Rule[AnyEntry]]:
    """Yield users' rules first, yielding ones last, each after those that go before it."""
    left = sorted(rules, key=lambda rule: (rule.entry.yields, not rule.own))
    while left:
        later = {name for rule in left for name in rule.entry.before}
        first = next((rule for rule in left if rule.entry.name not in later), None)
        if first is None:
            raise left[0].fail("before 成环")
        left.remove(first)
        yield first


def _validate(rule: Rule[AnyEntry], rules: Rules[AnyEntry]) -> None:
    for sample in rule.entry.samples:
        text = without_space(sample)
        claiming = rules.claiming(text)
        if rule not in claiming:
            raise rule.fail(f"样例“{sample}”不符合自己的正则表达式")
        for other in claiming:
            if other is not rule and not _goes_before(rule, other):
                raise rule.fail(f"样例“{sample}”也被 {other.file} 的词条“{other.entry.name}”认领")
    for sample in rule.entry.not_:
        if rules.claim(without_space(sample)) is rule.entry:
            raise rule.fail(f"反例“{sample}”却被它认领")


def _goes_before(rule: Rule[AnyEntry], other: Rule[AnyEntry]) -> bool:
    declared = other.entry.name in rule.entry.before
    gives_way = other.entry.yields and not rule.entry.yields
    return declared or gives_way or (rule.own and not other.own)

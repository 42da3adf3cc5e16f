"""Plants errors in generated disclosures: `python -m benchmarks.planted --documents N --seed S`.

Prints which share of them the checks find, by kind of error, and the false alarms on the
disclosures as they were. An error is one digit of a figure, a figure moved to the cell beside
it, a row left out, or 元 for 万元 in a sentence or above a table. It is *covered* where its figure
takes part in a relation; a digit that every relation of its figure still meets is *within
rounding*, and not covered. *Cannot tell* are those that are named as such: a total left out.
"""

import argparse
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from random import Random
from typing import Final

from benchmarks.generate import generate
from indexer.checks.checking import tried
from indexer.checks.equation import Equation
from indexer.checks.figures import Figure
from indexer.checks.result import check
from indexer.disclosure import read
from search.model import Disclosure

KINDS: Final = ("digit", "shift", "row", "unit")
_FIGURE: Final = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d+|(?<=占)\d+")
_SAID: Final = re.compile(r"(\d[\d,]*(?:\.\d+)?)(万元|%)")


@dataclass(frozen=True, slots=True)
class Error:
    """A planted error: the text with it, the places of the figures it is about, what was done."""

    text: str
    places: frozenset[int]
    done: str
    printed: Decimal | None = None
    """The figure that a digit made of another."""


def plant(text: str, kind: str, random: Random) -> Error | None:
    """Return the text with one error of a kind, None where there is no place for one."""
    places = list(_places(text, kind))
    if not places:
        return None
    start, end, cell = random.choice(places)
    if kind == "digit":
        return _digit(text, start, end, random)
    if kind == "shift":
        return _shift(text, start, end, cell, random)
    if kind == "row":
        row = [start + match.start() for match in _FIGURE.finditer(text[start:end])]
        return Error(text[:start] + text[end + 1 :], frozenset(row), text[start:end])
    figures = [start] if cell < 0 else _of_table(text, end)
    return Error(text[: end - 2] + "元" + text[end:], frozenset(figures), text[start - 9 : end])


def _places(text: str, kind: str) -> Iterator[tuple[int, int, int]]:
    """Yield start, end and cell (-1 in a sentence) of each place where an error may be planted."""
    at = 0
    for line in text.split("\n"):
        cells = line.split("\t")
        if len(cells) > 1 and kind in {"digit", "shift"}:
            begin = at
            for number, cell in enumerate(cells):
                # In a form the cells beside a figure are its own: moved there it says the same.
                if _FIGURE.fullmatch(cell) and (kind == "digit" or "." in cell):
                    yield begin, begin + len(cell), number
                begin += len(cell) + 1
        elif len(cells) > 1 and kind == "row" and any(map(_FIGURE.fullmatch, cells)):
            yield at, at + len(line), 0
        elif len(cells) == 1 and kind in {"digit", "unit"}:
            for match in _SAID.finditer(line):
                if kind == "digit":
                    yield at + match.start(1), at + match.end(1), -1
                elif match[2] == "万元" and match[1].strip("0."):
                    yield at + match.start(1), at + match.end(2), -1
            if kind == "unit" and line.endswith("单位：万元"):
                yield at + len(line) - 2, at + len(line), 0
        at += len(line) + 1


def _digit(text: str, start: int, end: int, random: Random) -> Error:
    at = random.choice([i for i in range(start, end) if text[i].isdigit()])
    lead = at == start and end - start > 1 and text[at + 1] != "."
    digit = random.choice([d for d in "0123456789" if d != text[at] and not (lead and d == "0")])
    changed = text[:at] + digit + text[at + 1 :]
    printed = Decimal(changed[start:end].replace(",", ""))
    return Error(changed, frozenset({start}), f"{text[start:end]} → {changed[start:end]}", printed)


def _shift(text: str, start: int, end: int, cell: int, random: Random) -> Error | None:
    """Move a figure to a blank cell beside it."""
    ways = []
    if text[end : end + 2] in {"\t\t", "\t\n"}:
        ways.append(text[:start] + "\t" + text[start:end] + text[end + 1 :])
    if cell > 1 and text[start - 2 : start] == "\t\t":
        ways.append(text[: start - 1] + text[start:end] + "\t" + text[end:])
    if not ways:
        return None
    return Error(random.choice(ways), frozenset({start}), f"{text[start:end]} moved")


def _of_table(text: str, begin: int) -> list[int]:
    """Return where the figures of the table below `begin` stand."""
    found: list[int] = []
    at = begin
    for line in text[begin:].split("\n"):
        if "\t" in line:
            found += [at + match.start() for match in _FIGURE.finditer(line)]
        elif (found and line.strip()) or "单位：" in line:
            break
        at += len(line) + 1
    return found


_Covered = dict[int, list[tuple[Figure, Equation]]]
"""Equations with the figures that stand at a place."""


def _covered(of: Disclosure) -> _Covered:
    """Return the equations that are met by where their figures stand."""
    found: _Covered = {}
    for equation in tried(of).agreed:
        for _, figure in equation.terms:
            if figure.text and figure.locator:
                found.setdefault(figure.locator.char_start, []).append((figure, equation))
    return found


def _within_rounding(error: Error, covered: _Covered) -> bool:
    """Return whether every relation of a figure still holds with another digit in it."""
    printed = error.printed
    if printed is None:
        return False
    over = [pair for place in error.places for pair in covered.get(place, ())]
    return bool(over) and all(
        equation.holds({figure.ref: printed * figure.factor}) for figure, equation in over
    )


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.planted", description=__doc__)
    parser.add_argument("--documents", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--errors", type=int, default=2, help="of each kind, for each document")
    parser.add_argument("--missed", action="store_true", help="list what is covered and not found")
    chosen = parser.parse_args(arguments)
    counts: Counter[tuple[str, str]] = Counter()
    alarms: list[str] = []
    for name, text in generate(chosen.seed, chosen.documents):
        clean = read(text.encode(), f"{name}.txt")
        before = check(clean)
        alarms += [f"{name}: {c.message}" for c in before.contradictions]
        covered = _covered(clean)
        for kind in KINDS:
            for number in range(chosen.errors):
                error = plant(text, kind, Random(f"{chosen.seed}/{name}/{kind}/{number}"))
                if error is None:
                    continue
                outcome = check(read(error.text.encode(), f"{name}.txt"))
                found = outcome.contradictions
                rounds = _within_rounding(error, covered)
                is_covered = not rounds and not error.places.isdisjoint(covered)
                counts[kind, "planted"] += 1
                counts[kind, "within rounding"] += rounds
                counts[kind, "covered"] += is_covered
                counts[kind, "found"] += bool(found)
                counts[kind, "covered and found"] += is_covered and bool(found)
                counts[kind, "cannot tell"] += (
                    is_covered and not found and len(outcome.unsure) > len(before.unsure)
                )
                counts[kind, "cause named"] += any(c.cause != "unknown" for c in found)
                if chosen.missed and is_covered and not found:
                    print(f"missed {kind} in {name}: {error.done}")
    _print(counts, alarms, chosen.documents)


def _print(counts: Counter[tuple[str, str]], alarms: Sequence[str], documents: int) -> None:
    heads = (
        "planted", "within rounding", "covered", "covered and found", "cannot tell", "found",
        "cause named",
    )  # fmt: skip
    print("kind   ", *(f"{head:>18}" for head in heads))
    for kind in (*KINDS, "all"):
        kinds = KINDS if kind == "all" else (kind,)
        numbers = [sum(counts[k, head] for k in kinds) for head in heads]
        print(f"{kind:7}", *(f"{number:18}" for number in numbers),
              f"  {numbers[3] / max(1, numbers[2]):.1%} of the covered")  # fmt: skip
    print(f"false alarms: {len(alarms)} in {documents} disclosures")
    for alarm in alarms[:20]:
        print(" ", alarm)


if __name__ == "__main__":
    main()

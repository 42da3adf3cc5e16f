"""Compares rjieba with jieba: `python -m benchmarks.segmenters [TEXT...]`.

Both get gongkai's dictionary. A text's tokens in the index are all words of the dictionary that
stand in it, those of a query its likeliest cut. Prints how many of the runs of characters in the
texts (by default the corpus) and how many words of both dictionaries rjieba parts as jieba does,
and the processor time of both.
"""

import argparse
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Final

from search.analysis import han_runs, own_words
from search.segmenters import Jieba, Rjieba
from search.text import normalise

CORPUS: Final = Path(__file__).parent.parent / "corpus"
Part = Callable[[str], list[str]]


def differing(texts: Iterable[str], one: Part, other: Part) -> list[str]:
    """Return the texts that two segmenters part in different ways."""
    return [text for text in texts if one(text) != other(text)]


def _took(part: Part, texts: Iterable[str]) -> float:
    started = time.process_time()
    for text in texts:
        part(text)
    return time.process_time() - started


def main(arguments: Sequence[str] | None = None) -> None:
    """Compare and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.segmenters", description=__doc__)
    parser.add_argument("texts", nargs="*", type=Path, default=sorted(CORPUS.glob("*.txt")))
    chosen = parser.parse_args(arguments)
    started = time.process_time()
    jieba = Jieba(own_words())
    middle = time.process_time()
    rust = Rjieba(own_words())
    ended = time.process_time()
    print(f"loading: jieba {middle - started:.2f} s, rjieba {ended - middle:.2f} s")
    texts = (normalise(path.read_text(encoding="utf-8")) for path in chosen.texts)
    runs = sorted({run for text in texts for run in han_runs(text)})
    every = [word for word in jieba.known() if han_runs(word) == [word]]
    for name, found in (("runs", runs), ("own words", own_words()), ("all words", every)):
        for way, one, other in (
            ("likeliest cut", jieba.cut, rust.cut),
            ("every word", jieba.every, rust.every),
        ):
            wrong = differing(found, one, other)
            took = [_took(part, found) for part in (one, other)]
            print(f"{name}, {way}: {len(found) - len(wrong)} of {len(found)} alike, "
                  f"jieba {took[0]:.2f} s, rjieba {took[1]:.2f} s")  # fmt: skip
            for text in wrong[:3]:
                print(f"  {' '.join(one(text))[:60]}  ≠  {' '.join(other(text))[:60]}")


if __name__ == "__main__":
    main()

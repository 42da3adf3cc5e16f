"""The two segmenters, jieba and its faster twin rjieba, with gongkai's own words added.

rjieba is taken where it is installed (`gongkai[fast]`): it parts every text as jieba does, which a
test holds over the corpus and every word of both dictionaries, and loads in a third of the time.
"""

import warnings
from collections.abc import Iterable
from importlib.util import find_spec
from typing import Protocol


class Segmenter(Protocol):
    """Parts runs of Chinese characters."""

    def cut(self, run: str) -> list[str]:
        """Return the likeliest words, in order."""
        ...

    def every(self, run: str) -> list[str]:
        """Return every word of two or more characters that stands in a run, by its place."""
        ...


class Jieba:
    """jieba in Python, which sets the standard."""

    def __init__(self, words: Iterable[str]) -> None:
        with warnings.catch_warnings():
            # Importing jieba touches pkg_resources, which warns of its own age.
            warnings.simplefilter("ignore")
            import jieba  # noqa: PLC0415 - half a second that only segmentation needs

        jieba.setLogLevel("WARNING")
        self._jieba = jieba.Tokenizer()
        self._jieba.initialize()
        for word in words:
            self._jieba.add_word(word)

    def cut(self, run: str) -> list[str]:
        """Return the likeliest words, in order."""
        return list(self._jieba.cut(run, HMM=False))

    def every(self, run: str) -> list[str]:
        """Return every word of two or more characters that stands in a run, by its place."""
        graph = self._jieba.get_DAG(run).items()
        return [run[start : end + 1] for start, ends in graph for end in ends if end > start]

    def known(self) -> list[str]:
        """Return every word of the dictionary."""
        return [word for word, often in self._jieba.FREQ.items() if often]


class Rjieba:
    """jieba in Rust."""

    def __init__(self, words: Iterable[str]) -> None:
        import rjieba  # noqa: PLC0415 - not always installed

        self._jieba = rjieba.Jieba()
        for word in words:
            self._jieba.add_word(word, None, "n")

    def cut(self, run: str) -> list[str]:
        """Return the likeliest words, in order."""
        return list(self._jieba.cut(run, False))

    def every(self, run: str) -> list[str]:
        """Return every word of two or more characters that stands in a run, by its place."""
        return [word for word in self._jieba.cut_all(run) if len(word) > 1]


def preferred(words: Iterable[str]) -> Segmenter:
    """Return the fastest segmenter that is installed, with these words added."""
    return Rjieba(words) if find_spec("rjieba") else Jieba(words)

"""Segmentation with jieba: the same words for index and query.

The law that both sides keep: a dictionary word is a token of a text wherever its characters
stand in it. So a query word cut one way always meets a text cut another way; which cut is the
likelier one only decides how a query falls into words.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from hashlib import sha256
from importlib.metadata import version
from importlib.resources import files
from typing import Final

from search.segmenters import Segmenter, preferred
from search.text import without_space

_RUN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff〇]+|[a-z]+|\d+(?:[,.]\d+)*", re.IGNORECASE)
_QUOTES = re.compile("[\"“”″„‟'‘’「」『』《》〈〉]")
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff〇]")
STOP: Final = frozenset("的了和与及或在是为等")
"""Single characters that carry no meaning of their own in a query."""


def dictionary_version() -> str:
    """Return what names the words in use: the jieba version and the domain dictionary's hash."""
    digest = sha256(_dictionary().encode()).hexdigest()[:8]
    return f"jieba-{version('jieba')}+{digest}"


def tokens(text: str) -> Iterator[str]:
    """Yield the index tokens of normalised `text`: every dictionary word and single character."""
    for run in _RUN.findall(text):
        if not _HAN.match(run):
            yield _plain(run)
            continue
        yield from _run_tokens(run)


def han_runs(text: str) -> list[str]:
    """Return the runs of Chinese characters in normalised `text`."""
    return [run for run in _RUN.findall(text) if _HAN.match(run)]


@lru_cache(maxsize=1 << 16)
def _run_tokens(run: str) -> tuple[str, ...]:
    return (*run, *_segmenter().every(run))


def words(text: str) -> list[str]:
    """Return the likeliest words of normalised `text`, as a query is cut; stop characters fall."""
    found: list[str] = []
    for run in _RUN.findall(text):
        if _HAN.match(run):
            found.extend(word for word in _segmenter().cut(run) if word not in STOP)
        else:
            found.append(_plain(run))
    return found


def clean(text: str) -> str:
    """Return `text` normalised, lower-cased and without any white space, for comparing labels."""
    return without_space(text).lower()


def bare(text: str) -> str:
    """Return `text` as `clean` does, without quotation marks, which nobody types within words."""
    return _QUOTES.sub("", clean(text))


def _plain(run: str) -> str:
    return run.replace(",", "").lower()


@cache
def _dictionary() -> str:
    return files("search").joinpath("data/dictionary.txt").read_text(encoding="utf-8")


def own_words() -> list[str]:
    """Return the words of the domain dictionary."""
    lines = (line.partition("#")[0].strip() for line in _dictionary().splitlines())
    return list(filter(None, lines))


@cache
def _segmenter() -> Segmenter:
    return preferred(own_words())

"""The word lists in `search/data`: `left = right | right`, one entry a line, `#` comments."""

from functools import cache
from importlib.resources import files


@cache
def pairs(name: str) -> dict[str, tuple[str, ...]]:
    """Return the entries of the word list `name` in order: left side → right sides."""
    entries: dict[str, tuple[str, ...]] = {}
    listing = files("search").joinpath("data", name).read_text(encoding="utf-8")
    for line in listing.splitlines():
        left, found, right = line.partition("#")[0].partition("=")
        if found:
            entries[left.strip()] = tuple(part.strip() for part in right.split("|"))
    return entries

"""Brackets of normalised text: how many are open, and where the last one opens."""

import re


def depth_behind(text: str, depth: int) -> int:
    """Return how many brackets are open behind `text`, of which `depth` were before it."""
    for sign in re.findall(r"[()]", text):
        depth = depth + 1 if sign == "(" else max(0, depth - 1)
    return depth


def last_open(text: str) -> int:
    """Return where the last bracket opens that `text` does not close, else -1."""
    depth = 0
    for at in range(len(text) - 1, -1, -1):
        depth += (text[at] == ")") - (text[at] == "(")
        if depth < 0:
            return at
    return -1

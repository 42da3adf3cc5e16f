"""Source text as a page shows it."""

from itertools import pairwise


def joined(text: str) -> str:
    """Return `text` with its line breaks taken out, a space left only between Latin letters."""
    lines = text.split("\n")
    if len(lines) == 1:
        return text
    inner = [line.strip() for line in lines[1:-1]]
    kept = [line for line in (lines[0].rstrip(), *inner, lines[-1].lstrip()) if line]
    parts = kept[:1]
    for before, line in pairwise(kept):
        parts.append(f" {line}" if _latin(before[-1]) and _latin(line[0]) else line)
    return "".join(parts)


def _latin(char: str) -> bool:
    return char.isascii() and char.isalpha()

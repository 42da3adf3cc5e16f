"""What a Word paragraph's style says of it: heading level, and the list that numbers it."""

import re
from dataclasses import dataclass
from typing import Final

from docx.oxml.ns import qn
from lxml.etree import _Element

MAX_CHAIN: Final = 11
"""Styles that rest on one another; Word itself allows no longer chain."""
_HEADING = re.compile(r"(?:heading|标题)\s*([1-6])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Style:
    """Heading level (0 for none), and list and depth of the automatic number."""

    heading: int = 0
    number: tuple[str, int] | None = None


class Styles:
    """The styles of one document, by their ids."""

    def __init__(self, root: _Element | None) -> None:
        found = [] if root is None else list(root.iter(qn("w:style")))
        self._styles = {style.get(qn("w:styleId")): style for style in found}

    def of(self, paragraph: _Element) -> Style:
        """Return the style of a paragraph, its own properties before those of its styles."""
        heading = 0
        number = depth = None
        for element in self._chain(paragraph):
            properties = element.find(qn("w:pPr"))
            heading = heading or _level(element, properties)
            if properties is not None and (numbers := properties.find(qn("w:numPr"))) is not None:
                number = number or _value(numbers, "w:numId")
                depth = depth or _value(numbers, "w:ilvl")
        listed = (number, int(depth or "0")) if number and number != "0" else None
        return Style(heading, listed)

    def _chain(self, paragraph: _Element) -> list[_Element]:
        """Return the paragraph, its style, and the styles that this rests on."""
        chain = [paragraph]
        properties = paragraph.find(qn("w:pPr"))
        name = None if properties is None else _value(properties, "w:pStyle")
        while name in self._styles and len(chain) <= MAX_CHAIN:
            chain.append(self._styles[name])
            name = _value(chain[-1], "w:basedOn")
        return chain


def _level(element: _Element, properties: _Element | None) -> int:
    """Return the heading level that a style's name or an outline level gives."""
    if match := _HEADING.fullmatch(_value(element, "w:name") or ""):
        return int(match[1])
    outline = None if properties is None else _value(properties, "w:outlineLvl")
    return int(outline) + 1 if outline and int(outline) < 6 else 0


def _value(parent: _Element, name: str) -> str | None:
    found = parent.find(qn(name))
    return None if found is None else found.get(qn("w:val"))

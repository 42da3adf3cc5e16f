"""What a Word paragraph prints: runs, with changes accepted and hidden text left out."""

from collections.abc import Iterator
from typing import Final

from docx.oxml.ns import qn
from lxml.etree import _Element

from indexer.readers.grids import raised

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_OPEN = frozenset(
    map(qn, ("w:ins", "w:moveTo", "w:hyperlink", "w:smartTag", "w:sdt", "w:sdtContent",
             "w:customXml", "w:fldSimple", "w:ruby", "w:rubyBase"))
)  # fmt: skip
"""Elements that only wrap what they hold; w:del, w:moveFrom and w:rt are not among them."""
_SYMBOLS: Final = {"F0B3": "≥", "F0A3": "≤", "F0B1": "±", "F0B4": "×", "F0FE": "☑", "F0A8": "□"}
"""Characters of the fonts Symbol and Wingdings that stand in disclosures' cells."""


class WordText:
    """Reads paragraphs; gathers the text boxes and footnotes that hang on them."""

    def __init__(self, footnotes: dict[tuple[str, str | None], _Element]) -> None:
        self._footnotes = footnotes
        self._boxes: list[_Element] = []
        self._notes: list[_Element] = []

    def of(self, paragraph: _Element) -> str:
        """Return what a paragraph prints: tabs, line feeds, and form feeds at page breaks."""
        return "".join(self._runs(paragraph, []))

    def aside(self) -> tuple[list[_Element], list[_Element]]:
        """Return the text boxes and footnotes gathered since this was last asked."""
        found = self._boxes, self._notes
        self._boxes, self._notes = [], []
        return found

    def _runs(self, parent: _Element, parts: list[str]) -> list[str]:
        for child in parent:
            if child.tag == qn("w:r"):
                self._run(child, parts)
            elif child.tag in _OPEN:
                self._runs(child, parts)
            elif child.tag == qn("m:t"):
                parts.append(child.text or "")
            elif child.tag == f"{_MC}AlternateContent":
                self._runs(_choice(child), parts)
            elif isinstance(child.tag, str) and child.tag.startswith(_MATH):
                self._runs(child, parts)
        return parts

    def _run(self, run: _Element, parts: list[str]) -> None:
        properties = run.find(qn("w:rPr"))
        if properties is not None and _is_on(properties.find(qn("w:vanish"))):
            return
        high = None if properties is None else properties.find(qn("w:vertAlign"))
        is_raised = high is not None and high.get(qn("w:val")) == "superscript"
        for child in _run_children(run):
            name = child.tag
            if name == qn("w:t"):
                text = (child.text or "").replace("\n", " ")
                parts.append(raised("".join(parts[-1:]), text) if is_raised else text)
            elif name in {qn("w:tab"), qn("w:ptab")}:
                parts.append("\t")
            elif name in {qn("w:br"), qn("w:cr")}:
                parts.append("\f" if child.get(qn("w:type")) == "page" else "\n")
            elif name == qn("w:noBreakHyphen"):
                parts.append("-")
            elif name == qn("w:sym"):
                parts.append(_SYMBOLS.get(child.get(qn("w:char"), "").upper(), ""))
            elif name == qn("w:ruby"):
                self._runs(child, parts)
            elif name in {qn("w:footnoteReference"), qn("w:endnoteReference")}:
                kind = f"w:{name.rpartition('}')[2]}"
                note = self._footnotes.get((kind, child.get(qn("w:id"))))
                if note is not None:
                    self._notes.append(note)
            else:
                self._boxes.extend(_boxes(child))


def children(parent: _Element, tag: str | None = None) -> Iterator[_Element]:
    """Yield the children of an element that count, those in wrapping elements included."""
    for child in parent:
        if child.tag in _OPEN:
            yield from children(child, tag)
        elif child.tag == f"{_MC}AlternateContent":
            yield from children(_choice(child), tag)
        elif tag is None or child.tag == tag:
            yield child


def _choice(alternatives: _Element) -> _Element:
    """Return the first of alternative contents; they say the same in newer and older words."""
    return next(iter(alternatives), alternatives)


def _run_children(run: _Element) -> Iterator[_Element]:
    for child in run:
        if child.tag == f"{_MC}AlternateContent":
            yield from _choice(child)
        else:
            yield child


def _boxes(drawing: _Element) -> Iterator[_Element]:
    """Yield the contents of text boxes in a drawing, those inside others left to their own."""
    for box in drawing.iter(qn("w:txbxContent")):
        if not any(parent.tag == qn("w:txbxContent") for parent in box.iterancestors()):
            yield box


def _is_on(element: _Element | None) -> bool:
    return element is not None and element.get(qn("w:val"), "1") not in {"0", "false", "off"}

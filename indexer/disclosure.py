"""Reads a source into a disclosure: layout → blocks → metadata → tables, passages, projects."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path as FilePath

from indexer import lines as line_kinds
from indexer.block import Block
from indexer.blocks import blocks
from indexer.checks.result import checked
from indexer.compilation import table_departments
from indexer.doubts import doubtful
from indexer.errors import PassingError, ReadingError
from indexer.forms.form import Form, read_form
from indexer.forms.headed import headed_forms
from indexer.forms.projects import is_project, join
from indexer.genre import SAID_TO_BE, genre_of, genre_warning
from indexer.layout import Layout, Places
from indexer.ledger import with_ledger
from indexer.metadata import Metadata, same_name, weigh
from indexer.narrative.passages import running
from indexer.narrative.reader import NarrativeReader
from indexer.outline import names_definitions
from indexer.prose import Place, says_something
from indexer.readers.registry import read_layout
from indexer.tables.kinds import FORMS
from indexer.tables.measures import other_years
from indexer.tables.table import TableReader
from indexer.tables.units import PROJECTS
from search.analysis import clean
from search.errors import SearchError
from search.files import refusal
from search.model import Disclosure, Genre, Passage, Path, Section, Table, Warning
from search.organisations.organisation import organisation_of
from search.store import Store

READER_VERSION = 8
"""Raised whenever the same bytes would be read differently."""
MAX_BYTES = 64 * 1024 * 1024
"""A disclosure is a few hundred pages; a larger file is no disclosure."""
TOO_LARGE = f"文件过大：超过 {MAX_BYTES // 2**20} MB"


def read_file(path: FilePath, *, recognise: bool = True) -> tuple[Disclosure, bytes]:
    """Return the disclosure in a file, and the file's bytes; raise `ReadingError` otherwise.

    Unless `recognise`, `ScansError` is raised where text recognition would read something.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise PassingError(f"无法读取：{refusal(error)}") from error
    return read(data, source_name(path), recognise=recognise), data


@dataclass(frozen=True, slots=True)
class StoredSource:
    """The bytes of a source as the store in `folder` keeps them; `name` is its file's name."""

    folder: FilePath
    sha256: str
    document: str
    name: str


def read_stored(source: StoredSource, *, recognise: bool = True) -> Disclosure:
    """Return the disclosure in a stored source, as `read_file` does of a file."""
    try:
        data = Store(source.folder).source(source.sha256)
    except SearchError as error:
        raise ReadingError(str(error)) from error
    if data is None:
        raise ReadingError("没有存储的原文")
    return read(data, source.name, recognise=recognise)


def source_name(path: FilePath) -> str:
    """Return a file's name as text that can be printed and stored, whatever its bytes are."""
    name = os.fsencode(path.name).decode("utf-8", "backslashreplace")
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in name)


def read(data: bytes, name: str, *, recognise: bool = True) -> Disclosure:
    """Return the disclosure that `data` holds; `name` is the file's name, no evidence by itself."""
    layout = read_layout(data, recognise=recognise)
    assembly = _Assembly(layout, data, name)
    whole = with_ledger(assembly.disclosure(), assembly.blocks, assembly.places)
    return _paged(checked(whole), layout)


def _paged(of: Disclosure, layout: Layout) -> Disclosure:
    """Return a disclosure whose warnings name pages, where its form has pages."""
    if not layout.pages:
        return of
    pages = {line.number: line.page for line in layout.lines}
    told = (
        warning.model_copy(update={"page": pages.get(warning.line or 0)}) for warning in of.warnings
    )
    return of.model_copy(update={"warnings": tuple(told)})


class _Assembly:
    """Puts one disclosure together from its layout."""

    def __init__(self, layout: Layout, data: bytes, name: str) -> None:
        self.layout = layout
        self.places = Places(layout)
        self.sha256 = sha256(data).hexdigest()
        self.id = self.sha256[:16]
        self.name = name
        self.blocks = blocks(layout)
        self.metadata = meta = weigh(self.blocks, self.places, name)
        self._names = (*meta.departments, *meta.units, meta.department, *meta.variants)
        self.narrative = NarrativeReader(self.id, self.places, self._names, meta.year)

    def disclosure(self) -> Disclosure:
        meta = self.metadata
        reader = TableReader(self.id, self.places, self._units(), meta.year, self._is_own_name)
        sections: list[Section] = []
        passages: list[Passage] = []
        tables: list[Table] = []
        forms: list[Form] = []
        path: tuple[tuple[int, str], ...] = ()
        place = Place()
        after_form = False
        spilled: list[Block] = []
        owners = iter(self._owners())
        for block in self.blocks:
            section = tuple(title for _, title in path)
            if block.kind == "heading":
                path, place = _descend(path, block), Place()
                sections.append(self._section(block, tuple(title for _, title in path)))
                after_form = False
            elif block.kind == "table":
                owner = next(owners)
                table = reader.read(block, section, spilled=after_form, department=owner)
                tables.append(table)
                if after_form and not table.title and table.kind not in FORMS:
                    spilled.append(block)
                after_form = table.kind in FORMS or (after_form and not table.title)
                if table.kind in FORMS and not table.columns and not meta.departments:
                    form = read_form(block.lines, self.places, table.id, table.unit)
                    other = other_years((table.title, *table.heads), meta.year)
                    if form and other:
                        reader.warnings.append(_other_year(form, block, meta))
                    elif form:
                        forms.append(form)
            elif block.kind != "contents":
                if block.kind == "paragraph":
                    path = place.below(path, line_kinds.squeezed(block.lines[0]))
                    section = tuple(title for _, title in path)
                passages.append(self._passage(block, section, after_form=after_form))
                if after_form and not line_kinds.ends_sentence(block.lines[-1]):
                    spilled.append(block)
        headed, unnamed = headed_forms(sections, passages, meta.year, self.places)
        if not meta.departments:
            forms.extend(headed)
        rows = [r for t in tables if t.kind == PROJECTS for r in t.rows if is_project(r)]
        genre = genre_of(meta, tables, passages)
        no_disclosure = genre_warning(genre)
        return Disclosure(
            id=self.id,
            sha256=self.sha256,
            department=meta.department,
            departments=meta.departments,
            department_variants=meta.variants,
            department_code=meta.code,
            organisation=organisation_of(meta.department, meta.departments, self.layout.text),
            parent=meta.parent,
            year=meta.year,
            report=meta.report,
            level=meta.level,
            genre=genre,
            title=_title(meta, genre),
            sources=(self.name,),
            media_type=self.layout.media_type,
            lines=len(self.layout.lines),
            pages=self.layout.pages,
            unread=self.layout.unread,
            confidence=meta.confidence,
            evidence=meta.evidence,
            sections=tuple(sections),
            passages=tuple(passages),
            tables=tuple(tables),
            projects=join(rows, forms, self.id, self.places),
            warnings=(
                *self.layout.warnings,
                *((no_disclosure,) if no_disclosure else ()),
                *meta.warnings,
                *reader.warnings,
                *doubtful(tables, passages),
                *self.narrative.warnings,
                *(warning for form in forms for warning in form.warnings),
                *unnamed,
                *_spilled(spilled),
            ),
        )

    def _owners(self) -> Iterator[str | None]:
        """Yield for each table whose it is, where that is not the document's department."""
        known = {clean(name): name for name in (*self.metadata.departments, *self.metadata.units)}
        return map(known.get, table_departments(self.blocks))

    def _units(self) -> frozenset[str]:
        """Return the units of money that the lines above and below the tables declare."""
        lines = (line for b in self.blocks for line in (*b.heads, *b.title, *b.notes))
        return frozenset(filter(None, map(line_kinds.unit, lines)))

    def _is_own_name(self, label: str) -> bool:
        return same_name(label, self._names)

    def _section(self, block: Block, path: Path) -> Section:
        locator = self.places.spanning(
            [fragment for line in block.lines for fragment in line.fragments]
        )
        return Section(title=path[-1], path=path, locator=locator)

    def _passage(self, block: Block, section: Path, *, after_form: bool) -> Passage:
        loose = block.lines[0].loose
        narrative = block.kind == "paragraph" and not (after_form or loose)
        narrative = narrative and (bool(section) or says_something(block.lines))
        text = running(block.lines, apart=not narrative)
        start, end = text.source(0, len(text.text))
        said = self.narrative.read(text, section) if narrative else ()
        definition = any(map(names_definitions, section))
        return Passage(
            id=f"{self.id}-p{start}",
            text=text.text,
            section=section,
            part="definition" if definition and narrative else
                 "narrative" if narrative else "apparatus",
            statements=said,
            quote=self.layout.text[start:end],
            locator=self.places.locate(start, end),
        )  # fmt: skip


def _other_year(form: Form, block: Block, meta: Metadata) -> Warning:
    message = f"绩效表“{form.name}”不是{meta.year}年度的，未归入项目"
    return Warning(message=message, line=block.lines[0].number)


def _spilled(blocks: Sequence[Block]) -> Iterator[Warning]:
    """Yield a warning for the text that fell off the right edge of forms."""
    lines = [line for block in blocks if block.kind != "head" for line in block.lines]
    if lines:
        first, last = lines[0], lines[-1]
        where = f"第{first.number}–{last.number}行"
        if first.page is not None:
            where = f"第{first.page}–{last.page}页"
        message = f"绩效表放不下的部分散落在{where}，保留原文，未归入任何项目"
        yield Warning(message=message, line=first.number)


def _descend(path: Sequence[tuple[int, str]], block: Block) -> tuple[tuple[int, str], ...]:
    """Return the section path with the heading in place of those of its level and below."""
    title = running(block.lines).text.strip()
    return (*((level, name) for level, name in path if level < block.level), (block.level, title))


def _title(meta: Metadata, genre: Genre) -> str:
    year = f"{meta.year}年度" if meta.year else ""
    return f"{meta.department}{year}{meta.level or ''}{meta.report or ''}公开{SAID_TO_BE[genre]}"

"""Laws of the query language that hold for any text."""

from pathlib import Path

from hypothesis import example, given, settings
from hypothesis import strategies as st

from search.errors import QueryError
from search.query.parser import DEEPEST, LONGEST, Parsed, parse
from search.query.printing import text
from search.query.tree import And, Node, Not, Or

FRAGMENTS = (
    *Path(__file__)
    .with_name("cases")
    .joinpath("fragments.txt")
    .read_text(encoding="utf-8")
    .split(),
    *("\u3000", "\n", "\x00", " ", " ", " ", " "),
)
queries = st.one_of(
    st.lists(st.sampled_from(FRAGMENTS), max_size=14).map("".join),
    st.lists(st.sampled_from(FRAGMENTS), max_size=10).map(" ".join),
    st.text(max_size=60),
)


def read(query: str) -> Parsed | None:
    try:
        return parse(query)
    except QueryError as refused:
        error = refused
    assert 0 <= error.start <= error.end <= len(query)
    return None


def nodes(node: Node) -> list[Node]:
    match node:
        case And(parts=parts) | Or(parts=parts):
            return [node, *(inner for part in parts for inner in nodes(part))]
        case Not(part=part):
            return [node, *nodes(part)]
    return [node]


@settings(max_examples=1000, deadline=None)
@given(queries)
@example("公务接待费减少 (> 5万)")
@example("> 10 (人)")
@example("(2023) 至 (2024)")
@example("列:a 的 > 5")
@example("3辆超过10万")
@example("千万\u3000万")
@example("列:“a超” 5-6万元")
def test_text_of_tree_reads_as_tree(query: str) -> None:
    parsed = read(query)
    if parsed is not None and parsed.tree is not None:
        assert parse(text(parsed.tree)).tree == parsed.tree


@settings(max_examples=1000, deadline=None)
@given(queries)
def test_spans_lie_inside_the_text(query: str) -> None:
    parsed = read(query)
    if parsed is None:
        return
    for warning in parsed.warnings:
        assert 0 <= warning.start < warning.end <= len(query)
    for node in nodes(parsed.tree) if parsed.tree is not None else ():
        assert 0 <= node.start < node.end <= len(query)


@settings(max_examples=50, deadline=2000)
@given(st.lists(st.sampled_from(FRAGMENTS), min_size=1, max_size=6).map("".join))
def test_long_text_is_read_or_refused(part: str) -> None:
    read((part * LONGEST)[:LONGEST])


def test_too_long_and_too_deep_are_refused() -> None:
    for query in ("培" * (LONGEST + 1), "(" * (DEEPEST + 1) + "培训"):
        assert read(query) is None
    assert read("(" * DEEPEST + "培训") is not None

"""Finds the parents of rows: by account code, by enumerator, by position."""

from collections.abc import Sequence

from indexer.tables.labels import first_in_order
from indexer.tables.rows import Draft
from search import vocabulary

FUNDS = ("一般公共预算", "政府性基金预算", "国有资本经营预算", "社会保险基金预算")
BELOW = 40
BELOW_WHICH = 50
"""The depth of the parts behind 其中： whatever is above them."""
_OF_WHICH = 6  # the depth that `split_label` gives 其中：


def fill_paths(drafts: Sequence[Draft]) -> None:
    """Set `path`, the labels of the rows above, on each draft that has none."""
    for side in sorted({draft.side for draft in drafts}):
        rows = [draft for draft in drafts if draft.side == side]
        by_code = {draft.code: draft for draft in rows if draft.code}
        _by_order([draft for draft in rows if not draft.code])
        for draft in rows:
            if draft.code:
                draft.path = _code_path(draft.code, by_code) or draft.path


def _code_path(code: str, by_code: dict[str, Draft]) -> tuple[str, ...]:
    above = (by_code.get(code[:length]) for length in range(1, len(code)))
    return tuple(parent.name for parent in above if parent is not None)


def _by_order(rows: Sequence[Draft]) -> None:
    """Fill paths of rows without codes from their enumerators and order.

    An enumerated row stands below the last row of a lower depth; where an order begins anew
    (一、 again) after a row without enumerator, that row is its parent. In tables that print
    the account of the government's classification beside each item, rows without it are sums.
    """
    classified = any(draft.attributes for draft in rows)
    between = set() if classified else _between(rows)
    stack: list[tuple[int, Draft]] = []
    previous: Draft | None = None
    for index, draft in enumerate(rows):
        depth = _depth(draft, stack, previous, classified=classified)
        if index in between:
            depth = BELOW
        while stack and stack[-1][0] >= depth:
            stack.pop()
        draft.path = draft.path or tuple(parent.name for _, parent in stack)
        stack.append((depth, draft))
        previous = draft


def _between(rows: Sequence[Draft]) -> set[int]:
    """Return the rows without enumerator that stand between 一、 and 二、: parts of 一、."""
    found: set[int] = set()
    last: int | None = None
    for index, draft in enumerate(rows):
        if draft.group or vocabulary.sum_of(draft.name) is not None:
            last = None
        elif draft.depth == 1:
            if last is not None and not first_in_order(draft.label):
                found.update(i for i in range(last + 1, index) if not rows[i].depth)
            last = index
    return found


def _is_part(draft: Draft, stack: list[tuple[int, Draft]]) -> bool:
    """Return whether a row is one of the funds that a carried-over sum above it consists of."""
    return bool(stack) and "结转" in stack[0][1].name and draft.name.startswith(FUNDS)


def _goes_on(draft: Draft, stack: list[tuple[int, Draft]]) -> bool:
    """Return whether a row is a further part behind 其中： of a row that has a number."""
    if len(stack) < 2 or stack[-1][0] != BELOW_WHICH:
        return False
    return bool(stack[-2][1].depth) and vocabulary.sum_of(draft.name) is None


def _depth(
    draft: Draft, stack: list[tuple[int, Draft]], previous: Draft | None, *, classified: bool
) -> int:
    if classified:
        return 1 if draft.attributes else 0
    group = next((depth for depth, parent in stack if parent.group), None)
    if not draft.depth and _is_part(draft, stack):
        return stack[0][0] + 1
    if draft.group and draft.depth < _OF_WHICH:
        return draft.depth
    if not draft.depth and _goes_on(draft, stack):
        return BELOW_WHICH
    if not draft.depth:
        return 0 if group is None else group + 10
    if draft.depth == _OF_WHICH:
        return BELOW_WHICH
    if first_in_order(draft.label) and previous is not None and not previous.depth:
        return (stack[-1][0] if stack else 0) + draft.depth
    base = 0 if group is None else group + 10
    open_orders = [depth for depth, parent in stack if parent.depth == draft.depth]
    return open_orders[-1] if open_orders else base + draft.depth

"""Boxes and paths on a page: what is around points, common to boxes, inside of one."""

from collections.abc import Iterator, Sequence

from pdfminer.utils import PathSegment, Point

from indexer.layout import Box


def corners(rect: Sequence[float]) -> list[Point]:
    """Return the four corners of a rectangle."""
    x0, y0, x1, y1 = rect
    return [(x0, y0), (x1, y0), (x1, y1), (x0, y1)]


def around(points: Sequence[Point]) -> Box:
    """Return the smallest box around points."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def common(one: Box, other: Box) -> Box:
    """Return what two boxes have in common; its ends cross where that is nothing."""
    return (
        max(one[0], other[0]), max(one[1], other[1]),
        min(one[2], other[2]), min(one[3], other[3]),
    )  # fmt: skip


def is_empty(box: Box) -> bool:
    """Return whether a box has no area."""
    return not (box[0] < box[2] and box[1] < box[3])


def holds(box: Box, point: Point) -> bool:
    """Return whether a point lies in a box."""
    return box[0] <= point[0] <= box[2] and box[1] <= point[1] <= box[3]


def subpaths(path: Sequence[PathSegment]) -> Iterator[list[Point]]:
    """Yield the corners of each part of a path; curves break it."""
    points: list[Point] = []
    for segment in path:
        order, *numbers = segment
        if order == "m" or order not in {"l", "h"}:
            if points:
                yield points
            points = []
        if order == "h":
            if points:
                points.append(points[0])
        else:
            x, y = numbers[-2:]
            points.append((float(x), float(y)))
    if points:
        yield points

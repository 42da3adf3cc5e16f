"""Carries out the drawing orders of a PDF page, clipping included."""

from collections.abc import Callable, Sequence

from pdfminer.pdfinterp import PDFPageInterpreter
from pdfminer.utils import Matrix

from indexer.boxes import subpaths
from indexer.layout import Box
from indexer.marks import Recorder


class Interpreter(PDFPageInterpreter):
    """Carries out drawing orders; keeps the clipping path, which pdfminer leaves out."""

    device: Recorder

    def init_state(self, ctm: Matrix) -> None:
        """Begin a page or form."""
        super().init_state(ctm)
        self._clips: list[Box] = []
        self._clipping = False

    def execute(self, streams: Sequence[object]) -> None:
        """Carry out the orders of content streams."""
        self.device.count_drawn(streams)
        super().execute(streams)

    def do_q(self) -> None:
        """Save the state."""
        super().do_q()
        self._clips.append(self.device.clip)

    def do_Q(self) -> None:  # noqa: N802 - the name of the order
        """Restore the state."""
        super().do_Q()
        if self._clips:
            self.device.clip = self._clips.pop()

    def do_W(self) -> None:  # noqa: N802
        """Clip to the path that ends next."""
        self._clipping = True

    def do_W_a(self) -> None:  # noqa: N802
        """Clip to the path that ends next, by the other rule of what is inside."""
        self._clipping = True

    def do_n(self) -> None:
        """End the path."""
        self._end(super().do_n)

    def do_S(self) -> None:  # noqa: N802
        """Stroke the path."""
        self._end(super().do_S)

    def do_f(self) -> None:
        """Fill the path."""
        self._end(super().do_f)

    def do_f_a(self) -> None:
        """Fill the path by the other rule."""
        self._end(super().do_f_a)

    def do_B(self) -> None:  # noqa: N802
        """Fill and stroke the path."""
        self._end(super().do_B)

    def do_B_a(self) -> None:  # noqa: N802
        """Fill and stroke the path by the other rule."""
        self._end(super().do_B_a)

    def _end(self, order: Callable[[], None]) -> None:
        path = self.curpath
        order()
        if self._clipping and path:
            self.device.narrow([point for part in subpaths(path) for point in part])
        self._clipping = False

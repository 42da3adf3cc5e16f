"""Carries out the drawing orders of a PDF page, clipping included."""

from collections.abc import Callable, Sequence

from pdfminer.pdfinterp import PDFPageInterpreter
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import dict_value, resolve1
from pdfminer.psparser import literal_name
from pdfminer.utils import Matrix

from indexer.layout import Box
from indexer.readers.pdf.boxes import subpaths
from indexer.readers.pdf.marks import Recorder
from indexer.readers.pdf.watermarks import without_watermarks


class Interpreter(PDFPageInterpreter):
    """Carries out drawing orders; keeps the clipping path, which pdfminer leaves out."""

    device: Recorder

    def init_state(self, ctm: Matrix) -> None:
        """Begin a page or form."""
        super().init_state(ctm)
        self._clips: list[tuple[Box, float]] = []
        self._clipping = False

    def process_page(self, page: PDFPage) -> None:
        """Draw a page; what then shows as a watermark is taken off again."""
        super().process_page(page)
        self.device.marks.glyphs = without_watermarks(self.device.marks.glyphs)

    def execute(self, streams: Sequence[object]) -> None:
        """Carry out the orders of content streams."""
        self.device.count_drawn(streams)
        super().execute(streams)

    def do_q(self) -> None:
        """Save the state."""
        super().do_q()
        self._clips.append((self.device.clip, self.device.opacity))

    def do_Q(self) -> None:  # noqa: N802 - the name of the order
        """Restore the state."""
        super().do_Q()
        if self._clips:
            self.device.clip, self.device.opacity = self._clips.pop()

    def do_gs(self, name: object) -> None:
        """Set the state to what the page's resources name: its opacity."""
        states = dict_value(self.resources.get("ExtGState", {}))
        state = dict_value(states.get(literal_name(name), {}))
        opacity = resolve1(state.get("ca"))
        if isinstance(opacity, int | float):
            self.device.opacity = float(opacity)

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

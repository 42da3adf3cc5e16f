"""Makes scans for the tests: pages drawn as pictures, as a scanner leaves them.

They are drawn with a font of their own, which the extra `dev` brings: no machine must have one.
"""

from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from tests.make_pdf import A4, SIZE, Maker

INCH = 72.0
DOTS = 200.0
WHITE = 255
_FONTS = "justmytype_intl_cjk"


def has_font() -> bool:
    return find_spec(_FONTS) is not None


@cache
def _font(size: float) -> ImageFont.FreeTypeFont:
    spec = find_spec(_FONTS)
    assert spec is not None
    (file,) = Path(str(spec.origin)).parent.rglob("NotoSansSC*.ttf")
    font = ImageFont.truetype(file, size)
    font.set_variation_by_axes([400])
    return font


class Drawer(Maker):
    """Draws what a `Maker` does, as pictures."""

    def __init__(self, dots: float = DOTS) -> None:
        super().__init__()
        self.dots = dots
        self.pictures: list[Image.Image] = []
        self.begin(A4)

    def page(self, size: tuple[float, float] = A4) -> None:
        self.begin(size)

    def begin(self, size: tuple[float, float]) -> None:
        super().begin(size)
        width, height = (round(side * self.dots / INCH) for side in size)
        self.pictures.append(Image.new("L", (width, height), WHITE))

    def text(self, x: float, base: float, text: str, size: float = SIZE) -> None:
        scale = self.dots / INCH
        draw = ImageDraw.Draw(self.pictures[-1])
        draw.text((x * scale, base * scale), text, 0, _font(size * scale), anchor="ls")

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> None:
        scale = self.dots / INCH
        ends = [(round(x0 * scale), round(y0 * scale)), (round(x1 * scale), round(y1 * scale))]
        ImageDraw.Draw(self.pictures[-1]).line(ends, 0, max(1, round(0.7 * scale)))


def scanned(
    pictures: Sequence[Image.Image],
    dots: float = DOTS,
    *,
    lean: float = 0.0,
    turns: int = 0,
    noise: float = 0.0,
    footer: str = "",
) -> bytes:
    """Return a PDF of pictures.

    `lean` are degrees and `turns` quarter turns counter-clockwise that the sheet lies askew;
    `noise` blurs and speckles it on greyish paper. A `footer` is printed on it as text.
    """
    file = BytesIO()
    canvas = Canvas(file, invariant=1)
    for picture in pictures:
        image = picture.rotate(lean, Image.Resampling.BICUBIC, fillcolor=WHITE)
        image = _noisy(image, noise) if noise else image
        image = image.rotate(90 * turns, expand=True)
        size = image.width * INCH / dots, image.height * INCH / dots
        canvas.setPageSize(size)
        canvas.drawImage(ImageReader(image), 0, 0, *size)
        if footer:
            canvas.drawString(20, 10, footer)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def _noisy(image: Image.Image, noise: float) -> Image.Image:
    grains = np.random.default_rng(1).normal(0, noise, (image.height, image.width))
    grey = np.asarray(image.filter(ImageFilter.GaussianBlur(0.6)), dtype=float)
    return Image.fromarray((grey * 0.85 + 25 + grains).clip(0, WHITE).astype(np.uint8))

"""Recognises the text in pictures with RapidOCR, offline; part of the extra `gongkai[ocr]`.

Its wheel carries the models (PP-OCRv6). Their files are named to it, so that it never looks for
others elsewhere. Nothing of it is loaded before the first scan.
"""

from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.uint8]
"""Rows of grey pixels, 0 black, 255 white."""

INSTALL: Final = "pip install 'gongkai[ocr]'"
DOUBTFUL: Final = 0.8
"""Confidence below which a figure is reported; what stands clear in print is read with 0.95 and
more, but for doubled digits (66), between which the reader sees no clear gap."""
THREADS: Final = 1
"""Threads per process: the run already has one process for each processor."""
LONGEST: Final = 2400
"""Pixels of the longer side within which text is looked for: A4 at 200 dots per inch."""
NARROWEST: Final = 32
"""Pixels to which shorter crops are widened, at a height of 48: two figures wide."""


class Letter(NamedTuple):
    """A recognised character: its middle as a share of the crop's width, and its confidence.

    `spaced` tells that a space was read before it.
    """

    text: str
    at: float
    confidence: float
    spaced: bool


def is_installed() -> bool:
    """Return whether the extra is installed."""
    return find_spec("rapidocr") is not None and find_spec("onnxruntime") is not None


def text_areas(picture: Picture) -> NDArray[np.float64]:
    """Return the four corners of each piece of text: top left first along the text, clockwise."""
    found = _engine()(_coloured(picture), use_det=True, use_cls=False, use_rec=False)
    if found.boxes is None:
        return np.empty((0, 4, 2))
    return np.asarray(found.boxes, dtype=np.float64)


def letters(crop: Picture) -> list[Letter]:
    """Return the characters in the picture of one upright line of text."""
    found = _engine()(
        _coloured(crop), use_det=False, use_cls=False, use_rec=True, return_word_box=True
    )
    if not found.txts or not found.txts[0].strip():
        return []
    text, words = found.txts[0], found.word_results[0]
    places = [place for columns in words.word_cols for place in columns]
    return list(_letters(text, places, words.confs, words.line_txt_len))


def _letters(
    text: str, places: list[int], confidences: list[float], width: float
) -> Iterator[Letter]:
    """Yield the characters of a line; places are given of those that are no spaces."""
    place = iter(places)
    spaced = False
    for char, confidence in zip(text, confidences, strict=True):
        if char.isspace():
            spaced = True
        else:
            yield Letter(char, (next(place) + 0.5) / width, float(confidence), spaced)
            spaced = False


def _coloured(picture: Picture) -> Picture:
    return np.repeat(picture[:, :, np.newaxis], 3, axis=2)


@cache
def _engine() -> Any:
    import rapidocr  # noqa: PLC0415 - slow to load, and an extra

    models = Path(rapidocr.__file__).parent / "models"
    threads = "EngineConfig.onnxruntime"
    return rapidocr.RapidOCR(
        params={
            "Global.log_level": "critical",
            "Global.max_side_len": LONGEST,
            "Global.text_score": 0.0,
            f"{threads}.intra_op_num_threads": THREADS,
            f"{threads}.inter_op_num_threads": THREADS,
            "Det.model_path": str(next(models.glob("*_det_*.onnx"))),
            "Rec.model_path": str(next(models.glob("*_rec_*.onnx"))),
            "Rec.rec_img_shape": [3, 48, NARROWEST],
        }
    )


def percent(share: float) -> str:
    """Return a share as a whole percentage, never rounded up to certainty."""
    return f"{int(share * 100)}%"

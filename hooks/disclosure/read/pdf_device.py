"""What a page of a PDF draws, in drawing order: which of its characters end up where nobody can see them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LTChar
from pdfminer.pdfcolor import PDFColorSpace
from pdfminer.pdfinterp import PDFGraphicState, PDFTextState
from pdfminer.pdftypes import PDFStream

from disclosure.read.pdf_state import State

MOST_GLYPHS = 50_000
"""Characters on one page; a page full of small print has five thousand."""
HIDDEN = "hidden"
"""The tag of a character that is drawn and cannot be seen."""
UNSURE = "unsure"
"""The tag of a character that cannot be seen beside others that can: a digit may be missing there, or none."""
_INVISIBLE_MODES = {3, 7}
_MASKS = ("SMask", "Mask", "ImageMask", "IM")
"""An image with one of these lets through what it is printed over, as a stamp or a watermark does."""


class PageTooLargeError(Exception):
    """A page holds more than any page of a report; it is not read."""


class Device(PDFPageAggregator):
    """Collects what a page draws, and marks the text that it draws invisibly.

    ``covering`` has for each opaque image its box, and how many characters had been drawn before it.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 -- handed on
        super().__init__(*args, **kwargs)
        self.glyphs = 0
        self.covering: list[tuple[tuple[float, float, float, float], int]] = []
        self.string: list[LTChar] = []

    def render_string(
        self,
        textstate: PDFTextState,
        seq: Any,  # noqa: ANN401 -- pdfminer's own
        ncs: PDFColorSpace,
        graphicstate: PDFGraphicState,
    ) -> None:
        """Draw a string; what of it is clipped away is only unsure where the rest of it is shown."""
        self.string = []
        super().render_string(textstate, seq, ncs, graphicstate)
        if textstate.render in _INVISIBLE_MODES or (
            isinstance(graphicstate, State) and graphicstate.is_faint(textstate.render)
        ):
            _mark(self.string, HIDDEN)
        elif isinstance(graphicstate, State) and graphicstate.clip:
            clipped = [char for char in self.string if not graphicstate.shows(*middle(char))]
            _mark(clipped, HIDDEN if len(clipped) == len(self.string) else UNSURE)

    def render_char(self, *args: Any, **kwargs: Any) -> float:  # noqa: ANN401 -- handed on
        """Draw one character of a string."""
        advance = super().render_char(*args, **kwargs)
        self.glyphs += 1
        if self.glyphs > MOST_GLYPHS:
            raise PageTooLargeError
        drawn = self.cur_item._objs[-1]  # noqa: SLF001 -- as pdfplumber itself does
        if isinstance(drawn, LTChar):
            self.string.append(drawn)
        return advance

    def render_image(self, name: str, stream: PDFStream) -> None:
        """Draw an image."""
        super().render_image(name, stream)
        if not any(stream.attrs.get(mask) for mask in _MASKS):
            self.covering.append((self.cur_item.bbox, self.glyphs))


def middle(char: LTChar) -> tuple[float, float]:
    """Where the middle of a character is on the page, from its lower left corner."""
    return (char.x0 + char.x1) / 2, (char.y0 + char.y1) / 2


def _mark(chars: Sequence[LTChar], tag: str) -> None:
    for char in chars:
        vars(char)["tag"] = tag

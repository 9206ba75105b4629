"""What a page of a PDF draws, in drawing order: which of its characters end up where nobody can see them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LTChar
from pdfminer.pdfcolor import PDFColorSpace
from pdfminer.pdfinterp import PDFGraphicState, PDFTextState
from pdfminer.pdftypes import PDFStream
from pdfminer.utils import PathSegment

from disclosure.read.pdf_state import Area, State, area_of, is_white

MOST_GLYPHS = 50_000
"""Characters on one page; a page full of small print has five thousand."""
HIDDEN = "hidden"
"""The tag of a character that is drawn and cannot be seen."""
UNSURE = "unsure"
"""The tag of a character that cannot be seen where something else can: a digit may be missing there, or none."""
_INVISIBLE_MODES = {3, 7}
_MASKS = ("SMask", "Mask", "ImageMask", "IM")
"""An image with one of these lets through what it is printed over, as a stamp or a watermark does."""

_BAND = 16.0
"""Characters are kept by bands of the page so high, in points: an area is compared with those near it only."""
_SLIMMEST = 2.0
"""An area that is not wider or not higher than this, in points, is a line."""


class PageTooLargeError(Exception):
    """A page holds more than any page of a report; it is not read."""


class Device(PDFPageAggregator):
    """Collects what a page draws, and marks the text that it draws invisibly or paints over.

    ``covering`` has for each opaque image its box, and how many characters had been drawn before it.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 -- handed on
        super().__init__(*args, **kwargs)
        self.glyphs = 0
        self.covering: list[tuple[tuple[float, float, float, float], int]] = []
        self.string: list[LTChar] = []
        self.field: list[LTChar] = []
        """The characters drawn since it was last emptied."""
        self.fresh: list[LTChar] = []
        self.bands: defaultdict[float, list[LTChar]] = defaultdict(list)
        """The characters that nothing is painted over yet; ``fresh`` are those not yet put into their bands."""
        self.painting = False

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
        self.fresh += self.string
        self.field += self.string

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

    def paint_path(
        self,
        gstate: PDFGraphicState,
        stroke: bool,  # noqa: FBT001 -- pdfminer's own
        fill: bool,  # noqa: FBT001
        evenodd: bool,  # noqa: FBT001
        path: Sequence[PathSegment],
    ) -> None:
        """Paint a path, over what was drawn before it; pdfminer paints its parts by calling this again."""
        if self.painting:
            super().paint_path(gstate, stroke, fill, evenodd, path)
            return
        self.painting = True
        super().paint_path(gstate, stroke, fill, evenodd, path)
        self.painting = False
        if fill and self.glyphs and isinstance(gstate, State) and gstate.is_opaque():
            area = area_of(path, self.ctm, evenodd=evenodd)
            if area is not None and min(area.x1 - area.x0, area.y1 - area.y0) > _SLIMMEST:
                self._cover(area, gstate)

    def _cover(self, area: Area, gstate: State) -> None:
        """Mark the characters over whose middle an area is painted: unseen, unless a colour is seen instead."""
        for char in self.fresh:
            self.bands[middle(char)[1] // _BAND].append(char)
        self.fresh = []
        tag = HIDDEN if is_white(gstate.ncolor, gstate.ncs) else UNSURE
        lowest, highest = area.y0 // _BAND, area.y1 // _BAND
        for band in [band for band in self.bands if lowest <= band <= highest]:
            near = [(char, *middle(char)) for char in self.bands[band] if area.x0 < char.x1 and char.x0 < area.x1]
            covered = [char for char, x, y in near if area.holds(x, y) and gstate.shows(x, y)]
            if covered:
                _mark(covered, tag)
                gone = set(map(id, covered))
                self.bands[band] = [char for char in self.bands[band] if id(char) not in gone]


def middle(char: LTChar) -> tuple[float, float]:
    """Where the middle of a character is on the page, from its lower left corner."""
    return (char.x0 + char.x1) / 2, (char.y0 + char.y1) / 2


def _mark(chars: Sequence[LTChar], tag: str) -> None:
    """Tag characters; what is hidden stays hidden, whatever is painted over it."""
    for char in chars:
        if vars(char).get("tag") != HIDDEN:
            vars(char)["tag"] = tag

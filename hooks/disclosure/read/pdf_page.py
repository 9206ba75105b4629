"""One page of a PDF: what can be seen on it, as lines of text and ruled tables."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from pdfminer.layout import LTPage
from pdfminer.pdftypes import stream_value
from pdfplumber.page import Page
from pdfplumber.utils.geometry import obj_to_edges

from disclosure.form.folding import RADICALS
from disclosure.read.pdf_broken import with_broken_numbers_joined
from disclosure.read.pdf_cells import Box, Edge, Ruled, fill_boxes, find_boxes
from disclosure.read.pdf_device import HIDDEN, MOST_GLYPHS, UNSURE, Device, PageTooLargeError
from disclosure.read.pdf_fields import PageInterpreter, fields_of
from disclosure.read.pdf_labels import with_broken_labels_joined
from disclosure.read.pdf_marks import struck_out, with_raised_marked, with_small_digits_marked, without_overprint
from disclosure.read.pdf_state import is_white
from disclosure.read.pdf_words import UNREADABLE, Glyph, Line, line_of, rows_of, without_doubles, words_of

Char: TypeAlias = dict[str, Any]
"""A character, rectangle or image as pdfplumber describes it."""

MOST_CONTENT = 4 * 1024 * 1024
"""Bytes of the drawing instructions of one page; a page of text has some ten thousand."""
_HYPHEN = "\u00ad"
"""Fonts often name their hyphen glyph so; it is printed, so it is the minus sign of a number."""
_SMALLEST = 1.0
_SCAN_COVERS = 0.5
"""An image over this share of the page is the page itself, scanned."""
_THIN = 4.0
_TURNS = {"right": 0, "up": 90, "left": 180, "down": 270}
_FEWEST_DRAWINGS = 20
_MARK_SIZE = 8.0
_MARK_STEP = 16.0
_MARK_REACH = 2000.0
"""Text that is not read is marked at each step of its place, in points: it may reach over several cells."""


@dataclass(frozen=True, slots=True)
class PageContent:
    """What one page shows. ``number`` counts from 1; lengths are in points.

    ``unreadable`` is how many glyphs the file gives no character for; ``struck`` are the texts left out as crossed out;
    ``recognised`` says that the text is a layer over a scanned image; ``drawn`` that there is something to see, be it
    text or not; ``fields`` is how many fields and comments hold text that is not read.
    """

    number: int
    height: float
    lines: tuple[Line, ...]
    tables: tuple[Ruled, ...]
    unreadable: int = 0
    struck: tuple[str, ...] = ()
    recognised: bool = False
    drawn: bool = False
    fields: int = 0


class _Page(Page):
    """A page whose content is bounded and whose invisible text is known."""

    covering: list[tuple[tuple[float, float, float, float], int]]
    unread: tuple[tuple[float, float, float, float], ...]

    @property
    def layout(self) -> LTPage:
        if not hasattr(self, "_layout"):
            if sum(len(stream_value(one).get_data()) for one in self.page_obj.contents) > MOST_CONTENT:
                raise PageTooLargeError
            device = Device(self.pdf.rsrcmgr, pageno=self.page_number)
            interpreter = PageInterpreter(self.pdf.rsrcmgr, device)
            interpreter.fields = fields_of(self.page_obj)
            interpreter.process_page(self.page_obj)
            self._layout = device.get_result()
            self.covering = device.covering
            self.unread = interpreter.unread
        return self._layout


def read_page(pdf: Any, page_obj: Any, number: int) -> PageContent:  # noqa: ANN401 -- pdfplumber's and pdfminer's own
    """Read one page; text that stands at right angles to the page turns the page with it.

    Raises:
        PageTooLargeError: it holds more than is read.
        Exception: whatever pdfminer raises on a damaged page.
    """
    page = _Page(pdf, page_obj, number)
    glyphs, unreadable = _glyphs(page)
    turn = _turn(glyphs)
    if turn:
        page_obj.rotate = (page_obj.rotate + turn) % 360
        page_obj.attrs["Rotate"] = page_obj.rotate
        page = _Page(pdf, page_obj, number)
        glyphs, unreadable = _glyphs(page)
    printed = list(without_doubles(glyphs))
    struck = struck_out(printed, [shape for shape in _shapes(page) if not _is_unseen(shape)])
    crossed = {id(glyph) for run in struck for glyph in run}
    left = without_overprint([glyph for glyph in printed if id(glyph) not in crossed])
    words = list(with_small_digits_marked(words_of(list(with_raised_marked(left)))))
    tables, outside = fill_boxes(find_boxes(list(_edges(page))), words)
    return PageContent(
        number=number,
        height=float(page.height),
        lines=tuple(line_of(row) for row in rows_of(with_broken_labels_joined(with_broken_numbers_joined(outside)))),
        tables=tuple(tables),
        unreadable=unreadable,
        recognised=bool(glyphs) and _is_scan_below(page),
        struck=tuple("".join(glyph.text for glyph in run) for run in struck),
        drawn=bool(glyphs or page.images or len(page.curves) + len(page.rects) > _FEWEST_DRAWINGS),
        fields=len(page.unread),
    )


def _turn(glyphs: Iterable[Glyph]) -> int:
    """By how many degrees clockwise the page has to be turned for most of its text to run to the right."""
    counts = dict.fromkeys(_TURNS, 0)
    for glyph in glyphs:
        counts[glyph.direction] += 1
    return _TURNS[max(counts, key=lambda direction: counts[direction])]


def _glyphs(page: _Page) -> tuple[list[Glyph], int]:
    """The characters that can be seen on a page, and how many of them have no known character."""
    chars = page.chars
    scanned = _is_scan_below(page)
    painted = [rect for rect in page.rects if rect["fill"] and not _is_white(rect)]
    seen: list[Glyph] = []
    unreadable = 0
    for char in chars:
        direction = _direction(char)
        if direction is None or not _is_on_page(page, char) or char["size"] < _SMALLEST:
            continue
        if char.get("tag") == HIDDEN and not scanned:
            continue
        if _is_white(char) and not (page.images or any(_lies_on(char, rect) for rect in painted)):
            continue
        text = _readable(char)
        unreadable += text.count(UNREADABLE)
        if char.get("tag") == UNSURE and not scanned and any(one.isdigit() for one in text):
            text = UNREADABLE
        if text:
            place = Box(*(float(char[side]) for side in ("x0", "top", "x1", "bottom")))
            seen.append(Glyph(text, *place, float(char["size"]), direction))
    return _with_unread_marked(seen, [_on_page(page, *rect) for rect in page.unread]), unreadable


def _on_page(page: _Page, x0: float, y0: float, x1: float, y1: float) -> Box:
    """A place as pdfplumber counts it, within the page."""
    left, top = page.mediabox[:2]
    bottom = float(page.height) + top
    low, high = max(bottom - y1, 0.0), min(bottom - y0, bottom)
    return Box(max(x0 + left, 0.0), low, min(x1 + left, float(page.width) + left), high)


def _with_unread_marked(glyphs: Iterable[Glyph], places: Sequence[Box]) -> list[Glyph]:
    """The glyphs, and in each place with text that is not read U+FFFD, so that no cell there is taken for empty."""
    found = [
        glyph._replace(text=UNREADABLE)
        if glyph.text.isdigit() and any(_holds(place, glyph) for place in places)
        else glyph
        for glyph in glyphs
    ]
    for place in places:
        across = math.ceil(min(place.x1 - place.x0, _MARK_REACH) / _MARK_STEP)
        down = math.ceil(min(place.bottom - place.top, _MARK_REACH) / _MARK_STEP)
        if len(found) + across * down > MOST_GLYPHS:
            raise PageTooLargeError
        for column, row in itertools.product(range(across), range(down)):
            x = place.x0 + (place.x1 - place.x0) * (column + 0.5) / across
            y = place.top + (place.bottom - place.top) * (row + 0.5) / down
            half = _MARK_SIZE / 2
            found.append(Glyph(UNREADABLE, x - half, y - half, x + half, y + half, _MARK_SIZE))
    return found


def _holds(place: Box, glyph: Glyph) -> bool:
    return place.holds((glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2)


def _readable(char: Char) -> str:
    """The text of a glyph; U+FFFD where the font does not say what it is, or says a character that prints nothing.

    Fonts draw 人 and the radical ⼈ with one glyph, and many files name it as the radical: the character is meant.
    """
    text: str = char["text"]
    if text.startswith("(cid:") or (not text and char["width"] > 0):
        return UNREADABLE
    if text == _HYPHEN:
        return "-"
    text = text.translate(RADICALS)
    shown = "".join(one if one.isprintable() or one.isspace() else UNREADABLE for one in text)
    return shown if char["width"] > 0 else shown.replace(UNREADABLE, "")


def _direction(char: Char) -> str | None:
    """Where the line of a character runs; None where it runs slanting, as watermarks do."""
    a, b = char["matrix"][:2]
    if not (math.isfinite(a) and math.isfinite(b)) or min(abs(a), abs(b)) > 0.2 * max(abs(a), abs(b)):
        return None
    if abs(a) >= abs(b):
        return "right" if a >= 0 else "left"
    return "up" if b > 0 else "down"


def _is_on_page(page: _Page, char: Char) -> bool:
    x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
    boxes = (page.mediabox, getattr(page, "cropbox", page.mediabox))
    return all(box[0] <= x <= box[2] and box[1] <= y <= box[3] for box in boxes)


def _is_white(shape: Char) -> bool:
    return is_white(shape.get("non_stroking_color"), shape.get("ncs"))


def _lies_on(char: Char, rect: Char) -> bool:
    x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
    return bool(rect["x0"] <= x <= rect["x1"] and rect["top"] <= y <= rect["bottom"])


def _is_scan_below(page: _Page) -> bool:
    """Whether an image covers the page, and its text is invisible or was drawn before it."""
    area = float(page.width * page.height)
    hidden = sum(char.get("tag") == HIDDEN for char in page.chars)
    for (x0, y0, x1, y1), before in page.covering:
        if (x1 - x0) * (y1 - y0) >= _SCAN_COVERS * area and max(hidden, before) > len(page.chars) / 2:
            return True
    return False


def _shapes(page: _Page) -> Iterator[Char]:
    yield from (*page.lines, *page.rects, *page.curves)


def _is_unseen(shape: Char) -> bool:
    return not shape["stroke"] and _is_white(shape)


def _edges(page: _Page) -> Iterator[Edge]:
    """The level and upright lines that can be seen, also those that are the edges of painted areas.

    Of a shape as thin as a line, or as a dash of one, only the long sides count.
    """
    for shape in _shapes(page):
        if _is_unseen(shape):
            continue
        across, down = shape["width"], shape["height"]
        thin = min(across, down) <= _THIN
        for edge in obj_to_edges(shape):
            along = {"h": across >= down, "v": down >= across}.get(edge["orientation"], False)
            if along or (edge["orientation"] and not thin):
                yield edge

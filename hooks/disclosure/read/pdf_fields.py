"""Fill-in fields and typed comments, which a PDF keeps apart from its pages: read as shown, or known to be there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from pdfminer.layout import LTChar
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import PDFStream, dict_value, list_value, resolve1
from pdfminer.psparser import LIT, literal_name
from pdfminer.utils import MATRIX_IDENTITY, Matrix, Rect, apply_matrix_rect, decode_text, mult_matrix

from disclosure.read.pdf_device import UNSURE, Device
from disclosure.read.pdf_state import Interpreter, State

_UNSEEN = 2 | 32
"""The flags of an annotation that no viewer shows."""
_DEEPEST = 8
"""Fields take what they do not say from the fields above them, of which there are few."""
_DRAWN = "\0field"


class Field(NamedTuple):
    """A field with its text, and how the file shows it; a comment has no such look, it is not part of the report."""

    rect: Rect
    text: str
    look: PDFStream | None


def fields_of(page: PDFPage) -> list[Field]:
    """The fields of a page that text is typed into, and the comments that are set in type on it."""
    found = (_field(dict_value(one)) for one in list_value(resolve1(page.annots) or []))
    return [field for field in found if field is not None]


def _field(annotation: Mapping[str, Any]) -> Field | None:
    kind, flags = _name(annotation.get("Subtype")), resolve1(annotation.get("F"))
    if kind not in {"FreeText", "Widget"} or (isinstance(flags, int) and flags & _UNSEEN):
        return None
    rect = _rect(annotation.get("Rect"))
    if rect is None:
        return None
    if kind == "FreeText":
        return Field(rect, _text(annotation.get("Contents")), None)
    said = _inherited(annotation)
    if _name(said.get("FT")) not in {"Tx", "Ch"}:
        return None
    look = resolve1(dict_value(annotation.get("AP", {})).get("N"))
    is_form = isinstance(look, PDFStream) and "BBox" in look and _name(look.get("Subtype")) == "Form"
    return Field(rect, _text(said.get("V")), look if is_form else None)


def _rect(value: object) -> Rect | None:
    """The rectangle of an annotation; None where it has none, or one without extent: it is seen nowhere."""
    numbers = [resolve1(number) for number in list_value(value)]
    if len(numbers) != 4 or not all(isinstance(number, int | float) for number in numbers):  # noqa: PLR2004 -- sides
        return None
    (x0, x1), (y0, y1) = sorted(numbers[::2]), sorted(numbers[1::2])
    return (float(x0), float(y0), float(x1), float(y1)) if x0 < x1 and y0 < y1 else None


def _inherited(annotation: Mapping[str, Any]) -> dict[str, Any]:
    """What a field says, or the fields above it."""
    said: dict[str, Any] = {}
    for _ in range(_DEEPEST):
        said = dict(annotation) | said
        if "Parent" not in annotation:
            break
        annotation = dict_value(annotation["Parent"])
    return said


def _name(value: object) -> str:
    value = resolve1(value)
    return literal_name(value) if value is not None else ""


def _text(value: object) -> str:
    value = resolve1(value)
    return decode_text(value) if isinstance(value, bytes) else ""


class PageInterpreter(Interpreter):
    """Draws a page, then its fields. ``unread`` is where text stands, on the page, that is not certain to be read."""

    fields: Sequence[Field] = ()
    unread: tuple[Rect, ...] = ()

    def render_contents(
        self, resources: dict[object, object], streams: Sequence[object], ctm: Matrix = MATRIX_IDENTITY
    ) -> None:
        """Draw a page with its fields, or a form."""
        super().render_contents(resources, streams, ctm)
        self.unread = tuple(self._drawn(ctm))

    def _drawn(self, ctm: Matrix) -> Iterator[Rect]:
        """Draw the fields; those that do not show the text that they hold are given back."""
        for field in self.fields:
            self.init_state(ctm)
            self.graphicstate = State()
            shown = self._look(field, ctm) if field.look is not None else []
            if _plain("".join(char.get_text() for char in shown)) != _plain(field.text):
                for char in shown:
                    vars(char)["tag"] = UNSURE
                yield apply_matrix_rect(ctm, field.rect)

    def _look(self, field: Field, ctm: Matrix) -> list[LTChar]:
        """Draw a field into its rectangle (ISO 32000-1, 12.5.5); the characters drawn."""
        if field.look is None or not isinstance(self.device, Device):
            return []
        matrix: Any = tuple(list_value(field.look.get("Matrix", list(MATRIX_IDENTITY))))
        box: Any = tuple(float(resolve1(number)) for number in list_value(field.look["BBox"]))
        x0, y0, x1, y1 = apply_matrix_rect(matrix, box)
        across = (field.rect[2] - field.rect[0]) / ((x1 - x0) or 1.0)
        down = (field.rect[3] - field.rect[1]) / ((y1 - y0) or 1.0)
        self.ctm = mult_matrix((across, 0, 0, down, field.rect[0] - x0 * across, field.rect[1] - y0 * down), ctm)
        self.xobjmap[_DRAWN] = field.look
        self.device.field = []
        self.do_Do(LIT(_DRAWN))
        return self.device.field


def _plain(text: str) -> str:
    return "".join(text.split())

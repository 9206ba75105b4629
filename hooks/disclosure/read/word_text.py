"""The text of one paragraph of a Word file as it is shown: runs, fields, marks, revisions, symbols, text boxes."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeVar
from xml.etree.ElementTree import Element

from disclosure.read.archive import DamagedFileError
from disclosure.read.document import RAISED, STRUCK
from disclosure.read.word_styles import Styles, is_on, value_of, word

MOST_NESTED = 100
"""Elements inside each other; Word itself writes some thirty, and refuses tables in tables beyond that."""
_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_VML = "{urn:schemas-microsoft-com:vml}"
_OFFICE = "{urn:schemas-microsoft-com:office:office}"
_RUN_PROPERTIES = word("rPr")
_FONT, _CHARACTER, _FIELD_MARK, _ID = word("font"), word("char"), word("fldCharType"), word("id")

NOT_SHOWN = frozenset(
    map(word, ("pPr", "rPr", "sdtPr", "sdtEndPr", "instrText", "fldData", "ffData", "rt", "tblPr", "trPr", "tcPr"))
)
"""Elements that hold properties, codes of fields, or readings set above characters, and no text of the page."""
DELETED = frozenset(map(word, ("del", "moveFrom", "delText", "delInstrText")))
"""Text that a revision takes away."""
INSERTED = frozenset(map(word, ("ins", "moveTo")))
ALTERNATIVES = _COMPATIBILITY + "AlternateContent"
TEXT_BOX = word("txbxContent")
_MARKS = {
    word("tab"): "\t",
    word("ptab"): "\t",
    word("br"): "\n",
    word("cr"): "\n",
    word("noBreakHyphen"): "-",
}
_WRITTEN = (word("t"), word("delText"))
_NOTE_MARKS = {word("footnoteReference"): "脚注", word("endnoteReference"): "尾注"}
_SYMBOLS = {
    "Wingdings": {
        0x6C: "●", 0x6D: "○", 0x6E: "■", 0x6F: "□", 0x71: "❑", 0x75: "◆", 0x76: "❖", 0x9F: "•", 0xA1: "○", 0xA7: "▪",
        0xA8: "□", 0xD8: "➢", 0xE0: "→", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
    },
    "Wingdings 2": {0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x96: "●", 0x97: "●", 0xA3: "□"},
    "Symbol": {0xB7: "•"},
}  # fmt: skip
"""Signs of fonts without letters that lists and forms use; the files give their places in the font."""
_PRIVATE_USE = range(0xE000, 0xF900)
_UNKNOWN = "\ufffd"


@dataclass(slots=True)
class Seen:
    """What stands in a document and is not read, or read in one of two ways: counted, so that it can be said."""

    hidden: int = 0
    revised: int = 0
    embedded: int = 0
    pictures: int = 0
    notes: dict[tuple[str, str], int] = field(default_factory=dict)
    """Kind and id of each note (脚注, 尾注) → its number, in the order in which the text refers to them."""


@dataclass(slots=True)
class ParagraphText:
    """Collects the text of one paragraph; text boxes anchored in it are kept apart, to be read after it.

    ``fields`` tells for each open field whether its result has begun; before that stands its code.
    """

    styles: Styles
    seen: Seen
    pieces: list[str] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    pictures: int = 0
    fields: list[bool] = field(default_factory=list)
    looks: tuple[Element, ...] = ()
    """What the style of the paragraph says of its characters, the nearest first."""

    @property
    def shown(self) -> str:
        """The text collected so far."""
        return "".join(self.pieces)

    def add(self, parent: Element, depth: int) -> None:
        """Add what stands inside an element; elements without a meaning of their own are looked through.

        Raises:
            DamagedFileError: elements stand inside each other more than ``MOST_NESTED`` deep.
        """
        for child in children(parent, depth):
            handle = _HANDLERS.get(child.tag)
            if handle is not None:
                handle(self, child, depth + 1)
            elif child.tag not in NOT_SHOWN:
                self.add(child, depth + 1)


def _add_text(text: ParagraphText, element: Element, _depth: int) -> None:
    if all(text.fields):
        text.pieces.append(element.text or "")


def _add_mark(text: ParagraphText, element: Element, _depth: int) -> None:
    text.pieces.append(_MARKS[element.tag])


def _add_run(text: ParagraphText, element: Element, depth: int) -> None:
    """Struck and raised text is told from the text around it: 12 with 15 struck out behind it is not 1215."""
    properties = element.find(_RUN_PROPERTIES)
    if properties is None and not text.looks:
        text.add(element, depth)
        return
    style = value_of(properties, "rStyle")
    if is_on(properties, "vanish") or text.styles.is_hidden(style):
        text.seen.hidden += _has_text(element)
        return
    first = len(text.pieces)
    text.add(element, depth)
    own = [] if properties is None else [properties, *text.styles.run_properties(style)]
    looks = [*own, *text.looks]
    if _nearest(looks, "strike", is_on) or _nearest(looks, "dstrike", is_on):
        _change(text, first, STRUCK.format)
    elif (
        _nearest(looks, "vertAlign", value_of) not in _ON_THE_LINE or _nearest(own, "position", value_of) not in _LEVEL
    ):
        _change(text, first, lambda shown: shown.translate(RAISED))


_ON_THE_LINE = (None, "baseline")
_LEVEL = (None, "", "0")
_Value = TypeVar("_Value")


def _nearest(looks: Iterable[Element], name: str, read: Callable[[Element, str], _Value]) -> _Value | None:
    """A property as the nearest of several that says anything of it has it."""
    return next((read(one, name) for one in looks if one.find(word(name)) is not None), None)


def _change(text: ParagraphText, first: int, change: Callable[[str], str]) -> None:
    shown = "".join(text.pieces[first:])
    if shown.strip():
        text.pieces[first:] = [change(shown)]


def _add_revised(text: ParagraphText, element: Element, depth: int) -> None:
    text.seen.revised += _has_text(element)
    if element.tag not in DELETED:
        text.add(element, depth)


def _has_text(element: Element) -> bool:
    return any((one.text or "").strip() for tag in _WRITTEN for one in element.iter(tag))


def _follow_field(text: ParagraphText, element: Element, _depth: int) -> None:
    kind = element.get(_FIELD_MARK)
    if kind == "begin":
        text.fields.append(False)
    elif text.fields and kind == "separate":
        text.fields[-1] = True
    elif text.fields:
        text.fields.pop()


def _add_symbol(text: ParagraphText, element: Element, _depth: int) -> None:
    text.pieces.append(_symbol(element.get(_FONT, ""), element.get(_CHARACTER, "")))


def _add_formula(text: ParagraphText, element: Element, _depth: int) -> None:
    """Parts of a formula are kept apart: a half is not 12."""
    text.pieces.append(f" {element.text or ''} ")


def _add_note_mark(text: ParagraphText, element: Element, _depth: int) -> None:
    kind, notes = _NOTE_MARKS[element.tag], text.seen.notes
    number = notes.setdefault((kind, element.get(_ID, "")), len(notes) + 1)
    text.pieces.append(note_mark(kind, number))


def _keep_box(text: ParagraphText, element: Element, _depth: int) -> None:
    text.boxes.append(element)


def _count_picture(text: ParagraphText, _element: Element, _depth: int) -> None:
    text.pictures += 1
    text.seen.pictures += 1


def _count_embedded(text: ParagraphText, _element: Element, _depth: int) -> None:
    text.seen.embedded += 1


_HANDLERS: dict[str, Callable[[ParagraphText, Element, int], None]] = {
    word("r"): _add_run,
    word("fldChar"): _follow_field,
    word("sym"): _add_symbol,
    TEXT_BOX: _keep_box,
    _MATH + "t": _add_formula,
    _OFFICE + "OLEObject": _count_embedded,
    **dict.fromkeys((word("t"), _DRAWING + "t"), _add_text),
    **dict.fromkeys(_MARKS, _add_mark),
    **dict.fromkeys(_NOTE_MARKS, _add_note_mark),
    **dict.fromkeys((_DRAWING + "blip", _VML + "imagedata"), _count_picture),
    **dict.fromkeys(DELETED | INSERTED, _add_revised),
}


def children(parent: Element, depth: int) -> Iterator[Element]:
    """The children of an element; of alternatives for newer and older programs, only the newer."""
    if depth > MOST_NESTED:
        raise DamagedFileError("文件的内容层层套叠，不像一份报告，没有继续读取。")
    for child in parent:
        if child.tag == ALTERNATIVES:
            yield from child[:1]
        else:
            yield child


def nearest(parent: Element, tags: Collection[str], depth: int) -> Iterator[Element]:
    """The elements with these tags inside another, in order, seen through all wrappers but deleted ones."""
    for child in children(parent, depth):
        if child.tag in tags:
            yield child
        elif child.tag not in NOT_SHOWN and child.tag not in DELETED:
            yield from nearest(child, tags, depth + 1)


def note_mark(kind: str, number: int) -> str:
    """The mark that leads from the text to a note below it.

    >>> note_mark("脚注", 2)
    '（脚注2）'
    """
    return f"（{kind}{number}）"


def _symbol(font: str, code: str) -> str:
    """The sign at a place of a font; � where it is not known.

    >>> _symbol("Wingdings", "F0FC"), _symbol("Times", "00B1"), _symbol("Webdings", "F061")
    ('✓', '±', '\ufffd')
    """
    try:
        number = int(code, 16)
    except ValueError:
        return _UNKNOWN
    if number in _PRIVATE_USE or font in _SYMBOLS:
        return _SYMBOLS.get(font, {}).get(number & 0xFF, _UNKNOWN)
    return chr(number) if chr(number & 0xFFFF).isprintable() and number < _PRIVATE_USE.stop else _UNKNOWN

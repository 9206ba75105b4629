"""Write small PDF files for tests: pages of text at given places, and tables with or without ruled lines.

Places are in points from the upper left corner of the page. The one font is referenced, not embedded, as a viewer
would find it on its system: full-width characters advance 1 em, ASCII half an em.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from disclosure.read.document import TableCell

HEADER = b"%PDF-1.6\n%\xe2\xe3\xcf\xd3\n"
PADDING = 3.0
SIZE = 10.0


def advance(char: str) -> float:
    """How far a character moves on, in em."""
    return 0.5 if char.isascii() else 1.0


@dataclass(frozen=True)
class Annotation:
    """A fill-in field (``Widget``) or a typed comment (``FreeText``): the text it holds, and what it shows, if that."""

    kind: str
    x0: float
    top: float
    x1: float
    bottom: float
    text: str
    shown: str | None = None


@dataclass
class PdfPage:
    """One page: what is drawn on it, in drawing order, as PDF operators."""

    width: float = 595.0
    height: float = 842.0
    rotate: int = 0
    drawn: list[str | tuple[str, str]] = field(default_factory=list)
    """Operators as they stand, or (operators before a string, the string)."""
    annotations: list[Annotation] = field(default_factory=list)

    def text(  # noqa: PLR0913 -- a test names only what it changes
        self,
        x: float,
        top: float,
        text: str,
        *,
        size: float = SIZE,
        mode: int = 0,
        colour: str = "0 g",
        spacing: float = 0,
    ) -> None:
        """Print ``text`` from ``x`` on, its upper edge at ``top``. ``mode`` is the render mode (3: invisible)."""
        baseline = self.height - top - 0.88 * size
        self.drawn.append((f"{colour} {mode} Tr {spacing} Tc /F {size} Tf 1 0 0 1 {x:.2f} {baseline:.2f} Tm", text))

    def turned(self, x: float, bottom: float, text: str, *, size: float = SIZE) -> None:
        """Print ``text`` upwards along ``x``, from ``bottom`` on."""
        self.drawn.append((f"0 g 0 Tr 0 Tc /F {size} Tf 0 1 -1 0 {x:.2f} {self.height - bottom:.2f} Tm", text))

    def line(self, x0: float, top: float, x1: float, bottom: float) -> None:
        """Draw a thin line."""
        self.drawn.append(f"0.5 w {x0:.2f} {self.height - top:.2f} m {x1:.2f} {self.height - bottom:.2f} l S")

    def image(self, x0: float, top: float, x1: float, bottom: float) -> None:
        """Show a grey picture."""
        place = f"{x1 - x0:.2f} 0 0 {bottom - top:.2f} {x0:.2f} {self.height - bottom:.2f}"
        self.drawn.append(f"q {place} cm BI /W 1 /H 1 /CS /G /BPC 8 /F /AHx ID 7f> EI Q")

    def fill(self, x0: float, top: float, x1: float, bottom: float, colour: str = "0 g") -> None:
        """Fill a rectangle."""
        place = f"{x0:.2f} {self.height - bottom:.2f} {x1 - x0:.2f} {bottom - top:.2f}"
        self.drawn.append(f"{colour} {place} re f")

    def clip(self, x0: float, top: float, x1: float, bottom: float) -> None:
        """Show of what follows, up to ``restore``, only what lies in a rectangle."""
        self.drawn.append(f"q {x0:.2f} {self.height - bottom:.2f} {x1 - x0:.2f} {bottom - top:.2f} re W n")

    def fade(self) -> None:
        """Draw what follows, up to ``restore``, wholly transparent."""
        self.drawn.append("q /Clear gs")

    def restore(self) -> None:
        """Go back to how was drawn before ``clip`` or ``fade``."""
        self.drawn.append("Q")

    def table(
        self,
        left: float,
        top: float,
        widths: Sequence[float],
        rows: Iterable[Sequence[TableCell | str]],
        *,
        ruled: bool = True,
    ) -> float:
        """Draw a table, each row as high as its text needs; texts wrap in their cells. Returns where it ends."""
        laid = list(_laid(rows))
        tops = [top]
        for index in range(max(row + cell.down for row, _, cell in laid)):
            own = (cell for row, _, cell in laid if row == index and cell.down == 1)
            columns = {id(cell): column for row, column, cell in laid if row == index}
            lines = [len(wrapped(c.text, sum(widths[columns[id(c)] : columns[id(c)] + c.across]))) for c in own]
            tops.append(tops[-1] + max([1, *lines]) * SIZE * 1.2 + 2 * PADDING)
        for row, column, cell in laid:
            x0 = left + sum(widths[:column])
            box = (x0, tops[row], x0 + sum(widths[column : column + cell.across]), tops[row + cell.down])
            self._cell(box, cell.text, ruled=ruled)
        return tops[-1]

    def _cell(self, box: tuple[float, float, float, float], text: str, *, ruled: bool) -> None:
        x0, top, x1, bottom = box
        if ruled:
            for edge in ((x0, top, x1, top), (x0, bottom, x1, bottom), (x0, top, x0, bottom), (x1, top, x1, bottom)):
                self.line(*edge)
        lines = wrapped(text, x1 - x0)
        start = (top + bottom - len(lines) * SIZE * 1.2) / 2
        for number, line in enumerate(lines):
            self.text(x0 + PADDING, start + number * SIZE * 1.2, line)


def wrapped(text: str, width: float) -> list[str]:
    """The lines of ``text`` in a cell that is ``width`` wide; a line feed breaks a line too."""
    lines: list[str] = []
    for part in text.split("\n"):
        used = width
        for char in part:
            step = advance(char) * SIZE
            if used + step > width - 2 * PADDING:
                lines.append("")
                used = 0.0
            lines[-1] += char
            used += step
    return lines


def _laid(rows: Iterable[Sequence[TableCell | str]]) -> Iterator[tuple[int, int, TableCell]]:
    """Every cell with its row and column."""
    taken: set[tuple[int, int]] = set()
    for row, cells in enumerate(rows):
        column = 0
        for given in cells:
            cell = TableCell(given) if isinstance(given, str) else given
            while (row, column) in taken:
                column += 1
            taken |= {(row + y, column + x) for y in range(cell.down) for x in range(cell.across)}
            yield row, column, cell


def write_pdf(pages: Sequence[PdfPage], *, to_unicode: bool = True, compressed: bool = False) -> bytes:
    """A whole file. Without ``to_unicode`` the glyphs cannot be told from one another, as in a badly made subset."""
    strings = [drawn[1] for page in pages for drawn in page.drawn if isinstance(drawn, tuple)]
    strings += [one.shown or "" for page in pages for one in page.annotations]
    codes = {char: code for code, char in enumerate(sorted({char for text in strings for char in text}), start=1)}
    objects: dict[int, bytes] = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: b"<< /Type /Pages /Count %d /Kids [%s] >>"
        % (len(pages), b" ".join(b"%d 0 R" % (10 + 2 * number) for number in range(len(pages)))),
        3: b"<< /Type /Font /Subtype /Type0 /BaseFont /SimSun /Encoding /Identity-H /DescendantFonts [4 0 R]%s >>"
        % (b" /ToUnicode 5 0 R" if to_unicode else b""),
        4: b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /SimSun /DW 1000 /W [%s] /FontDescriptor 6 0 R\n"
        b"/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>"
        % b" ".join(b"%d [%d]" % (code, 1000 * advance(char)) for char, code in codes.items()),
        5: stream(_unicode_map(codes), compressed=compressed),
        6: b"<< /Type /FontDescriptor /FontName /SimSun /Flags 4 /FontBBox [0 -120 1000 880] /ItalicAngle 0"
        b" /Ascent 880 /Descent -120 /CapHeight 700 /StemV 80 >>",
    }
    for number, page in enumerate(pages):
        objects[10 + 2 * number] = (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %.0f %.0f] /Rotate %d /Contents %d 0 R"
            b" /Annots [%s] /Resources << /Font << /F 3 0 R >>"
            b" /ExtGState << /Clear << /ca 0 /CA 0 >> /Pale << /ca 0.3 >> >> >> >>"
            % (page.width, page.height, page.rotate, 11 + 2 * number, _annotations(page, codes, objects))
        )
        objects[11 + 2 * number] = stream("\n".join(_operators(page, codes)).encode(), compressed=compressed)
    return assemble(objects)


def _annotations(page: PdfPage, codes: Mapping[str, int], objects: dict[int, bytes]) -> bytes:
    """The annotations of a page as they stand in it; what they show is added to the objects."""
    made = []
    for one in page.annotations:
        rect = f"{one.x0:.2f} {page.height - one.bottom:.2f} {one.x1:.2f} {page.height - one.top:.2f}"
        body = f"/Type /Annot /Subtype /{one.kind} /FT /Tx /F 4 /Rect [{rect}]"
        body += f" /{'V' if one.kind == 'Widget' else 'Contents'} <feff{one.text.encode('utf-16-be').hex()}>"
        if one.shown is not None:
            number = 1000 + len(objects)
            box = f"0 0 {one.x1 - one.x0:.2f} {one.bottom - one.top:.2f}"
            entries = f" /Type /XObject /Subtype /Form /BBox [{box}] /Resources << /Font << /F 3 0 R >> >>"
            string = "".join(f"{codes[char]:04x}" for char in one.shown)
            look = f"/Tx BMC BT 0 g /F {SIZE} Tf 2 3 Td <{string}> Tj ET EMC"
            objects[number] = stream(look.encode(), entries=entries.encode())
            body += f" /AP << /N {number} 0 R >>"
        made.append(f"<< {body} >>")
    return " ".join(made).encode()


def _operators(page: PdfPage, codes: Mapping[str, int]) -> Iterator[str]:
    for drawn in page.drawn:
        if isinstance(drawn, str):
            yield drawn
        else:
            yield f"BT {drawn[0]} <{''.join(f'{codes[char]:04x}' for char in drawn[1])}> Tj ET"


def _unicode_map(codes: Mapping[str, int]) -> bytes:
    entries = "\n".join(f"<{code:04x}> <{char.encode('utf-16-be').hex()}>" for char, code in codes.items())
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        "1 begincodespacerange <0000> <ffff> endcodespacerange\n"
        f"{len(codes)} beginbfchar\n{entries}\nendbfchar\nendcmap end end"
    ).encode()


def stream(content: bytes, *, compressed: bool = False, entries: bytes = b"") -> bytes:
    """A stream object with its dictionary."""
    body = zlib.compress(content) if compressed else content
    entries += b" /Filter /FlateDecode" if compressed else b""
    return b"<< /Length %d%s >>\nstream\n%s\nendstream" % (len(body), entries, body)


def assemble(objects: Mapping[int, bytes], trailer: bytes = b"") -> bytes:
    """A file of these objects, with its table of references; object 1 is the catalogue."""
    file, places = bytearray(HEADER), {}
    for number, body in objects.items():
        places[number] = len(file)
        file += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start, size = len(file), max(objects) + 1
    rows = (b"%010d 00000 n \n" % places[n] if n in places else b"0000000000 65535 f \n" for n in range(size))
    file += b"xref\n0 %d\n%s" % (size, b"".join(rows))
    file += b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (size, trailer, start)
    return bytes(file)

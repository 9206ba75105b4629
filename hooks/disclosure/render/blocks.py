"""What a page is made of, described once; ``html.py`` and ``markdown.py`` say it in two notations.

Text is always plain text: no block holds markup, so nothing that a report prints can become any.
``kind`` is a CSS class and ``anchor`` a fragment identifier; both are ours, ASCII, and checked when rendered.
Tables keep one row header per row, in the first cell, so that it can stay in sight on a phone. The merged cells of
the printed form become rows of their own (``scope="rowgroup"``) at the head of a group of rows.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias, TypeVar, dataclass_transform

from disclosure.model import Number, Status

Described = TypeVar("Described")


@dataclass_transform(frozen_default=True)
def _described(kind: type[Described]) -> type[Described]:
    """A frozen dataclass to mypy, which lets nothing change it. Python itself would ask again for every field.

    A page has thousands of these objects: frozen ones took a third of the time in which it is described.
    """
    return dataclass(slots=True, unsafe_hash=True)(kind)


@_described
class To:
    """A place on this site: ``page`` as in ``render/urls.py`` (None: the page it stands on) and an anchor on it.

    For the script that shows a figure's line in place: ``at`` is where on a line of a source the figure is printed
    (0-based character offsets, the end not included); a sum of several figures, all in the last column of rows that
    follow each other, leads to the first of these ``rows``.
    ``query`` is what a page that runs a script is asked for, as pairs of names and values.
    """

    page: str | None
    anchor: str = ""
    at: tuple[int, int] | None = None
    rows: int = 0
    query: tuple[tuple[str, str], ...] = ()


@_described
class Web:
    """An address elsewhere. Anything but http and https is rendered as text without a link."""

    url: str


@_described
class File:
    """A file of this site that is no page: its path relative to the root (``data/v1/figures.csv``)."""

    path: str


Target: TypeAlias = To | Web | File


@_described
class Text:
    """Plain text."""

    text: str


@_described
class Strong:
    """Text that matters."""

    text: str


@_described
class Code:
    """A file name, a checksum, a piece of a source: set in a fixed-width face."""

    text: str


@_described
class Small:
    """A remark beside something: a unit, a range, a count of gaps."""

    text: str


@_described
class English:
    """A name in English, so that it is read out as English."""

    text: str


@_described
class Link:
    """Text that leads somewhere."""

    text: str
    to: Target
    kind: str = ""


@_described
class Mark:
    """The sign word of a status (see ``legend.py``), leading to its proof, its finding or its meaning.

    A ``quiet`` one repeats what a sign at the head of its row says for the whole row: it is there for screen readers
    and the keyboard, and seen when its cell is pointed at. Markdown leaves it out.
    """

    status: Status
    to: To | None = None
    quiet: bool = False


@_described
class Signs:
    """Signs that show at a glance what words say: those beside them, or, where there are none, ``told``."""

    signs: str
    told: str = ""


Inline: TypeAlias = Text | Strong | Code | Small | English | Link | Mark | Signs
Parts: TypeAlias = tuple[Inline, ...]


@_described
class Heading:
    """A heading of level 1 to 6; level 1 stands once on a page. Levels 2 and 3 make the table of contents."""

    level: int
    text: str
    anchor: str


@_described
class Paragraph:
    """A paragraph."""

    parts: Parts
    kind: str = ""
    anchor: str = ""


@_described
class Item:
    """One item of a list, with the lists below it."""

    parts: Parts
    anchor: str = ""
    below: tuple[Bullets, ...] = ()


@_described
class Bullets:
    """A list of one-line items; with ``own_numbers``, each begins with the number that its source gives it."""

    items: tuple[Item, ...]
    ordered: bool = False
    kind: str = ""
    own_numbers: bool = False


@_described
class Definitions:
    """Pairs of a term and what is to be said of it; ``anchors`` has one for each term, or none at all."""

    items: tuple[tuple[str, Parts], ...]
    kind: str = ""
    anchors: tuple[str, ...] = ()


@_described
class Th:
    """A header cell. Over a column of figures it is aligned with them, without being told."""

    parts: Parts
    scope: Literal["col", "row", "rowgroup"] = "row"
    colspan: int = 1
    kind: str = ""


@_described
class Td:
    """A data cell; ``kind`` is ``number`` where its contents align as figures do."""

    parts: Parts
    kind: str = ""


@_described
class TableRow:
    """One row of a table."""

    cells: tuple[Th | Td, ...]
    anchor: str = ""
    kind: str = ""


@_described
class Table:
    """A table with one header row, or none where ``head`` is empty.

    ``body`` holds groups of rows, each of which may begin with a ``rowgroup`` row.
    """

    caption: str
    head: tuple[Th, ...]
    body: tuple[tuple[TableRow, ...], ...]
    kind: str = ""
    anchor: str = ""


BarKind: TypeAlias = Literal["whole", "partial", "conflict", "gap"]
"""``partial``: some of its parts have no number; ``conflict``: it contradicts others; ``gap``: there is no number."""


@_described
class Bar:
    """One year of a chart: a number, or a gap with the words that say why there is none.

    ``height`` is what the bar measures, None for a gap, and ``label`` the same in digits; ``sign`` is the word that
    stands beside it, empty where nothing is to be said; ``told`` is all of it in words, to follow the year.
    """

    year: int
    height: Number | None
    label: str
    sign: str
    told: str
    kind: BarKind


@_described
class Chart:
    """One measure over consecutive years. ``caption`` leads to the table that has the same numbers."""

    title: str
    caption: Parts
    bars: tuple[Bar, ...]
    anchor: str

    def sentence(self) -> str:
        """All that the chart shows, in words."""
        return "；".join(f"{bar.year} 年：{bar.told}" for bar in self.bars) + "。"


@_described
class Charts:
    """Charts over the same years, which stand together and have one scale.

    ``breaks`` are the years with which a new series begins, and the words for it.
    """

    charts: tuple[Chart, ...]
    breaks: tuple[tuple[int, str], ...] = ()


@_described
class Lines:
    """Source text as it stands: (line number, text) pairs, each with the anchor ``L<number>``.

    ``places`` says for each line where it stands in the original (``第 3 页``), empty where that is not to be said.
    It is shown where it changes.
    """

    lines: tuple[tuple[int, str], ...]
    places: tuple[str, ...] = ()

    def placed(self) -> Iterator[tuple[str | None, int, str]]:
        """The lines as (place, number, text), with the place of each stretch of lines at its first one only.

        Elsewhere the place is None, which is not the same as a stretch of lines without any.
        """
        before = ""
        for at, (number, line) in enumerate(self.lines):
            place = self.places[at] if self.places else ""
            yield (place if place != before else None), number, line
            before = place


@_described
class Listing:
    """Lines to be copied: a program, a citation. ``language`` is what Markdown calls it (``python``)."""

    text: str
    language: str = "text"


@_described
class Breadcrumb:
    """The way from the home page to this one; the last step is the page itself, without a link."""

    steps: tuple[Link, ...]
    here: str


@_described
class Section:
    """Blocks that belong together, for the style sheet and for search."""

    blocks: tuple[Block, ...]
    kind: str
    searchable: bool = True
    anchor: str = ""


@_described
class Details:
    """Blocks that a reader may open."""

    summary: str
    blocks: tuple[Block, ...]
    kind: str = ""
    anchor: str = ""


Block: TypeAlias = (
    Heading | Paragraph | Bullets | Definitions | Table | Charts | Lines | Listing | Breadcrumb | Section | Details
)


def text(words: str) -> Parts:
    """Parts that hold only this text."""
    return (Text(words),)


def column_heads(*words: str) -> tuple[Th, ...]:
    """The header row of a table."""
    return tuple(Th(text(word), "col") for word in words)


def paragraph(words: str, kind: str = "") -> Paragraph:
    """A paragraph of plain text."""
    return Paragraph(text(words), kind)

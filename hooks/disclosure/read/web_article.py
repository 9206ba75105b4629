"""Find the report on its web page, and tell it from menus, heads and feet.

The report is known by its own title, headings and tables; between the first and the last of them nothing is cut.
Outside, a line goes only where it has a mark of the website: links, words or the name of its element. What is
doubtful stays.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from disclosure.form.folding import fold
from disclosure.form.identity import identify
from disclosure.form.sections import find_headings
from disclosure.form.template import FORMS
from disclosure.read.web_blocks import Page
from disclosure.read.web_chrome import is_chrome, is_chrome_outside, is_fact_sheet
from disclosure.read.web_tables import Block

_MOST_LINES = 20_000
"""A page with more lines holds more than a report: nothing of it is cut."""
_FEWEST_LABELS = 2
_LABELS = frozenset(
    fold(text)
    for form in FORMS.values()
    for table in form.tables.values()
    for row in table.rows
    for text in (row.label, *row.also, *(column.label for column in row.columns))
)
_SENTENCE_END = "。"
_OWN_LINK = re.compile(r"。$|^附件|://|www\.|@")
_FEWEST_ANCHORS = 3
"""Parts of the report that tell which element holds all of it."""
_FARTHEST_TITLE = 40
"""Lines before the first heading or table among which the title is looked for."""
_TITLE_LINES = 3
"""A title may be broken over so many lines."""


@dataclass(frozen=True, slots=True)
class Article:
    """The blocks of a page that are the report, the lines that were cut off, and whether a report was found at all.

    A title alone is no report. ``hidden`` is the text between its parts that the page does not show, ``struck`` what it
    shows crossed out; ``uncovered`` says that all of the report was hidden.
    """

    blocks: tuple[Block, ...]
    cut: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    struck: tuple[str, ...] = ()
    found: bool = False
    uncovered: bool = False


@dataclass(frozen=True, slots=True)
class _Anchors:
    """Indexes of blocks: the title, where it was found, and the headings and tables of the form, in order."""

    title: int | None
    form: tuple[int, ...]

    @property
    def all(self) -> tuple[int, ...]:
        return self.form if self.title is None else (self.title, *self.form)


def find_article(page: Page) -> Article:
    """Cut off what belongs to the website."""
    if len(page.blocks) > _MOST_LINES:
        return Article(tuple(page.blocks), struck=tuple(page.struck), found=True)
    anchors = _anchors(page.blocks)
    if not anchors.all:
        # Menus name sections too; so links are looked at only where there is nothing else: an article in one long link.
        page = replace(page, blocks=[replace(block, linked=0) for block in page.blocks])
        anchors = _anchors(page.blocks)
    if not anchors.all:
        return Article(tuple(page.blocks), struck=tuple(page.struck))
    keep = _Judge(page, anchors).keeps()
    cut = [line for block, kept in zip(page.blocks, keep, strict=True) if not kept for line in block.lines]
    kept = [block for block, kept in zip(page.blocks, keep, strict=True) if kept]
    hidden = [text for place, text in page.hidden if anchors.all[0] < place <= anchors.all[-1]]
    return Article(tuple(kept), tuple(cut), tuple(hidden), tuple(page.struck), found=bool(anchors.form))


def _anchors(blocks: Sequence[Block]) -> _Anchors:
    """What the report is known by, links aside."""
    indexes = [index for index, block in enumerate(blocks) if not _is_linked(block)]
    candidates = [blocks[index] for index in indexes]
    form = sorted({*_headings(candidates), *_form_tables(candidates)})
    title = _title(candidates[: min(form, default=len(candidates))])
    return _Anchors(None if title is None else indexes[title], tuple(indexes[place] for place in form))


def _headings(blocks: Sequence[Block]) -> Iterator[int]:
    owners = [index for index, block in enumerate(blocks) for _ in block.lines]
    lines = [line for block in blocks for line in block.lines]
    return (owners[heading.span.line - 1] for heading in find_headings(lines))


def _form_tables(blocks: Sequence[Block]) -> Iterator[int]:
    for index, block in enumerate(blocks):
        cells = {fold(cell.text) for row in block.rows for cell in row}
        if len(cells & _LABELS) >= _FEWEST_LABELS:
            yield index


def _title(blocks: Sequence[Block]) -> int | None:
    """The line nearest to the report that names office and year, as a line of its own."""
    first = max(0, len(blocks) - _FARTHEST_TITLE)
    for index in range(len(blocks) - 1, first - 1, -1):
        lines = [line for block in blocks[index : index + _TITLE_LINES] for line in block.lines]
        if _SENTENCE_END in lines[0] or blocks[index].rows or is_chrome(lines[0]):
            continue
        identity = identify(lines)
        if identity.found_in == "title" and identity.name_line == 1:
            return index
    return None


def _is_linked(block: Block) -> bool:
    """Whether most of a block is links to other pages: no sentence, and no address that the report gives."""
    return block.linked * 2 > block.visible and not _OWN_LINK.search(block.text)


class _Judge:
    """Decides block by block what stays."""

    def __init__(self, page: Page, anchors: _Anchors) -> None:
        self.page = page
        self.anchors = anchors
        holders = [page.blocks[place].container for place in anchors.all]
        self.around = _ancestors(page.parents, holders)
        """Containers that hold an anchor: whatever they are called, they are no menus."""
        self.inside = self._inside(_innermost_common(page.parents, holders))
        self.knows_article = len(anchors.all) >= _FEWEST_ANCHORS
        self.furniture = self._inherited_furniture()
        self.units = self._units()
        self.chrome = [self._is_chrome(block) for block in page.blocks]
        self.chrome_units = self._chrome_units()

    def keeps(self) -> list[bool]:
        """For each block whether it stays."""
        title = -1 if self.anchors.title is None else self.anchors.title
        first, last = min(self.anchors.form, default=title), max(self.anchors.form, default=title)
        return [
            index == title
            or first <= index <= last
            or not (
                (index < title and not self.inside[block.container])
                or self.chrome[index]
                or self.units[block.container] in self.chrome_units
            )
            for index, block in enumerate(self.page.blocks)
        ]

    def _is_chrome(self, block: Block) -> bool:
        if block.rows:
            return is_fact_sheet(block.lines) or _is_linked(block)
        furniture = self.furniture[block.container] and _SENTENCE_END not in block.text
        outside = self.knows_article and not self.inside[block.container]
        return furniture or _is_linked(block) or (is_chrome_outside if outside else is_chrome)(block.text)

    def _inside(self, article: int) -> list[bool]:
        """For each container whether it is the article or in it."""
        inside: list[bool] = []
        for index, parent in enumerate(self.page.parents):
            inside.append(index == article or (index > 0 and inside[parent]))
        return inside

    def _inherited_furniture(self) -> list[bool]:
        """Containers inside a menu, head or foot that holds no anchor."""
        inherited: list[bool] = []
        for index, parent in enumerate(self.page.parents):
            own = self.page.furniture[index] and index not in self.around
            inherited.append(own or (index > 0 and inherited[parent]))
        return inherited

    def _units(self) -> list[int]:
        """For each container the outermost one around it that holds no anchor; itself where it holds one."""
        units: list[int] = []
        for index, parent in enumerate(self.page.parents):
            units.append(index if index in self.around or parent in self.around else units[parent])
        return units

    def _chrome_units(self) -> Collection[int]:
        """Units without a sentence, of which the greater part is chrome: what else is in them is chrome too."""
        chrome, whole = Counter[int](), Counter[int]()
        with_sentences = set()
        for block, is_website in zip(self.page.blocks, self.chrome, strict=True):
            unit = self.units[block.container]
            whole[unit] += block.visible
            chrome[unit] += block.visible * is_website
            if _SENTENCE_END in block.text and not is_website:
                with_sentences.add(unit)
        return {
            unit
            for unit in whole
            if unit not in self.around and unit not in with_sentences and chrome[unit] * 2 > whole[unit]
        }


def _ancestors(parents: Sequence[int], containers: Collection[int]) -> set[int]:
    """The containers and everything around them."""
    found: set[int] = set()
    for container in containers:
        here = container
        while here not in found:
            found.add(here)
            here = parents[here]
    return found


def _innermost_common(parents: Sequence[int], containers: Sequence[int]) -> int:
    """The smallest container that holds all of these."""
    common = containers[0]
    for container in containers[1:]:
        own = _ancestors(parents, {container})
        while common not in own:
            common = parents[common]
    return common

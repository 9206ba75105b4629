"""Blocks → HTML. All text is escaped here; addresses come from ``urls.py`` or are checked to be http or https.

CSS classes, for the style sheet:

* ``page-<kind>`` around the contents (office, report, source, region, regions, year, years, measure, measures, quality,
  rule, rules, home, terms, data, dictionary, changes, moved);
* ``breadcrumb``; ``facts`` (definitions of an office); ``lead`` (first paragraph); ``note`` (small print);
* ``table-scroll`` around every table; ``table-<kind>`` on it (form, index, years, coverage, counts, narrative,
  downloads, fields); ``even`` and ``even-…`` on one whose columns are of even width (``columns.py``);
* ``charts`` around charts that stand together, ``charts-row`` too where they are narrow; ``chart`` on each of them and
  ``chart-scroll`` inside it; the classes of the drawing are listed in ``svg.py``;
* ``own-numbers`` on a list whose items begin with the numbers of their source; ``closing`` on a signature or a date;
* ``total`` on a row of sums; ``form`` on the edition of a form; ``missing`` where a report is not in the collection;
* ``number`` on a cell of figures and on the name of their column; ``long`` on the cells of a column of long texts;
* ``year`` on a year; ``figure`` on a figure's link;
* ``finding-ref`` on a reference to a finding; ``answer`` on the answer below one;
* ``mark`` and ``mark-<status>`` on a status sign, ``mark-quiet`` where the head of its row says the same;
* ``signs`` on signs that words repeat; ``small`` on a remark; ``term`` on a link to what a word of the form means;
* ``halves``, ``half``, ``lessons``, ``lesson`` (the home page); ``plain`` (a list of links);
* ``entry`` on an explained term and ``entry-facts`` on its article, wording and English name;
* ``summary`` (computed sentences), ``legend``, ``proofs``, ``proof``, ``findings``, ``origin``;
* ``narrative``, and ``outline`` on the way to its sections;
* ``listing`` on lines to be copied;
* ``source-lines`` with ``line-number``, ``line-text``, ``tab`` and ``line-place`` (in the original).

No inline style and no script, so that a strict Content-Security-Policy can hold.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Any, Final
from urllib.parse import quote, urlencode, urlsplit

from markupsafe import escape

from disclosure.render.blocks import (
    Block,
    Breadcrumb,
    Bullets,
    Chart,
    Charts,
    Code,
    Definitions,
    Details,
    English,
    Heading,
    Inline,
    Item,
    Lines,
    Link,
    Listing,
    Mark,
    Paragraph,
    Section,
    Signs,
    Small,
    Strong,
    Table,
    TableRow,
    Target,
    Td,
    Text,
    Th,
    To,
    Web,
)
from disclosure.render.columns import layout
from disclosure.render.legend import LEGEND
from disclosure.render.svg import Frame, draw, frame_of, side_by_side
from disclosure.render.text import visible

SHORT = 24
"""Characters of a text that may well stand on the page again: labels, numbers, signs. What it becomes is remembered."""
_AWAY = ' rel="noopener noreferrer"'
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_.-]*")
_CLASSES = re.compile(r"[a-z][a-z0-9_-]*( [a-z][a-z0-9_-]*)*")
_URL_CHARACTERS = "/:?#@!$&*+,;=%~.-_[]"
_WORD = re.compile(
    "(?:本年|上一年|上年|下年度|新?制[发作]|新公开|新收|结转|废止|现行|有效|处理|决定|收费|金额|项目|采购|对外|公开|"
    "予以|不予|部分|无法|办理|结果|其他|尚未|行政|商业|科研|社会|公益|法律|服务)(?=[\u4e00-\u9fff（])"
)
"""Words at whose end the name of a narrow column may break; Chinese would break between any two characters."""


def render(blocks: Iterable[Block], url: str) -> str:
    """The blocks as HTML; ``url`` is the address of the page they stand on, to which links are made relative.

    Raises ValueError if a kind or an anchor is not a plain ASCII name: that is a mistake of ours.
    """
    return "".join(_block(block, url) for block in blocks)


def href(target: Target, url: str) -> str | None:
    """The address of a target as seen from the page ``url``; None where it must not become a link."""
    if isinstance(target, To):  # a thousand on a page; of the others a dozen
        at = f"#{target.anchor}" if target.anchor or target.page is None else ""
        asked = f"?{urlencode(target.query, safe=',')}" if target.query else ""
        return at if target.page is None else f"{_relative(target.page, url)}/{asked}{at}"
    return _web(target.url) if isinstance(target, Web) else quote(_relative(target.path, url))


@lru_cache(maxsize=1024)
def _relative(page: str, url: str) -> str:
    """The way from one page to another: hundreds of figures of an office's page lead to the same one."""
    return posixpath.relpath(f"/{page}", f"/{url}")


def _web(url: str) -> str | None:
    """The address percent-encoded, if it is one of the web's; None otherwise."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        return None
    return quote(url, safe=_URL_CHARACTERS)


def escaped(text: str) -> str:
    """Text as HTML, with every character shown and none of them markup."""
    return _remembered(text) if len(text) <= SHORT else _escape(text)


def _escape(text: str) -> str:
    return str(escape(visible(text)))


_remembered = lru_cache(maxsize=16384)(_escape)


@lru_cache(maxsize=16384)
def _attributes(kind: str = "", anchor: str = "") -> str:
    """The id and class attributes, each with a space before it."""
    if anchor and not _NAME.fullmatch(anchor):
        raise ValueError(f"not an anchor: {anchor!r}")
    if kind and not _CLASSES.fullmatch(kind):
        raise ValueError(f"not a kind: {kind!r}")
    return (f' id="{anchor}"' if anchor else "") + (f' class="{kind}"' if kind else "")


def _inlines(parts: Sequence[Inline], url: str) -> str:
    if len(parts) == 1:
        return _INLINES[type(parts[0])](parts[0], url)
    return "".join([_INLINES[type(part)](part, url) for part in parts])


def _link(part: Link, url: str) -> str:
    return _anchor(escaped(part.text), part.to, url, part.kind)


def _mark(mark: Mark, url: str) -> str:
    kind = f"mark mark-{mark.status.value}{' mark-quiet' if mark.quiet else ''}"
    sign = escaped(LEGEND[mark.status].sign)
    return f'<span class="{kind}">{sign}</span>' if mark.to is None else _anchor(sign, mark.to, url, kind)


def _signs(part: Signs, _url: str) -> str:
    role = f'role="img" aria-label="{escaped(part.told)}"' if part.told else 'aria-hidden="true"'
    return f'<span class="signs" {role}>{escaped(part.signs)}</span>'


_INLINES: Final[dict[type, Callable[[Any, str], str]]] = {
    Text: lambda part, _url: escaped(part.text),
    Strong: lambda part, _url: f"<strong>{escaped(part.text)}</strong>",
    Code: lambda part, _url: f"<code>{escaped(part.text)}</code>",
    Small: lambda part, _url: f'<span class="small">{escaped(part.text)}</span>',
    English: lambda part, _url: f'<span lang="en">{escaped(part.text)}</span>',
    Link: _link,
    Mark: _mark,
    Signs: _signs,
}
"""By their type, as there are a thousand on a page, and a ``match`` asks for one type after the other."""


def _anchor(label: str, to: Target, url: str, kind: str) -> str:
    address = href(to, url)
    if address is None:
        return label
    more = _shown_in_place(to) if isinstance(to, To) else _AWAY if isinstance(to, Web) else ""
    return f'<a href="{_safe(address)}"{_attributes(kind)}{more}>{label}</a>'


@lru_cache(maxsize=16384)
def _safe(address: str) -> str:
    """An address as it stands in a tag. Most are relative, and the same on the pages of all offices."""
    return str(escape(address))


def _shown_in_place(to: To) -> str:
    """What docs/assets/panel.js needs to know beyond the address, as attributes with a space before each."""
    at = f' data-at="{to.at[0]}-{to.at[1]}"' if to.at else ""
    return f'{at} data-rows="{to.rows}"' if to.rows else at


def _block(block: Block, url: str) -> str:
    match block:
        case Heading(level, words, anchor):
            written = f"<h{level}{_attributes(anchor=anchor)}>{escaped(words)}</h{level}>\n"
        case Paragraph(parts, kind, anchor):
            written = f"<p{_attributes(kind, anchor)}>{_inlines(parts, url)}</p>\n"
        case Bullets():
            written = _list(block, url)
        case Definitions():
            written = _definitions(block, url)
        case Table():
            written = _table(block, url)
        case Lines():
            written = f'<ol class="source-lines">\n{"".join(map(_line, block.placed()))}</ol>\n'
        case Listing(words):
            written = f'<pre class="listing" tabindex="0"><code>{escaped(words)}</code></pre>\n'
        case Breadcrumb(steps, here):
            written = _breadcrumb(steps, here, url)
        case Section() | Details() | Charts():
            written = _container(block, url)
    return written


def _container(block: Section | Details | Charts, url: str) -> str:
    if isinstance(block, Charts):
        return _charts(block, url)
    contents = render(block.blocks, url)
    attributes = _attributes(block.kind, block.anchor)
    if isinstance(block, Details):
        return f"<details{attributes}>\n<summary>{escaped(block.summary)}</summary>\n{contents}</details>\n"
    hidden = "" if block.searchable else " data-unsearched"
    return f"<div{attributes}{hidden}>\n{contents}</div>\n"


def _list(block: Bullets, url: str) -> str:
    tag = "ol" if block.ordered or block.own_numbers else "ul"
    kind = f"{block.kind} own-numbers".strip() if block.own_numbers else block.kind
    return f"<{tag}{_attributes(kind)}>\n{''.join(_item(item, url) for item in block.items)}</{tag}>\n"


def _item(item: Item, url: str) -> str:
    below = f"\n{render(item.below, url)}" if item.below else ""
    return f"<li{_attributes(anchor=item.anchor)}>{_inlines(item.parts, url)}{below}</li>\n"


def _definitions(block: Definitions, url: str) -> str:
    anchors = block.anchors or ("",) * len(block.items)
    pairs = (
        f"<dt{_attributes(anchor=anchor)}>{escaped(term)}</dt><dd>{_inlines(parts, url)}</dd>\n"
        for anchor, (term, parts) in zip(anchors, block.items, strict=True)
    )
    return f"<dl{_attributes(block.kind)}>\n{''.join(pairs)}</dl>\n"


def _table(table: Table, url: str) -> str:
    caption = escaped(table.caption)
    attributes = _attributes(f"table-{table.kind}{layout(table)}" if table.kind else "", table.anchor)
    columns = _number_columns(table)
    names = "".join(_cell(cell, url, "number" if at in columns else "") for at, cell in enumerate(table.head))
    head = f"<thead><tr>{names}</tr></thead>\n" if table.head else ""
    body = "".join(f"<tbody>\n{''.join(_row(row, url) for row in group)}</tbody>\n" for group in table.body)
    return (
        f'<div class="table-scroll" tabindex="0" role="region" aria-label="{caption}">\n'
        f"<table{attributes}>\n<caption>{caption}</caption>\n{head}{body}</table>\n</div>\n"
    )


def _row(row: TableRow, url: str) -> str:
    cells = "".join([_cell(cell, url) for cell in row.cells])
    return f"<tr{_attributes(row.kind, row.anchor)}>{cells}</tr>\n"


def _number_columns(table: Table) -> set[int]:
    """The columns that hold figures, so that their names align with them."""
    rows = (row.cells for group in table.body for row in group)
    return {at for cells in rows for at, cell in enumerate(cells) if isinstance(cell, Td) and _is_number(cell.kind)}


@lru_cache(maxsize=64)
def _is_number(kind: str) -> bool:
    return "number" in kind.split()


def _cell(cell: Th | Td, url: str, kind: str = "") -> str:
    contents = _inlines(cell.parts, url)
    if isinstance(cell, Td):
        return f"<td{_attributes(cell.kind)}>{contents}</td>"
    if cell.scope == "col":  # attributes are plain ASCII, so only words are found
        contents = _WORD.sub(r"\g<0><wbr>", contents)
    if cell.scope == "rowgroup":  # as wide as the table: only what it says can stay in sight
        contents = f"<span>{contents}</span>"
    span = f' colspan="{cell.colspan}"' if cell.colspan > 1 else ""
    return f'<th scope="{cell.scope}"{span}{_attributes(kind or cell.kind)}>{contents}</th>'


def _charts(block: Charts, url: str) -> str:
    frame = frame_of(block)
    kind = "charts charts-row" if side_by_side(block, frame) else "charts"
    return f'<div class="{kind}">\n{"".join(_chart(chart, frame, url) for chart in block.charts)}</div>\n'


def _chart(chart: Chart, frame: Frame, url: str) -> str:
    return (
        f"<figure{_attributes('chart', chart.anchor)}>\n<figcaption>{_inlines(chart.caption, url)}</figcaption>\n"
        f'<div class="chart-scroll" tabindex="0" role="region" aria-label="{escaped(chart.title)}">'
        f"{draw(chart, frame)}</div>\n</figure>\n"
    )


def _line(placed: tuple[str | None, int, str]) -> str:
    """A line of a source. The end of a stretch that has a place shows nothing, but can be told from its middle."""
    place, number, line = placed
    shown = escaped(line).replace("\t", '<span class="tab">\t</span>')
    beside = "" if place is None else f'<span class="line-place">{escaped(place)}</span>'
    return (
        f'<li id="L{number}"><a class="line-number" href="#L{number}">{number}</a>'
        f'<span class="line-text">{shown}</span>{beside}</li>\n'
    )


def _breadcrumb(steps: Iterable[Link], here: str, url: str) -> str:
    way = "".join(f"<li>{_link(step, url)}</li>" for step in steps)
    return (
        f'<nav class="breadcrumb" aria-label="所在位置"><ol>{way}'
        f'<li aria-current="page">{escaped(here)}</li></ol></nav>\n'
    )

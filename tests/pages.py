"""What tests of pages share: portals made by hand, and ways to read a page back from its HTML and its Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser

from builders import HENAN, PINGDINGSHAN, make_office, make_report
from disclosure.dataset import gather
from disclosure.model import Cell, Figure, Finding, Kind, Office, Portal, Proof, Region, Report, Severity, Status, Step
from disclosure.render.catalog import arrange
from disclosure.render.page import Page
from disclosure.render.site import render_site

LUSHAN = Region("410423", "鲁山县")
PROOF = Proof((Step("row-total", "只有一种放法成立。"),), 3)
_VOID = {"br", "hr", "img", "input", "link", "meta", "wbr"}
_CELL = re.compile(r"(?<!\\)\|")
_LINK = re.compile(r"(?<!\\)\[((?:\\.|[^\\\]])*)\]\([^()\s]*\)")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")


def with_figures(report: Report, *figures: Figure) -> Report:
    """The report with these figures instead of those it has for their cells."""
    return replace(report, figures={**report.figures, **{figure.cell: figure for figure in figures}})


def portal(offices: Sequence[Office], reports: Sequence[Report], findings: Sequence[Finding] = ()) -> Portal:
    """A portal of these."""
    return Portal(tuple(offices), tuple(reports), tuple(findings))


def pages_of(offices: Sequence[Office], reports: Sequence[Report], findings: Sequence[Finding] = ()) -> dict[str, Page]:
    """Every page of such a portal, by address."""
    whole = portal(offices, reports, findings)
    return {page.url: page for page in render_site(arrange(whole, gather(whole)))}


@dataclass
class Read:
    """A page read back: its text, its elements, its tables as rows of cells, and whether its tags are balanced."""

    text: str = ""
    ids: list[str] = field(default_factory=list)
    hrefs: list[str] = field(default_factory=list)
    tags: set[str] = field(default_factory=set)
    attributes: set[str] = field(default_factory=set)
    tables: list[list[list[str]]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def read_html(page: str) -> Read:
    """Read a page's HTML back with a parser that is not ours."""
    parser = _Reader()
    parser.feed(page)
    parser.close()
    parser.read.problems += [f"<{tag}> never closed" for tag in parser.open]
    return parser.read


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.read = Read()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.read.tags.add(tag)
        self.read.attributes |= set(given)
        self.read.ids += [given["id"] or ""] if "id" in given else []
        self.read.hrefs += [given["href"] or ""] if "href" in given else []
        if tag not in _VOID:
            self.open.append(tag)
        if tag == "table":
            self.read.tables.append([])
        elif tag == "tr":
            self.read.tables[-1].append([])
        elif tag in {"td", "th"}:
            self.read.tables[-1][-1].append("")

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1] != tag:
            self.read.problems.append(f"</{tag}> closes {self.open[-1:]}")
        else:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        self.read.text += data
        if {"td", "th"} & set(self.open):
            self.read.tables[-1][-1][-1] += data

    def handle_comment(self, data: str) -> None:
        self.read.problems.append(f"comment {data!r}")


def markdown_tables(page: str) -> list[list[list[str]]]:
    """The pipe tables of a page as rows of cells, without the line below the head, links reduced to their words."""
    tables: list[list[list[str]]] = [[]]
    for line in page.splitlines():
        if line.startswith("|"):
            cells = [cell.strip() for cell in _CELL.split(line)[1:-1]]
            tables[-1] += [] if set(cells) == {"---"} else [[plain(cell) for cell in cells]]
        elif tables[-1]:
            tables.append([])
    return [table for table in tables if table]


def plain(markdown: str) -> str:
    """Markdown of ours as plain text: links reduced to their words, escapes and entities undone."""
    words = _LINK.sub(r"\1", markdown).replace("**", "")
    return _ESCAPE.sub(r"\1", words).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").strip()


def flat(rows: Iterable[Sequence[str]]) -> list[str]:
    """All cells of a table in order."""
    return [cell for row in rows for cell in row]


def offices() -> list[Office]:
    """A township, a street office of another county, and a department without reports."""
    return [
        make_office("410481100", "尚店镇人民政府"),
        make_office("410423004", "汇源街道办事处", regions=(HENAN, PINGDINGSHAN, LUSHAN), kind="街道办事处"),
        make_office("410481-jyj", "舞钢市教育局", kind="政府部门"),
    ]


def reports() -> list[Report]:
    """Two offices: one with three years in both forms and every kind of damage, one with one year."""
    torn = make_report(office="410481100", requests={"received": {"total": Status.ABSENT}})
    recovered = Figure(Cell("requests", "granted", "total"), 1, Status.RECOVERED, line=25, proof=PROOF)
    return [
        with_figures(torn, recovered),
        make_report(office="410481100", year=2020, form="2019", requests={"received": {"total": 5}}),
        make_report(office="410481100", year=2019, form=None),
        make_report(office="410423004", requests={"received": {"total": 3}}),
    ]


def findings() -> list[Finding]:
    """One about a figure of a report, and one about a file that belongs nowhere."""
    cell = Cell("requests", "granted", "total")
    row = (
        "row-total-mismatch",
        Severity.WARNING,
        Kind.SOURCE,
        "reports/x.txt",
        25,
        "不符。",
        "410481100",
        2022,
        (cell,),
    )
    return [
        Finding(*row),
        Finding("unsupported-format", Severity.WARNING, Kind.READING, "reports/散页.png", None, "不能读。"),
    ]


def rows(page: Page, table: int) -> list[list[str]]:
    """The rows of one table of a page, without its head."""
    return read_html(page.html()).tables[table][1:]

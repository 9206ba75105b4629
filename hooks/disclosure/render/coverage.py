"""What is in the collection, as a map of offices and years: a sign for every report that is here, or that is missing.

Where there are many offices, a row stands for a region, and leads to the same map of its offices.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from disclosure.model import Finding, Kind, Office, Region
from disclosure.render import urls
from disclosure.render.blocks import (
    Block,
    Inline,
    Link,
    Parts,
    Signs,
    Small,
    Table,
    TableRow,
    Td,
    Text,
    Th,
    To,
    column_heads,
    paragraph,
    text,
)
from disclosure.render.catalog import Catalog
from disclosure.render.indexes import COVERAGE_NOTE, NOT_COLLECTED, office_head
from disclosure.render.legend import KINDS

ANCHOR: Final = "coverage"
"""Where the map of a region stands on its page."""
MOST_SIGNS: Final = 100
"""Up to so many offices, a region shows a sign for each; beyond, numbers say it better."""
_FINDINGS: Final = (Kind.SOURCE, Kind.READING)
"""The findings that are about a report and not about our filing of it."""


class State(NamedTuple):
    """What became of the report of one office for one year: its sign, and the words for it."""

    sign: str
    words: str


CLEAN: Final = State("●", "已收录")
WITH_FINDINGS: Final = State("◎", "有发现")
WITHOUT_TABLES: Final = State("◇", "没有读到表格")
MISSING: Final = State("○", NOT_COLLECTED)
STATES: Final = (CLEAN, WITH_FINDINGS, WITHOUT_TABLES, MISSING)
"""From the report that leaves nothing to say to the one that is not here."""
_MEANINGS: Final = {
    CLEAN: "已收录，核对没有发现问题",
    WITH_FINDINGS: "已收录，核对有发现，点开可看",
    WITHOUT_TABLES: "已收录，没有读到统一格式的表格",
    MISSING: "本站还没有收录",
}
# All four are in GB 2312, so every device that shows Chinese has them.


def state_of(catalog: Catalog, office: str, year: int) -> State:
    """What became of the report of this office for this year."""
    report = catalog.report(office, year)
    if report is None:
        return MISSING
    if report.form is None:
        return WITHOUT_TABLES
    return WITH_FINDINGS if catalog.findings_of.get((office, year)) else CLEAN


def signs_note() -> Block:
    """What the signs mean, and what they do not."""
    parts = "；".join(f"{state.sign} {_MEANINGS[state]}" for state in STATES)
    return paragraph(f"{parts}。{COVERAGE_NOTE}", "note")


def office_map(
    catalog: Catalog, caption: str, offices: Sequence[Office], here: str = "", *, counted: bool = True
) -> Table:
    """One row per office, one column per year, newest first.

    ``here`` is the code of the region that the page is about. Where it is ``counted``, the row ends in how many
    findings and figures without a number the reports of the office have.
    """
    years = _years(catalog)
    rows = (
        TableRow(
            (
                office_head(office, here),
                *(_office_cell(catalog, office, year) for year in years),
                *(_counts(catalog, office) if counted else ()),
            )
        )
        for office in offices
    )
    more = (*(KINDS[kind].sign for kind in _FINDINGS), "没有列出的数字") if counted else ()
    head = column_heads("机关", *(f"{year} 年" for year in years), *more)
    return Table(caption, head, (tuple(rows),), "coverage")


def region_map(catalog: Catalog, caption: str, regions: Iterable[Region]) -> Table:
    """One row per region, one column per year, newest first: how many of its offices' reports are here, and how."""
    years = _years(catalog)
    rows = tuple(
        TableRow((_region_head(catalog, region), *(_region_cell(catalog, region, year) for year in years)))
        for region in regions
    )
    return Table(caption, column_heads("地区", *(f"{year} 年" for year in years)), (rows,), "coverage")


def _years(catalog: Catalog) -> range:
    """Every year from the newest to the oldest, also those without a report."""
    return range(catalog.years[0], catalog.years[-1] - 1, -1)


def _office_cell(catalog: Catalog, office: Office, year: int) -> Td:
    state = state_of(catalog, office.id, year)
    if state is MISSING:
        return Td((Signs(state.sign), Text(state.words)), "missing")
    found = len(catalog.findings_of.get((office.id, year), ()))
    anchor = "findings" if state is WITH_FINDINGS else "report"
    words = f"{state.words} {found} 条" if state is WITH_FINDINGS else state.words
    return Td((Signs(state.sign), Link(words, To(catalog.page_of(office.id, year), urls.year_anchor(year, anchor)))))


def _counts(catalog: Catalog, office: Office) -> Iterator[Td]:
    """How many findings of each kind an office has, and figures without a number."""
    kinds = Counter(finding.kind for finding in _findings(catalog, office))
    yield from (Td(text(f"{kinds[kind]} 条"), "number") for kind in _FINDINGS)
    yield Td(text(f"{catalog.withheld_of.get(office.id, 0)} 个"), "number")


def _findings(catalog: Catalog, office: Office) -> Iterator[Finding]:
    for report in catalog.reports.get(office.id, ()):
        yield from catalog.findings_of.get((office.id, report.year), ())


def _region_head(catalog: Catalog, region: Region) -> Th:
    count = len(catalog.offices_in[region.code])
    return Th((Link(region.name, To(urls.region(region.code), ANCHOR)), Small(f"（{count} 个机关）")))


def _region_cell(catalog: Catalog, region: Region, year: int) -> Td:
    offices = catalog.offices_in[region.code]
    states = [state_of(catalog, office.id, year) for office in offices]
    here = len(offices) - states.count(MISSING)
    doubts = "，".join(_told(states, WITH_FINDINGS, WITHOUT_TABLES))
    told: tuple[Inline, ...] = (Text(f"{here} 份"), *((Small(f"（{doubts}）"),) if doubts else ()))
    return Td((*told, *_strip(states)))


def _strip(states: Sequence[State]) -> Parts:
    """A sign for every office, in their order; nothing where they are too many to be seen."""
    if len(states) > MOST_SIGNS:
        return ()
    return (Signs("".join(state.sign for state in states), "，".join(_told(states, *STATES))),)


def _told(states: Sequence[State], *which: State) -> Iterator[str]:
    return (f"{state.words} {states.count(state)} 份" for state in which if state in states)

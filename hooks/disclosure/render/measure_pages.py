"""The measures across offices: a root with all of them, and a page for each with every region and year."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, TypeAlias

from disclosure.form.template import FORMS, TABLE_NAMES, Form
from disclosure.form.terms import column_anchor, row_anchor
from disclosure.measures import MEASURES, SERIES_BREAKS, Measure
from disclosure.model import Cell, Office
from disclosure.region_sums import ALL
from disclosure.render import urls
from disclosure.render.blocks import (
    Block,
    Breadcrumb,
    Code,
    Definitions,
    Heading,
    Link,
    Paragraph,
    Parts,
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
from disclosure.render.comparison import comparison
from disclosure.render.indexes import (
    HOME,
    NOT_COLLECTED,
    NOT_IN_FORM,
    SHARES_NOTE,
    measure_head,
    office_head,
    region_sum_cell,
)
from disclosure.render.legend import SUMMABLE
from disclosure.render.page import Page
from disclosure.render.regions import MOST_OFFICES, SUMS_NOTE
from disclosure.render.words import measure_cell, share_cell
from disclosure.tallies import Amount, Share

_Groups: TypeAlias = Sequence[tuple[str, str, Sequence[Measure]]]

_ROOT: Final = Link("指标", To(urls.MEASURES))
_GROUPS: Final[_Groups] = (
    ("main", "主要数量", [one for one in MEASURES if one.main]),
    ("further", "其他数量", [one for one in MEASURES if not (one.main or one.is_share)]),
    ("shares", "比值", [one for one in MEASURES if one.is_share]),
)
"""Anchor, name and members of the groups of measures."""


def measure_pages(catalog: Catalog) -> list[Page]:
    """The root and the page of every measure, in the order in which they are defined."""
    return [_root(catalog), *(_measure(catalog, measure) for measure in MEASURES)]


def _root(catalog: Catalog) -> Page:
    blocks: tuple[Block, ...] = (
        Breadcrumb((HOME,), "指标"),
        Heading(1, "按指标查看", "top"),
        paragraph("同一个指标，各年各地是多少。这里是全部已收录机关的合计；点指标名，看各地区、各机关。", "lead"),
        *(block for group in _GROUPS for block in _group(catalog, *group)),
        paragraph(SUMS_NOTE, "note"),
        paragraph(SHARES_NOTE, "note"),
    )
    description = "政府信息公开工作年度报告的各项指标：含义、算法和逐年合计。"
    return Page(urls.MEASURES, "按指标查看", description, blocks, "measures")


def _group(catalog: Catalog, anchor: str, name: str, measures: Sequence[Measure]) -> Iterator[Block]:
    yield Heading(2, name, anchor)
    rows = tuple(
        TableRow((measure_head(one), *(region_sum_cell(catalog, one, ALL, year) for year in catalog.years)))
        for one in measures
    )
    yield Table(f"{name}，全部已收录机关", column_heads("指标", *_year_heads(catalog)), (rows,), "measures")


def _year_heads(catalog: Catalog) -> Iterator[str]:
    return (f"{year} 年" for year in catalog.years)


def _measure(catalog: Catalog, measure: Measure) -> Page:
    blocks: tuple[Block, ...] = (
        Breadcrumb((HOME, _ROOT), measure.label),
        Heading(1, measure.label, "top"),
        Definitions(tuple(_facts(measure)), "facts"),
        *_regions(catalog, measure),
        *_offices(catalog, measure),
        *_notes(catalog, measure),
    )
    description = f"“{measure.label}”的含义、算法，以及各地区、各机关逐年的数。"
    return Page(urls.measure(measure.id), f"{measure.label}：指标", description, blocks, "measure")


def _facts(measure: Measure) -> Iterator[tuple[str, Parts]]:
    """What the measure is made of, in the words of the form, each leading to its explanation."""
    cells, divided, form = measure.cells(None), measure.denominator_cells(None), FORMS[measure.forms[-1]]
    yield ("分子" if measure.is_share else "算法"), _made_of(cells, form)
    if measure.is_share:
        yield "分母", _made_of(divided, form)
    else:
        yield "单位", text(measure.unit)
    yield "相加", text(SUMMABLE[measure.summable])
    if len(measure.forms) < len(FORMS):
        yield "表式", text(f"只见于{'、'.join(f' {form} 年版' for form in measure.forms)}表式，别的年度没有这个数。")
    if measure.caveat:
        yield "注意", text(measure.caveat)
    yield "英文", text(measure.english)
    yield (
        "编号",
        (Code(measure.id), Text("，见"), Link("数据字典", To(urls.DICTIONARY, urls.dictionary_anchor(measure.id)))),
    )


def _made_of(cells: Sequence[Cell], form: Form) -> Parts:
    """The cells of a formula: the table, its rows, and the column that they all share or else every column."""
    table = cells[0].table
    rows = list(dict.fromkeys(cell.row for cell in cells))
    columns = list(dict.fromkeys(cell.column for cell in cells))
    by_id = form.tables[table].by_id
    labels = {column.id: column.label for row in rows for column in by_id[row].columns}
    named_rows = (Link(by_id[row].short, To(urls.TERMS, row_anchor(table, row)), "term") for row in rows)
    named_columns = (Link(labels[one], To(urls.TERMS, column_anchor(table, one)), "term") for one in columns)
    several = "相加" if len(cells) > 1 else ""
    return (
        Text(f"《{TABLE_NAMES[table]}》表里，“"),
        *_joined(named_rows),
        Text("”的“"),
        *_joined(named_columns),
        Text(f"”{several}"),
    )


def _joined(links: Iterable[Link]) -> Parts:
    return tuple(part for link in links for part in (Text("、"), link))[1:]


def _regions(catalog: Catalog, measure: Measure) -> Iterator[Block]:
    """The sums of all, and of the highest regions of which there are several."""
    if not catalog.years:
        return
    yield Heading(2, "各地区", "regions")
    everything = (Th(text("全部已收录机关")), ALL)
    heads = [everything, *((Th((Link(one.name, To(urls.region(one.code))),)), one.code) for one in catalog.divided)]
    rows = tuple(
        TableRow(
            (head, *(region_sum_cell(catalog, measure, code, year) for year in catalog.years)),
            kind="total" if code == ALL else "",
        )
        for head, code in heads
    )
    caption = f"{measure.label}，各地区逐年合计{_unit(measure)}"
    yield Table(caption, column_heads("地区", *_year_heads(catalog)), (rows,), "measures")


def _unit(measure: Measure) -> str:
    return "" if measure.is_share else f"（{measure.unit}）"


def _offices(catalog: Catalog, measure: Measure) -> Iterator[Block]:
    if not catalog.years:
        yield paragraph("本站还没有收录任何报告。")
        return
    yield Heading(2, "各机关", "offices")
    if len(catalog.offices) > MOST_OFFICES:
        by_region, choose = Link("地区", To(urls.REGIONS)), Link("比较", comparison(measures=[measure.id]))
        ways = (by_region, Text("逐级查看，或者在"), choose, Text("页挑选。"))
        yield Paragraph((Text("机关较多，这里不逐个列出。可以按"), *ways))
        return
    amounts = catalog.amounts(measure.id)
    rows = tuple(_office_row(catalog, measure, office, amounts) for office in catalog.offices)
    caption = f"{measure.label}，各机关逐年{_unit(measure)}"
    yield Table(caption, column_heads("机关", *_year_heads(catalog)), (rows,), "measures")


def _office_row(
    catalog: Catalog, measure: Measure, office: Office, amounts: Mapping[tuple[str, int], Amount]
) -> TableRow:
    cells = (_office_cell(catalog, measure, office, year, amounts.get((office.id, year))) for year in catalog.years)
    return TableRow((office_head(office), *cells))


def _office_cell(catalog: Catalog, measure: Measure, office: Office, year: int, amount: Amount | None) -> Td:
    report = catalog.report(office.id, year)
    if report is None or amount is None:
        return Td(text(NOT_IN_FORM if report else NOT_COLLECTED), "number missing")
    view = catalog.view(office.id, report)
    row = view.at(view.measure_anchor(measure))
    if isinstance(amount, Share):
        return share_cell(amount, measure.minimum_n or 0, row)
    return measure_cell(amount, view.measure_place(measure), row)


def _notes(catalog: Catalog, measure: Measure) -> Iterator[Block]:
    yield paragraph(SHARES_NOTE if measure.is_share else SUMS_NOTE, "note")
    for year, words in SERIES_BREAKS.items():
        if catalog.years and catalog.years[-1] < year <= catalog.years[0]:
            yield paragraph(f"各年连起来看时请留意：{year} 年{words}", "note")

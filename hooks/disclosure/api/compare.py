"""What the page that compares offices works with: columns instead of records, so that a country fits into a phone.

``compare.json`` says what there is to choose from, ``compare/offices.json`` lists the offices, and a document for each
year has every measure of every report (``compare_columns.py``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from disclosure.api.compare_columns import (
    DENSE,
    MEASURE_COLUMNS,
    PAGE,
    TWO,
    YEAR_COLUMNS,
    blocks,
    neighbours,
    write_years,
)
from disclosure.api.encode import encode
from disclosure.api.kinds import Kind
from disclosure.api.offices import LINKS
from disclosure.api.shapes import Schema, array, like, mapping, nullable, record, title_of, truth, whole, words
from disclosure.api.vocabulary import STATUS_LIST
from disclosure.api.writer import Place, Writer
from disclosure.export.csv_text import guard
from disclosure.export.schema import MEASURE_TABLE, MEASURE_VALUES, OFFICES, REGION_SUMS, REGIONS
from disclosure.figure_json import PLAIN, Json
from disclosure.measures import MEASURES, SERIES_BREAKS, Measure
from disclosure.model import Office
from disclosure.render import urls
from disclosure.render.catalog import Catalog
from disclosure.render.indexes import COVERAGE_NOTE, NOT_COLLECTED, NOT_IN_FORM
from disclosure.render.legend import LEGEND, UNUSABLE
from disclosure.render.text import visible

FIRST_MEASURES: Final = ("received", "granted", "refused", "disclosed_share")
"""What the page shows before anybody has chosen."""

_OFFICE_TITLES: Final = ("office", "name", "kind", "province", "city", "county")
_DEFINED: Final = ("measure", "label", "unit", "minimum_n", "caveat")

"""What stands where the report's edition of the form does not have a measure."""
_NO_SUCH_ROW: Final = "这份报告所用的表式没有这一项。没有数，不等于 0。"
_GAPS: Final = (
    {"gap": "not_in_form", "sign": NOT_IN_FORM, "meaning": _NO_SUCH_ROW},
    {"gap": "unusable", **UNUSABLE._asdict()},
    {"gap": "not_collected", "sign": NOT_COLLECTED, "meaning": COVERAGE_NOTE},
)

_NAME: Final = words("名称", "看不见的字符换成看得见的记号。")
_YEAR: Final = record("年度", {"year": whole("年度"), "report_count": like(REGION_SUMS, "reports"), "links": LINKS})
_REGION: Final = record("地区", {"code": like(REGIONS, "region"), "name": _NAME, "parent": like(REGIONS, "parent")})
_MEASURE: Final = record(
    "指标",
    {
        **{name: like(MEASURE_TABLE, name) for name in _DEFINED},
        "main": truth("主要指标"),
        "share": truth("比值", "是比值的有分子和分母，否则是数量。"),
    },
)
_BREAK: Final = record("口径改变", {"year": whole("从哪个年度起"), "change": words("改变了什么")})
_SIGN: Final = {"sign": words("中文"), "meaning": words("含义")}
COMPARE: Final = Kind(
    "compare",
    "compare.json",
    "比较页的选项：年度、地区、类别、指标，和各种记号的含义",
    record(
        "选项",
        {
            "years": array(_YEAR, "有报告的年度", "从新到旧。"),
            "regions": array(_REGION, "地区", "按代码排列。"),
            "kinds": array(words("类别"), title_of(OFFICES, "kind"), "收录的机关里有的类别。"),
            "measures": array(_MEASURE, "指标"),
            "first_measures": array(words("指标编号"), "没有选择时列出的指标"),
            "first_year": nullable(whole("没有选择时列出的年度", "报告最多的一年；一样多的取最新的。")),
            "series_breaks": array(_BREAK, "口径改变"),
            "statuses": array(record("状态", {"status": words("编号"), **_SIGN}), "状态", "从最可靠到最不可靠。"),
            "gaps": array(
                record("缺数的原因", {"gap": words("编号"), **_SIGN}), "没有报告，表式没有这一项，或者所印的不是件数"
            ),
            "titles": mapping(words("名称"), "下载文件各列的名称"),
            "sums_note": words("合计的说明"),
            "office_page": words("机关网页", "相对于网站根目录；{office} 换成机关编号，{year} 换成年度。"),
        },
    ),
)
_PAIR: Final[Schema] = {**TWO, "title": "名称和写法", "items": {"type": "string"}}
OFFICE_COLUMNS: Final = Kind(
    "compare_offices",
    "compare/offices.json",
    "比较页的机关名单：编号、名称、类别、地区，各为一列",
    record(
        "机关名单，一列一个数组",
        {
            **PAGE,
            "id": array(like(OFFICES, "office"), title_of(OFFICES, "office"), "按所在地区的代码和机关编号排列。"),
            "name": array(_NAME, title_of(OFFICES, "name")),
            "kind": array(whole("第几个类别", "从 0 起，见 compare.json 的 kinds。"), title_of(OFFICES, "kind")),
            "region": array(
                nullable(whole("第几个地区", "从 0 起，见 compare.json 的 regions。")), "所在的最低一级地区"
            ),
            "guarded": array(_PAIR, "写进 CSV 要加单引号的名称", "机关和地区的名称里，电子表格会当作公式或数的。"),
        },
    ),
    "compare/offices/pages/{page}.json",
)

KINDS: Final = (COMPARE, OFFICE_COLUMNS, YEAR_COLUMNS, MEASURE_COLUMNS)


def write_compare(writer: Writer, catalog: Catalog) -> None:
    """The choices, the offices, then year by year, newest first, the measures of all reports."""
    place = writer.place(COMPARE)
    links = {"offices": place.document(OFFICE_COLUMNS), "statuses": place.document(STATUS_LIST)}
    writer.write(place, _choices(catalog, place), links)
    _write_offices(writer, catalog)
    write_years(writer, catalog, COMPARE)


def _choices(catalog: Catalog, place: Place) -> Json:
    counts = Counter(report.year for reports in catalog.reports.values() for report in reports)
    return {
        "years": [
            {"year": year, "report_count": counts[year], "links": {"self": place.document(YEAR_COLUMNS, year=year)}}
            for year in catalog.years
        ],
        "regions": [_region(catalog, code) for code in sorted(catalog.regions)],
        "kinds": _kinds(catalog),
        "measures": [_measure(measure) for measure in MEASURES],
        "first_measures": list(FIRST_MEASURES),
        "first_year": catalog.best_covered_year,
        "series_breaks": [{"year": year, "change": change} for year, change in sorted(SERIES_BREAKS.items())],
        "statuses": [{"status": PLAIN[status], **word._asdict()} for status, word in LEGEND.items()],
        "gaps": list(_GAPS),
        "titles": {name: title_of(OFFICES, name) for name in _OFFICE_TITLES}
        | {name: title_of(MEASURE_VALUES, name) for name in ("value", *DENSE, "status")},
        "sums_note": REGION_SUMS.description,
        "office_page": _office_page(),
    }


def _region(catalog: Catalog, code: str) -> Json:
    above = catalog.parents[code]
    return {"code": code, "name": visible(catalog.regions[code].name), "parent": above[-1].code if above else None}


def _kinds(catalog: Catalog) -> list[str]:
    """The kinds that offices have, in the order of the vocabulary."""
    choices = next(field.choices for field in OFFICES.fields if field.name == "kind")
    present = {office.kind for office in catalog.offices}
    return [kind for kind in choices if kind in present]


def _measure(measure: Measure) -> Json:
    told = {
        "measure": measure.id,
        "label": measure.label,
        "unit": measure.unit,
        "minimum_n": measure.minimum_n,
        "caveat": measure.caveat or None,
    }
    return told | {"main": measure.main, "share": measure.is_share}


def _office_page() -> str:
    """The address of an office's report, with names in braces for the parts that vary."""
    page, _, rest = urls.office("0").partition("0")
    return f"{page}{{office}}{rest}#{urls.year_anchor(0, 'report').replace('0', '{year}', 1)}"


def _write_offices(writer: Writer, catalog: Catalog) -> None:
    kinds = {kind: number for number, kind in enumerate(_kinds(catalog))}
    regions = {code: number for number, code in enumerate(sorted(catalog.regions))}
    bounds = list(blocks([_office_size(office) for office in catalog.offices]))
    for page, (start, end) in enumerate(bounds, 1):
        place = writer.place(OFFICE_COLUMNS, page)
        listed = catalog.offices[start:end]
        data = {
            "page": page,
            "pages": len(bounds),
            "id": [one.id for one in listed],
            "name": [visible(one.name) for one in listed],
            "kind": [kinds[one.kind] for one in listed],
            "region": [regions[one.regions[-1].code] if one.regions else None for one in listed],
            "guarded": sorted({pair for one in listed for pair in _guarded(one)}),
        }
        writer.write(place, data, neighbours(place, page, len(bounds)))


def _guarded(office: Office) -> Iterator[tuple[str, str]]:
    """The names of an office and its regions that a spreadsheet would misread, and how they are written for it."""
    names = [visible(name) for name in (office.name, *(region.name for region in office.regions))]
    return ((name, guard(name)) for name in names if guard(name) != name)


def _office_size(office: Office) -> int:
    """At most how many bytes an office takes in all columns."""
    return len(encode([office.id, visible(office.name), list(_guarded(office))])) + len("9999,99999,")

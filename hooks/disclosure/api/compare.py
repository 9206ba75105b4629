"""What the page that compares offices works with: columns instead of records, so that a country fits into a phone.

``compare.json`` says what there is to choose from, ``compare/offices.json`` lists the offices, and a document for each
year has every measure of every report. Most columns repeat one value or another column, and are written as that.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, Final, NamedTuple, TypeAlias

from disclosure.api.encode import encode
from disclosure.api.kinds import Kind
from disclosure.api.offices import LINKS
from disclosure.api.shapes import Schema, array, like, mapping, nullable, record, title_of, truth, whole, words
from disclosure.api.vocabulary import STATUS_LIST
from disclosure.api.writer import MAX_BYTES, Place, Writer
from disclosure.export.csv_text import guard
from disclosure.export.schema import MEASURE_TABLE, MEASURE_VALUES, OFFICES, REGION_SUMS, REGIONS
from disclosure.figure_json import PLAIN, Json
from disclosure.measures import MEASURES, SERIES_BREAKS, Measure
from disclosure.model import Number, Office
from disclosure.render import urls
from disclosure.render.catalog import Catalog
from disclosure.render.indexes import COVERAGE_NOTE, NOT_COLLECTED
from disclosure.render.legend import LEGEND, UNUSABLE
from disclosure.render.text import visible
from disclosure.render.words import number
from disclosure.tallies import Share, Tally

Amount: TypeAlias = Tally | Share
Amounts: TypeAlias = Mapping[int, Mapping[str, Mapping[str, Amount]]]
"""What each measure comes to, by year, measure and office."""

FIRST_MEASURES: Final = ("received", "granted", "refused", "disclosed_share")
"""What the page shows before anybody has chosen."""

_LARGEST: Final = 2**53 - 1
"""The largest whole number that a browser keeps exactly."""
_OFFICE_TITLES: Final = ("office", "name", "kind", "province", "city", "county")
_DEFINED: Final = ("measure", "label", "unit", "minimum_n", "caveat")

NOT_IN_FORM: Final = "表式无此项"
"""What stands where the report's edition of the form does not have a measure."""
_NO_SUCH_ROW: Final = "这份报告所用的表式没有这一项。没有数，不等于 0。"
_GAPS: Final = (
    {"gap": "not_in_form", "sign": NOT_IN_FORM, "meaning": _NO_SUCH_ROW},
    {"gap": "unusable", **UNUSABLE._asdict()},
    {"gap": "not_collected", "sign": NOT_COLLECTED, "meaning": COVERAGE_NOTE},
)

_TWO: Final[Schema] = {"type": "array", "minItems": 2, "maxItems": 2}
_PAGE: Final = {"page": whole("第几页"), "pages": whole("一共几页")}
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
_PAIR: Final[Schema] = {**_TWO, "title": "名称和写法", "items": {"type": "string"}}
OFFICE_COLUMNS: Final = Kind(
    "compare_offices",
    "compare/offices.json",
    "比较页的机关名单：编号、名称、类别、地区，各为一列",
    record(
        "机关名单，一列一个数组",
        {
            **_PAGE,
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

_EXACT: Final = "整数；小数，和超过 9007199254740991 的整数，写成文字，免得读成浮点数时走样。没有数为空。"
_LIST: Final[Schema] = {"type": "array", "items": {"type": ["integer", "string", "null"]}, "description": _EXACT}
_SAME: Final = {
    **record("与另一列相同", {"measure": words("指标编号"), "column": words("列")}),
    "description": "这一列与本文档另一个指标的那一列完全相同。",
}
_MOSTLY: Final = {
    **record("大多相同", {"most": {"title": "大多数的值"}, "others": array(_TWO, "其余")}),
    "description": "除 others 列出的 [第几份报告（从 0 起）, 值] 以外，都是 most。",
}
_DENSE: Final = ("at_least", "numerator", "denominator")
_SPARSE: Final = ("known", "of", "conflicts", "status")
_MISSING: Final = {"known": 0, "of": 0, "conflicts": 0}
"""What stands where the form does not have a measure; null in the other columns."""
_OF_COUNTS: Final = ("at_least", *_SPARSE)
_OF_SHARES: Final = ("numerator", "denominator", "conflicts", "status")


def _column_schema(name: str) -> Schema:
    title = title_of(MEASURE_VALUES, name)
    return {"title": title, "anyOf": [_LIST, _SAME]} if name in _DENSE else {"title": title, **_MOSTLY}


YEAR_COLUMNS: Final = Kind(
    "compare_year",
    "compare/{year}.json",
    "比较页的一个年度：每份报告的每个指标，一个指标几列",
    record(
        "一个年度的指标，一列一个数组",
        {
            **_PAGE,
            "year": whole("年度"),
            "rows": array(
                {**_TWO, "items": {"type": "integer"}},
                "有报告的机关",
                "[名单里的第几个（从 0 起）, 连续几个]。以下各列依次是这些机关的报告。",
            ),
            "measures": mapping(
                record("指标的各列", {}, {name: _column_schema(name) for name in (*_DENSE, *_SPARSE)}),
                "指标",
                "按指标编号。没有一份报告的表式里有的不列；有的报告没有的，状态为空。",
            ),
        },
    ),
    "compare/{year}/pages/{page}.json",
)
KINDS: Final = (COMPARE, OFFICE_COLUMNS, YEAR_COLUMNS)


class _Columns(NamedTuple):
    """The columns of one measure by name, with a value for each report."""

    measure: str
    values: Mapping[str, Sequence[Any]]


def write_compare(writer: Writer, catalog: Catalog) -> None:
    """The choices, the offices, then year by year, newest first, the measures of all reports."""
    place = writer.place(COMPARE)
    links = {"offices": place.document(OFFICE_COLUMNS), "statuses": place.document(STATUS_LIST)}
    writer.write(place, _choices(catalog, place), links)
    _write_offices(writer, catalog)
    amounts = _amounts(catalog)
    for year in catalog.years:
        _write_year(writer, catalog, year, amounts[year])


def _amounts(catalog: Catalog) -> Amounts:
    measures = catalog.dataset.measures
    found: dict[int, dict[str, dict[str, Amount]]] = defaultdict(lambda: defaultdict(dict))
    columns = (measures[name].tolist() for name in ("office", "year", "measure", "tally", "share"))
    for office, year, measure, tally, share in zip(*columns, strict=True):
        found[year][measure][office] = tally if share is None else share
    return found


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
        | {name: title_of(MEASURE_VALUES, name) for name in ("value", *_DENSE, "status")},
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
    bounds = list(_blocks([_office_size(office) for office in catalog.offices]))
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
        writer.write(place, data, _around(place, page, len(bounds)))


def _guarded(office: Office) -> Iterator[tuple[str, str]]:
    """The names of an office and its regions that a spreadsheet would misread, and how they are written for it."""
    names = [visible(name) for name in (office.name, *(region.name for region in office.regions))]
    return ((name, guard(name)) for name in names if guard(name) != name)


def _office_size(office: Office) -> int:
    """At most how many bytes an office takes in all columns."""
    return len(encode([office.id, visible(office.name), list(_guarded(office))])) + len("9999,99999,")


def _write_year(writer: Writer, catalog: Catalog, year: int, amounts: Mapping[str, Mapping[str, Amount]]) -> None:
    rows = [row for row, office in enumerate(catalog.offices) if catalog.report(office.id, year)]
    ids = [catalog.offices[row].id for row in rows]
    columns = [_columns(measure, amounts[measure.id], ids) for measure in MEASURES if measure.id in amounts]
    bounds = list(_blocks(_sizes(columns, len(rows))))
    for page, (start, end) in enumerate(bounds, 1):
        place = writer.place(YEAR_COLUMNS, page, year=year)
        data = {"page": page, "pages": len(bounds), "year": year, "rows": list(_runs(rows[start:end]))}
        data["measures"] = _written(columns, start, end)
        writer.write(place, data, {"list": place.document(COMPARE)} | _around(place, page, len(bounds), year=year))


def _around(place: Place, page: int, pages: int, **parameters: int) -> Json:
    """Links to the pages before and after this one."""
    before = {"previous": place.document(place.kind, page - 1, **parameters)} if page > 1 else {}
    return before | ({"next": place.document(place.kind, page + 1, **parameters)} if page < pages else {})


def _columns(measure: Measure, amounts: Mapping[str, Amount], ids: Sequence[str]) -> _Columns:
    listed = [amounts.get(one) for one in ids]
    names = _OF_SHARES if measure.is_share else _OF_COUNTS
    return _Columns(measure.id, {name: [_value(name, amount) for amount in listed] for name in names})


def _value(name: str, amount: Amount | None) -> Any:  # noqa: ANN401 - JSON of any shape
    if amount is None:
        return _MISSING.get(name)
    if name == "status":
        return PLAIN[amount.status]
    value = getattr(amount, name)
    return _exact(value) if name in _DENSE else value


def _exact(value: Number | None) -> int | str | None:
    """What a browser can read without rounding it."""
    return value if value is None or (isinstance(value, int) and abs(value) <= _LARGEST) else number(value)


def _sizes(columns: Sequence[_Columns], rows: int) -> list[int]:
    """At most how many bytes each report takes in all columns."""
    sizes = [0] * rows
    seen: set[tuple[Any, ...]] = set()
    for name, values in (column for one in columns for column in one.values.items()):
        dense = name in _DENSE
        if dense and tuple(values) in seen:
            continue
        seen.add(tuple(values))
        most = None if dense else _most(values)
        for row, value in enumerate(values):
            if dense or value != most:
                sizes[row] += len(encode(value)) + (len(",") if dense else len("[99999,],"))
    return sizes


def _blocks(sizes: Sequence[int]) -> Iterator[tuple[int, int]]:
    """From where to where the rows of these sizes go into one document: at least one block, and one row a block."""
    start = used = 0
    for row, size in enumerate(sizes):
        if row > start and used + size > MAX_BYTES:
            yield start, row
            start, used = row, 0
        used += size
    yield start, len(sizes)


def _runs(rows: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Ascending numbers as (first, how many in a row)."""
    starts = [at for at, row in enumerate(rows) if not at or row != rows[at - 1] + 1]
    return ((rows[start], end - start) for start, end in pairwise([*starts, len(rows)]))


def _most(values: Sequence[Any]) -> Any:  # noqa: ANN401 - JSON of any shape
    """The most frequent of these values, the first of several."""
    return Counter(values).most_common(1)[0][0]


def _written(columns: Sequence[_Columns], start: int, end: int) -> Json:
    """The rows from ``start`` to ``end`` as documents have them."""
    seen: dict[tuple[Any, ...], Json] = {}
    written: Json = {}
    for measure, values in columns:
        written[measure] = {}
        for name, column in values.items():
            part = tuple(column[start:end])
            own = {"measure": measure, "column": name}
            first = seen.setdefault(part, own) if name in _DENSE else own
            written[measure][name] = first if first is not own else list(part) if name in _DENSE else _mostly(part)
    return written


def _mostly(values: Sequence[Any]) -> Json:
    most = _most(values)
    return {"most": most, "others": [[row, value] for row, value in enumerate(values) if value != most]}

"""The measures of all reports of a year as columns, all together and one by one.

Most columns repeat one value or another column, and are written as that. The page reads one measure of a year at a
time: all of them at once are too much for a phone.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from operator import attrgetter
from typing import Any, Final, NamedTuple, TypeAlias

from disclosure.api.encode import encode
from disclosure.api.kinds import Kind
from disclosure.api.shapes import Schema, array, mapping, record, title_of, whole, words
from disclosure.api.writer import MAX_BYTES, Place, Writer
from disclosure.export.schema import MEASURE_VALUES
from disclosure.figure_json import PLAIN, Json
from disclosure.measures import MEASURES, Measure
from disclosure.model import Number
from disclosure.render.catalog import Catalog
from disclosure.render.words import number
from disclosure.tallies import Amount

Amounts: TypeAlias = Mapping[int, Mapping[str, Mapping[str, Amount]]]
"""What each measure comes to, by year, measure and office."""

_LARGEST: Final = 2**53 - 1
"""The largest whole number that a browser keeps exactly."""
TWO: Final[Schema] = {"type": "array", "minItems": 2, "maxItems": 2}
PAGE: Final = {"page": whole("第几页"), "pages": whole("一共几页")}
_EXACT: Final = "整数；小数，和超过 9007199254740991 的整数，写成文字，免得读成浮点数时走样。没有数为空。"
_LIST: Final[Schema] = {"type": "array", "items": {"type": ["integer", "string", "null"]}, "description": _EXACT}
_SAME: Final = {
    **record("与另一列相同", {"measure": words("指标编号"), "column": words("列")}),
    "description": "这一列与本文档另一个指标的那一列完全相同。",
}
_MOSTLY: Final = {
    **record("大多相同", {"most": {"title": "大多数的值"}, "others": array(TWO, "其余")}),
    "description": "除 others 列出的 [第几份报告（从 0 起）, 值] 以外，都是 most。",
}
DENSE: Final = ("at_least", "numerator", "denominator")
_SPARSE: Final = ("known", "of", "conflicts", "status")
_MISSING: Final = {"known": 0, "of": 0, "conflicts": 0}
"""What stands where the form does not have a measure; null in the other columns."""
_OF_COUNTS: Final = ("at_least", *_SPARSE)
_OF_SHARES: Final = ("numerator", "denominator", "conflicts", "status")


def _column_schema(name: str) -> Schema:
    title = title_of(MEASURE_VALUES, name)
    return {"title": title, "anyOf": [_LIST, _SAME]} if name in DENSE else {"title": title, **_MOSTLY}


_COLUMNS: Final = record(
    "一个年度的指标，一列一个数组",
    {
        **PAGE,
        "year": whole("年度"),
        "rows": array(
            {**TWO, "items": {"type": "integer"}},
            "有报告的机关",
            "[名单里的第几个（从 0 起）, 连续几个]。以下各列依次是这些机关的报告。",
        ),
        "measures": mapping(
            record("指标的各列", {}, {name: _column_schema(name) for name in (*DENSE, *_SPARSE)}),
            "指标",
            "按指标编号。没有一份报告的表式里有的不列；有的报告没有的，状态为空。",
        ),
    },
)
YEAR_COLUMNS: Final = Kind(
    "compare_year",
    "compare/{year}.json",
    "比较页的一个年度：每份报告的每个指标，一个指标几列",
    _COLUMNS,
    "compare/{year}/pages/{page}.json",
)
MEASURE_COLUMNS: Final = Kind(
    "compare_measure",
    "compare/{year}/{measure}.json",
    "比较页的一个年度的一个指标：每份报告的，几列",
    _COLUMNS,
    "compare/{year}/{measure}/pages/{page}.json",
)


class _Columns(NamedTuple):
    """The columns of one measure by name, with a value for each report."""

    measure: str
    values: Mapping[str, Sequence[Any]]


def write_years(writer: Writer, catalog: Catalog, above: Kind) -> None:
    """Year by year, newest first, all measures together, then each by itself, also one that no report of it has.

    Every document leads to the one of kind ``above``.
    """
    amounts = _amounts(catalog)
    for year in catalog.years:
        rows = [row for row, office in enumerate(catalog.offices) if catalog.report(office.id, year)]
        ids = [catalog.offices[row].id for row in rows]
        found = amounts[year]
        columns = [_columns(measure, found[measure.id], ids) for measure in MEASURES if measure.id in found]
        _write(writer, above, YEAR_COLUMNS, rows, columns, year=year)
        for measure in MEASURES:
            own = [one for one in columns if one.measure == measure.id]
            _write(writer, above, MEASURE_COLUMNS, rows, own, year=year, measure=measure.id)


def _amounts(catalog: Catalog) -> Amounts:
    measures = catalog.dataset.measures
    found: dict[int, dict[str, dict[str, Amount]]] = defaultdict(lambda: defaultdict(dict))
    columns = (measures[name].tolist() for name in ("office", "year", "measure", "tally", "share"))
    for office, year, measure, tally, share in zip(*columns, strict=True):
        found[year][measure][office] = tally if share is None else share
    return found


def _write(
    writer: Writer, above: Kind, kind: Kind, rows: Sequence[int], columns: Sequence[_Columns], **named: int | str
) -> None:
    """These columns, over as many documents as they need; ``named`` is a part of their address."""
    bounds = list(blocks(_sizes(columns, len(rows))))
    for page, (start, end) in enumerate(bounds, 1):
        place = writer.place(kind, page, **named)
        told = {"page": page, "pages": len(bounds), "year": named["year"], "rows": list(_runs(rows[start:end]))}
        links = {"list": place.document(above)} | neighbours(place, page, len(bounds), **named)
        if kind is YEAR_COLUMNS:
            links |= {one.id: place.document(MEASURE_COLUMNS, year=named["year"], measure=one.id) for one in MEASURES}
        writer.write(place, told | {"measures": _written(columns, start, end)}, links)


def neighbours(place: Place, page: int, pages: int, **parameters: int | str) -> Json:
    """Links to the pages before and after this one."""
    before = {"previous": place.document(place.kind, page - 1, **parameters)} if page > 1 else {}
    return before | ({"next": place.document(place.kind, page + 1, **parameters)} if page < pages else {})


def _columns(measure: Measure, amounts: Mapping[str, Amount], ids: Sequence[str]) -> _Columns:
    listed = [amounts.get(one) for one in ids]
    names = _OF_SHARES if measure.is_share else _OF_COUNTS
    return _Columns(measure.id, {name: _column(name, listed) for name in names})


def _column(name: str, amounts: Sequence[Amount | None]) -> Sequence[Any]:
    if name == "status":
        return [None if one is None else PLAIN[one.status] for one in amounts]
    missing, told = _MISSING.get(name), attrgetter(name)
    values = [missing if one is None else told(one) for one in amounts]
    return list(map(_exact, values)) if name in DENSE else values


def _exact(value: Number | None) -> int | str | None:
    """What a browser can read without rounding it."""
    return value if value is None or (isinstance(value, int) and abs(value) <= _LARGEST) else number(value)


def _sizes(columns: Sequence[_Columns], rows: int) -> list[int]:
    """At most how many bytes each report takes, in the list of rows and in all columns."""
    sizes = [len("[99999,99999],")] * rows
    seen: set[tuple[Any, ...]] = set()
    for name, values in (column for one in columns for column in one.values.items()):
        dense = name in DENSE
        if dense and tuple(values) in seen:
            continue
        seen.add(tuple(values))
        most = None if dense else _most(values)
        for row, value in enumerate(values):
            if dense or value != most:
                sizes[row] += len(encode(value)) + (len(",") if dense else len("[99999,],"))
    return sizes


def blocks(sizes: Sequence[int]) -> Iterator[tuple[int, int]]:
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
            first = seen.setdefault(part, own) if name in DENSE else own
            written[measure][name] = first if first is not own else list(part) if name in DENSE else _mostly(part)
    return written


def _mostly(values: Sequence[Any]) -> Json:
    most = _most(values)
    return {"most": most, "others": [[row, value] for row, value in enumerate(values) if value != most]}

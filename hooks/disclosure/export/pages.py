"""The pages about the data: what there is to download and how to read it, and the dictionary of every field."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from disclosure.export.examples import examples
from disclosure.export.fields import TYPE_WORDS, Field, TableSchema
from disclosure.export.files import OF_AN_OFFICE, Written
from disclosure.export.publish import CITATIONS, PARQUET_RULE, README, SUMS, WORKBOOK, Published
from disclosure.export.release import DESCRIPTION, LICENCE, SCHEMA_CHANGES, SCHEMA_VERSION, bibtex, gb_citation
from disclosure.export.schema import SCHEMAS, WIDE
from disclosure.form.template import FORMS
from disclosure.measures import MEASURES, MINIMUM_N, SERIES_BREAKS, Measure
from disclosure.render import urls
from disclosure.render.blocks import (
    Block,
    Breadcrumb,
    Bullets,
    Code,
    Definitions,
    Details,
    File,
    Heading,
    Item,
    Link,
    Listing,
    Paragraph,
    Parts,
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
from disclosure.render.indexes import HOME
from disclosure.render.legend import LEGEND
from disclosure.render.page import Page

_DATA: Final = Link("开放数据", To(urls.DATA))
_UNITS: Final = ("B", "KB", "MB", "GB")
_STEP: Final = 1000
_GAPS: Final = (
    "空着的值是没有数，绝不是 0。求和、求平均以前，先看“状态”一列；有缺数的合计，只能说“至少”。",
    "状态为“勾稽不符”的是报告印出的数，与别的数对不上，照登不改；要不要用，由你决定。",
    f"比值附有分子和分母；分母小于 {MINIMUM_N} 的，多一件少一件就差很多，不宜比较。",
    "县级以上政府的报告可能已经汇总了所属机关的数，地区合计无法扣除，照加。",
)
_CSV_RULES: Final = (
    "编码是 UTF-8，带 BOM，换行是 CRLF，逗号分隔（RFC 4180），Excel 可以直接打开。",
    "文字以 ' 开头的，去掉这一个字符就是原文。加上它，是免得程序把文字当成公式、数、日期或空值。",
    "可能有小数的列，整数也写小数点（3.0），免得程序按开头几行猜成整数，把后面的小数四舍五入。",
    "机关编号多数是九位数字，部门的带字母；请按文字读取。Parquet 文件里，各列的类型都已写明。",
)


def data_pages(published: Published) -> list[Page]:
    """The page /data/ and the dictionary."""
    return [_data_page(published), _dictionary_page()]


def _data_page(published: Published) -> Page:
    release = published.release
    version = f"版本 {release.version}，数据日期 {release.data_date:%Y-%m-%d}。"
    lead = "本站读出的每个数字都可以下载，附有状态、原文和出处。地址固定不变，不用注册，不用询问。"
    blocks: tuple[Block, ...] = (
        Breadcrumb((HOME,), "开放数据"),
        Heading(1, "开放数据", "top"),
        Paragraph(text(lead), "lead"),
        paragraph(version, "note"),
        *_downloads(published),
        *_reading(),
        *_examples(published),
        *_interface(),
        *_citing(published),
    )
    description = "下载政府信息公开工作年度报告的全部数字：CSV、Parquet、Excel 和 JSON，附状态、出处和字典。"
    return Page(urls.DATA, "开放数据", description, blocks, "data")


def _file(path: str) -> File:
    return File(urls.DATA_FILES + path)


def _downloads(published: Published) -> Iterator[Block]:
    size = _size(published.bytes_of(WORKBOOK))
    yield Heading(2, "下载", "download")
    yield Paragraph(
        (Link("Excel 工作簿", _file(WORKBOOK)), Text(f"（{size}）：主要数字和说明都在里面，适合先看一看。"))
    )
    rows = tuple(_download_row(published, one) for one in published.written)
    yield Table("全部数据表", column_heads("内容", "行数", "CSV", "Parquet"), (rows,), "downloads")
    others = (
        (DESCRIPTION, "各表各列的说明，供程序使用（Data Package）"),
        (SUMS, "校验值，下载后用 sha256sum --check 核对"),
        (README, "怎样读这些文件"),
    )
    yield Bullets(tuple(Item((Link(name, _file(name)), Text(f"：{what}"))) for name, what in others))
    tables = "、".join(schema.title for schema in OF_AN_OFFICE)
    yield paragraph(f"只要一个机关的，在该机关的页面末尾下载：{tables}，一表一个小文件。")


def _download_row(published: Published, one: Written) -> TableRow:
    name = Link(one.schema.title, To(urls.DICTIONARY, _anchor(one.schema)))
    links = (_download(published, path) for path in (one.csv, one.parquet))
    return TableRow((Th((name, Small(f"（{one.schema.name}）"))), Td(text(str(one.rows)), "number"), *links))


def _download(published: Published, path: str) -> Td:
    return Td((Link(_size(published.bytes_of(path)), _file(path)),), "number")


def _size(count: int) -> str:
    """Bytes as a person says them.

    >>> _size(999), _size(61_400), _size(1_250_000)
    ('999 B', '61 KB', '1.2 MB')
    """
    amount, unit = float(count), 0
    while amount >= _STEP and unit < len(_UNITS) - 1:
        amount, unit = amount / _STEP, unit + 1
    digits = 1 if unit > 1 and amount < 10 else 0  # noqa: PLR2004 - two digits say enough
    return f"{amount:.{digits}f} {_UNITS[unit]}"


def _reading() -> Iterator[Block]:
    yield Heading(2, "怎样读", "reading")
    yield Definitions(tuple((f"{word.sign}（{status.value}）", text(word.meaning)) for status, word in LEGEND.items()))
    yield _plain(_GAPS)
    yield Heading(3, "CSV 文件", "csv")
    yield _plain(_CSV_RULES)
    yield paragraph(PARQUET_RULE)
    yield Heading(3, "跨年比较", "series")
    breaks = tuple(f"{year} 年起{what}" for year, what in sorted(SERIES_BREAKS.items()))
    yield _plain((*breaks, "只在一个版本的表式里有的指标，不要和别的年度连成一条线。"))


def _plain(sentences: Iterable[str]) -> Bullets:
    return Bullets(tuple(Item(text(sentence)) for sentence in sentences))


def _examples(published: Published) -> Iterator[Block]:
    yield Heading(2, "例子", "examples")
    for example in examples(published.release.site_url):
        yield Paragraph(text(example.what))
        yield Listing(example.code, example.language)


def _interface() -> Iterator[Block]:
    yield Heading(2, "接口", "api")
    index, openapi = (File(f"{urls.API_FILES}{name}") for name in ("index.json", "openapi.json"))
    yield Paragraph(
        (
            Text("程序可以直接取 JSON：从"),
            Link("index.json", index),
            Text("开始，各文件互有链接；说明书是"),
            Link("openapi.json", openapi),
            Text("（OpenAPI 3.1）。机关、地区、年度、指标、发现、规则，各有各的地址。"),
        )
    )
    promise = f"表和接口现在是 {SCHEMA_VERSION} 版：地址里写着 v1 的，只会增加，不会改名、删去或改变含义。"
    yield paragraph(promise)
    yield Definitions(tuple((version, text(what)) for version, what in reversed(SCHEMA_CHANGES.items())))
    changes = Link("数据更新记录", To(urls.CHANGES))
    yield Paragraph((Text("每次发布改了哪些数、为什么改，见"), changes, Text("。")))


def _citing(published: Published) -> Iterator[Block]:
    release = published.release
    yield Heading(2, "引用和许可", "cite")
    yield paragraph("引用时请写明版本，别人才能找到同一份数据。GB/T 7714 和 BibTeX 的写法：")
    yield Listing(gb_citation(release))
    yield Listing(bibtex(release), "bibtex")
    files = tuple(part for name in CITATIONS for part in (Link(name, _file(name)), Text(" ")))
    yield Paragraph((Text("也可以下载："), *files))
    about = Link("关于", To(urls.ABOUT, "licence"))
    yield Paragraph((Text(f"数据以 {LICENCE[2]}公开；报告原文由各机关公布，以原机关的为准。详见"), about, Text("。")))


def _anchor(schema: TableSchema) -> str:
    return f"table-{schema.name.replace('_', '-')}"


def _dictionary_page() -> Page:
    blocks = (
        Breadcrumb((HOME, _DATA), "字典"),
        Heading(1, "数据字典", "top"),
        paragraph("每张表、每一列是什么。名称和含义固定，以后只会增加。", "lead"),
        *_measures(),
        *(block for schema in SCHEMAS for block in _schema(schema)),
    )
    return Page(urls.DICTIONARY, "数据字典", "开放数据每张表、每一列和每个指标的含义。", blocks, "dictionary")


def _measures() -> Iterator[Block]:
    yield Heading(2, "指标", "measures")
    yield paragraph(f"公式写作“表.行.列”，* 代表任意一段。比值的分母小于 {MINIMUM_N} 的，说明不了什么。")
    head = column_heads("指标", "编号", "单位", "公式", "注意")
    yield Table("全部指标", head, (tuple(_measure_row(measure) for measure in MEASURES),), "fields")


def _measure_row(measure: Measure) -> TableRow:
    divided = (Text(" ÷ "), *_sum(measure.denominator)) if measure.is_share else ()
    only = "" if len(measure.forms) == len(FORMS) else f"只见于 {'、'.join(measure.forms)} 年版表式。"
    cells = (
        Td((Code(measure.id),)),
        Td(text(measure.unit)),
        Td((*_sum(measure.formula), *divided)),
        Td(text(only + measure.caveat)),
    )
    name = Th((Text(measure.label), Small(f"（{measure.english}）")))
    return TableRow((name, *cells), urls.dictionary_anchor(measure.id))


def _sum(patterns: Sequence[str]) -> Parts:
    """The cells of a formula, in brackets where there are several."""
    parts = tuple(part for pattern in patterns for part in (Text(" + "), Code(pattern)))[1:]
    return (Text("（"), *parts, Text("）")) if len(patterns) > 1 else parts


def _schema(schema: TableSchema) -> Iterator[Block]:
    key = "、".join(schema.primary_key)
    yield Heading(2, f"{schema.title}（{schema.name}）", _anchor(schema))
    yield Paragraph((Text(f"{schema.description}一行由 "), Code(key), Text(" 确定。")))
    table = Table(f"{schema.name} 的各列", _FIELD_HEAD, (tuple(map(_field_row, schema.fields)),), "fields")
    wide = schema in WIDE.values()
    yield Details(f"全部 {len(schema.fields)} 列", (table,), "fields") if wide else table


_FIELD_HEAD: Final = column_heads("列", "名称", "类型", "说明")


def _field_row(field: Field) -> TableRow:
    unit = f"（{field.unit}）" if field.unit else ""
    cells = (Td(text(f"{field.title}{unit}")), Td(text(TYPE_WORDS[field.type])), Td(_explained(field)))
    return TableRow((Th((Code(field.name),)), *cells))


def _explained(field: Field) -> Parts:
    """What a field says; statuses, of which a wide table has hundreds, are explained on the page of the data."""
    choices = "；".join(f"{value} {label}" if value != label else value for value, label in field.choices.items())
    listed = choices if len(field.choices) and not field.name.endswith("__status") else ""
    kept = "" if field.required else "可以为空。"
    return text(f"{field.description}{kept}{f'取值：{listed}。' if listed else ''}")

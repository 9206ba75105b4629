"""Every published table and every field of it, described once.

Names and meanings are an interface: ``docs/contributing/decisions/0013-open-data.md`` says what may change.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from disclosure.export.fields import Field, FieldType, ForeignKey, TableSchema
from disclosure.form.bodies import KINDS as BODY_KINDS
from disclosure.form.template import FORMS, SECTIONS, TABLE_NAMES, TABLES, Column, Row
from disclosure.model import Cell, Kind, Severity, Status
from disclosure.region_sums import ALL
from disclosure.render.legend import KINDS, LEGEND, SEVERITIES, SUMMABLE

INTEGER, NUMBER, BOOLEAN = FieldType.INTEGER, FieldType.NUMBER, FieldType.BOOLEAN

_STATUSES = {status.value: LEGEND[status].sign for status in Status}
_FORMS = {form: f"{form} 年版（{FORMS[form].notice}）" for form in sorted(FORMS)}
_SECTIONS = {"preamble": "引言"} | {section: title for section, (_, title) in SECTIONS.items()}

OFFICE = Field("office", "机关编号", description="机关的永久编号，也是网址的一段。", required=True)
YEAR = Field("year", "年度", INTEGER, "报告所述的年度，不是公布的年份。", required=True)
FORM = Field("form", "表式", description="报告所用表格的版本；没有读到表格的为空。", choices=_FORMS)
_FILE = Field("file", "文件", description="原文在项目文件夹里的路径。", free=True)
_LINE = Field("line", "行号", INTEGER, "原文的第几行，从 1 起。")
_STATUS = Field("status", "状态", description="数字可靠到什么程度。", required=True, choices=_STATUSES)
_MEASURE = Field("measure", "指标编号", required=True)
_TO_OFFICE = ForeignKey(("office",), "offices", ("office",))
_TO_REPORT = ForeignKey(("office", "year"), "reports", ("office", "year"))
_TO_MEASURE = ForeignKey(("measure",), "measures", ("measure",))
_TALLY = (
    Field("value", "数值", NUMBER, "没有缺数时的数值；有缺数，或者比值的分母为 0，就为空。"),
    Field("at_least", "已知部分之和", NUMBER, "已知各项之和；一项都没有就为空。有缺数时只是下限，不能当作总数。"),
    Field("numerator", "分子", NUMBER, "只用于比值。"),
    Field("denominator", "分母", NUMBER, "只用于比值。"),
    Field("known", "有数的项数", INTEGER, "相加的各项里有几项有数。", required=True),
    Field("of", "应有的项数", INTEGER, "相加的各项一共有几项。", required=True),
    Field("conflicts", "勾稽不符的项数", INTEGER, "相加的各项里有几项与别的数字对不上。", required=True),
)


def cell_field(cell: Cell) -> str:
    """The name of a figure's column in a wide table: ``received__total``."""
    return f"{cell.row}__{cell.column}"


def status_field(cell: Cell) -> str:
    """The name of the column with a figure's status: ``received__total__status``."""
    return f"{cell_field(cell)}__status"


def wide_cells(table: str) -> tuple[Cell, ...]:
    """Every figure that a table has in any edition of the form: those of the newest first, in its order."""
    listed = (
        Cell(table, row.id, column.id)
        for form in sorted(FORMS, reverse=True)
        for row in FORMS[form].tables[table].rows
        for column in row.columns
    )
    return tuple(dict.fromkeys(listed))


def _labels(cell: Cell) -> tuple[Row, Column, tuple[str, ...]]:
    """Row and column as the newest edition that has them words them, and the editions that have them."""
    found = [
        (form, row, column)
        for form in sorted(FORMS)
        for row in FORMS[form].tables[cell.table].rows
        for column in row.columns
        if (row.id, column.id) == (cell.row, cell.column)
    ]
    _, row, column = found[-1]
    return row, column, tuple(form for form, _, _ in found)


def _wide_fields(table: str) -> Iterator[Field]:
    cells = wide_cells(table)
    for cell in cells:
        row, column, forms = _labels(cell)
        only = "" if len(forms) == len(FORMS) else f"只见于 {'、'.join(forms)} 年版。"
        unit = column.unit or ("" if table == "proactive" else "件")
        yield Field(cell_field(cell), f"{row.short}：{column.label}", NUMBER, only, unit)
    for cell in cells:
        row, column, _ = _labels(cell)
        yield Field(status_field(cell), f"{row.short}：{column.label}（状态）", choices=_STATUSES)


_WIDE_TITLES = {"proactive": "主动公开，宽表", "requests": "申请办理，宽表", "disputes": "复议诉讼，宽表"}


def _wide(table: str) -> TableSchema:
    return TableSchema(
        f"{table}_wide",
        _WIDE_TITLES[table],
        f"“{TABLE_NAMES[table]}”表，一份报告一行。列名是“行__列”；先列全部数值，再列各数的状态。"
        "表式里没有的格，数值和状态都为空。",
        (OFFICE, YEAR, FORM, *_wide_fields(table)),
        ("office", "year"),
        (_TO_REPORT,),
    )


OFFICES = TableSchema(
    "offices", "机关", "本站收录的机关，包括还没有报告的。",
    (
        OFFICE,
        Field("name", "名称", description="全称。", required=True, free=True),
        Field("kind", "类别", required=True, choices={kind: kind for kind in BODY_KINDS}),
        Field("province", "省级地区", free=True),
        Field("city", "市级地区", free=True),
        Field("county", "县级地区", free=True),
        Field("region", "所在地区代码", description="所在的最低一级地区的六位行政区划代码。"),
        Field("place_known_by", "地区依据", description="怎么知道它在哪里。", required=True, free=True),
        Field("place_inferred", "地区为推断", BOOLEAN, "报告没有写明所在地区，由本站推断。", required=True),
        Field("former_names", "曾用名", description="不止一个时用“；”隔开。", free=True),
        Field("website", "网站", free=True),
        Field("reports", "报告份数", INTEGER, required=True),
        Field("url", "页面", description="本站网页，相对于网站根目录。", required=True),
    ),
    ("office",), (ForeignKey(("region",), "regions", ("region",)),),
)  # fmt: skip
REPORTS = TableSchema(
    "reports", "报告", "一个机关一个年度一份。",
    (
        OFFICE, YEAR, FORM,
        Field("file", "文件", description="原文在项目文件夹里的路径；有几份来源时是主要的。", required=True,
              free=True),
        Field("sha256", "校验值", description="原文的 SHA-256。", required=True),
        Field("source_url", "发布地址", description="报告原来公布在哪里；没有记录的为空。", free=True),
        *(Field(status.value, f"{LEGEND[status].sign}的数", INTEGER, f"状态为“{LEGEND[status].sign}”的格有几个。",
                required=True) for status in Status),
        Field("findings", "核对发现", INTEGER, "核对发现有几条。", required=True),
    ),
    ("office", "year"), (_TO_OFFICE,),
)  # fmt: skip
SOURCES = TableSchema(
    "sources", "来源", "每份报告的每个文件。同一年度有几个文件的，都读，互相核对。",
    (
        OFFICE, YEAR,
        Field("file", "文件", description="原文在项目文件夹里的路径。", required=True, free=True),
        Field("sha256", "校验值", description="文件的 SHA-256。", required=True),
        Field("figures", "取自它的数", INTEGER, "有几个数取自这个文件。", required=True),
    ),
    ("office", "year", "file"), (_TO_REPORT,),
)  # fmt: skip
FIGURES = TableSchema(
    "figures", "数字", "统一格式的每一格一行：数值、状态、原文和出处。没有数的格也在，数值为空，不是 0。",
    (
        OFFICE, YEAR,
        Field("form", "表式", required=True, choices=_FORMS),
        Field("table", "表", required=True, choices={table: TABLE_NAMES[table] for table in TABLES}),
        Field("row", "行", description="行的编号，见字典。", required=True),
        Field("column", "列", description="列的编号，见字典。", required=True),
        Field("value", "数值", NUMBER, "没有数的为空，绝不是 0。"),
        _STATUS,
        Field("low", "下限", INTEGER, "状态为“不定”时，证明过的下限。"),
        Field("high", "上限", INTEGER, "状态为“不定”时，证明过的上限；没有上限的为空。"),
        Field("suggestion", "最小改动值", INTEGER, "状态为“勾稽不符”时，改动最少的改法给它的值；从不采用。"),
        Field("raw", "原文", description="报告印的字；没有印的为空。", free=True),
        _FILE, _LINE,
        Field("proof", "证明", description="状态为“归位”或“推得”时，证明的编号。"),
    ),
    ("office", "year", "table", "row", "column"),
    (_TO_REPORT, ForeignKey(("proof",), "proofs", ("proof",))),
)  # fmt: skip
PROOFS = TableSchema(
    "proofs", "证明", "归位和推得的数为什么必定是这个值。同一行里证明相同的数共用一个编号。",
    (
        Field("proof", "证明编号", required=True),
        OFFICE, YEAR,
        Field("steps", "步骤", description="一行一步。", required=True, free=True),
        Field("distrusted", "逐一怀疑的数", INTEGER, "逐一怀疑过几个印出的数，结论都不变。", required=True),
        Field("url", "页面", description="证明在本站的位置，相对于网站根目录。", required=True),
    ),
    ("proof",), (_TO_REPORT,),
)  # fmt: skip
FINDINGS = TableSchema(
    "findings", "核对发现", "按各条规则核对的发现。只说所载数据之间是否一致，不作评价。",
    (
        Field("finding", "编号", INTEGER, "本次发布里的序号，从 1 起；下次发布可能改变。", required=True),
        Field("rule", "规则", required=True),
        Field("severity", "程度", required=True, choices={one.value: SEVERITIES[one] for one in Severity}),
        Field("kind", "类别", required=True, choices={one.value: KINDS[one].sign for one in Kind}),
        Field("office", "机关编号", description="不关于一个机关的为空。"),
        Field("year", "年度", INTEGER),
        _FILE, _LINE,
        Field("cells", "有关的格", description="写作“表.行.列”，不止一个时用空格隔开。"),
        Field("message", "说明", required=True, free=True),
        Field("answer_reason", "答复", description="维护者对这条发现的答复；没有的为空。", free=True),
        Field("answer_by", "答复人", free=True),
        Field("answer_date", "答复日期", description="写作 2026-11-28。"),
    ),
    ("finding",), (ForeignKey(("office",), "offices", ("office",)),),
)  # fmt: skip
TEXTS = TableSchema(
    "texts", "正文", "报告的各个部分，照原文，一行还是一行。",
    (
        OFFICE, YEAR,
        Field("number", "序号", INTEGER, "在报告里的次序，从 1 起。", required=True),
        Field("section", "部分", required=True, choices=_SECTIONS),
        Field("heading", "标题", free=True),
        Field("line", "行号", INTEGER, "标题或第一行在原文的第几行。", required=True),
        Field("text", "文字", free=True),
    ),
    ("office", "year", "number"), (_TO_REPORT,),
)  # fmt: skip
MEASURE_TABLE = TableSchema(
    "measures", "指标", "每个指标的定义：由哪些格相加，除以什么，能不能相加。",
    (
        _MEASURE,
        Field("label", "名称", required=True),
        Field("english", "英文名称", required=True),
        Field("unit", "单位", required=True),
        Field("formula", "公式", description="相加的格，写作“表.行.列”，* 代表任意一段，“ + ”相连。", required=True),
        Field("divided_by", "分母公式", description="只用于比值。"),
        Field("forms", "有它的表式", description="不止一个时用空格隔开。", required=True),
        Field("summable", "能否相加", required=True, choices={each.value: words for each, words in SUMMABLE.items()}),
        Field("minimum_n", "最小分母", INTEGER, "分母小于它时，比值说明不了什么。"),
        Field("caveat", "注意"),
    ),
    ("measure",),
)  # fmt: skip
MEASURE_VALUES = TableSchema(
    "measure_values", "各报告的指标", "每份报告的每个指标。表式里没有的指标不列。",
    (OFFICE, YEAR, _MEASURE, *_TALLY, _STATUS),
    ("office", "year", "measure"), (_TO_REPORT, _TO_MEASURE),
)  # fmt: skip
REGIONS = TableSchema(
    "regions", "地区", "有机关收录的省、市、县。",
    (
        Field("region", "代码", description="六位行政区划代码。", required=True),
        Field("name", "名称", required=True, free=True),
        Field("parent", "上级地区代码", description="省级地区为空。"),
        Field("offices", "机关数", INTEGER, required=True),
        Field("url", "页面", description="本站网页，相对于网站根目录。", required=True),
    ),
    ("region",), (ForeignKey(("parent",), "regions", ("region",)),),
)  # fmt: skip
REGION_SUMS = TableSchema(
    "region_sums", "各地区合计",
    "每个地区、每个年度已收录报告的合计。县级以上政府的报告可能已经包含所属机关的数，本站无法区分，照加。",
    (
        Field("region", "地区代码", description=f"“{ALL}”是全部已收录机关。", required=True),
        YEAR, _MEASURE,
        Field("reports", "报告份数", INTEGER, "这个地区这个年度收录的报告。", required=True),
        *_TALLY, _STATUS,
    ),
    ("region", "year", "measure"), (_TO_MEASURE,),
)  # fmt: skip

WIDE: Final = {table: _wide(table) for table in TABLES}
SCHEMAS: Final = (
    OFFICES, REPORTS, SOURCES, FIGURES, *WIDE.values(), MEASURE_TABLE, MEASURE_VALUES, REGIONS, REGION_SUMS,
    FINDINGS, PROOFS, TEXTS,
)  # fmt: skip
"""All tables, in the order of the dictionary."""

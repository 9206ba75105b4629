"""What the words of the other documents mean: measures, rules, statuses, and the rows and columns of the form."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from disclosure.api.findings import RULE_FINDINGS, FindingIndex
from disclosure.api.kinds import Kind
from disclosure.api.offices import LINKS
from disclosure.api.shapes import array, field_of, like, mapping, nullable, record, title_of, whole, words
from disclosure.api.writer import Place, Writer
from disclosure.check import RULES
from disclosure.check.registry import PARTS, Rule
from disclosure.export.schema import FIGURES, FINDINGS, FORM, MEASURE_TABLE, WIDE, cell_field
from disclosure.figure_json import Json
from disclosure.form.template import FORMS, TABLE_NAMES, Form, Row, Table
from disclosure.measures import MEASURES, PARTITIONS, SERIES_BREAKS, Measure
from disclosure.model import Cell
from disclosure.render import urls
from disclosure.render.legend import KINDS, LEGEND, SEVERITIES

_PATTERN = words("格", "写作“表.行.列”，* 代表任意一段。")
_ID = words("指标编号")
_SAME: Final = ("measure", "label", "english", "unit", "summable", "minimum_n", "caveat")
_MEASURE: Final = record(
    "指标",
    {
        **{name: like(MEASURE_TABLE, name) for name in _SAME},
        "formula": array(_PATTERN, title_of(MEASURE_TABLE, "formula"), "各格之和。"),
        "divided_by": nullable(array(_PATTERN, title_of(MEASURE_TABLE, "divided_by"), "只用于比值。")),
        "forms": array(words("表式"), title_of(MEASURE_TABLE, "forms")),
    },
)
_BREAK = record("口径改变", {"year": whole("从哪个年度起"), "change": words("改变了什么")})
MEASURE_LIST: Final = Kind(
    "measures",
    "measures.json",
    "全部指标的定义：公式、分母、单位、能不能相加、注意事项",
    record(
        "指标",
        {
            "measures": array(_MEASURE, "指标"),
            "partitions": mapping(array(_ID, "各部分"), "整体与部分", "这些指标相加等于那个指标。"),
            "series_breaks": array(_BREAK, "口径改变"),
        },
    ),
)

_EXPLANATION = mapping(words("说明"), "说明", f"依次是{'、'.join(PARTS)}等各段。")
_RULE: Final = record(
    "规则",
    {
        **{name: like(FINDINGS, name) for name in ("rule", "severity", "kind")},
        "title": words("中文名称"),
        "explanation": _EXPLANATION,
        "finding_count": whole("发现的条数"),
        "links": LINKS,
    },
)
_SIGN: Final = {"sign": words("中文"), "meaning": words("含义")}
RULE_LIST: Final = Kind(
    "rules",
    "rules.json",
    "全部核对规则：查什么，为什么，各有几条发现",
    record(
        "规则",
        {
            "kinds": array(record("类别", {"kind": like(FINDINGS, "kind"), **_SIGN}), "类别"),
            "severities": array(
                record("程度", {"severity": like(FINDINGS, "severity"), "sign": _SIGN["sign"]}), "程度"
            ),
            "rules": array(_RULE, "规则"),
        },
    ),
)
STATUS_LIST: Final = Kind(
    "statuses",
    "statuses.json",
    "数字的各种状态是什么意思",
    record(
        "状态",
        {"statuses": array(record("状态", {"status": like(FIGURES, "status"), **_SIGN}), "状态", "从可靠到不可靠。")},
    ),
)

_COLUMN: Final = record("列", {"column": like(FIGURES, "column"), "label": words("表上的字"), "unit": words("单位")})
_ROW: Final = record(
    "行",
    {
        "row": like(FIGURES, "row"),
        "label": words("表上的字"),
        "name": words("简称"),
        "group": words("左边合并的格"),
        "columns": array(_COLUMN, "列"),
    },
)
_TABLE: Final = record("表", {"table": like(FIGURES, "table"), "name": words("表名"), "rows": array(_ROW, "行")})
_FORM: Final = record("表式", {"form": like(FIGURES, "form"), "notice": words("文号"), "tables": array(_TABLE, "表")})
FORM_LIST: Final = Kind(
    "forms",
    "forms.json",
    "统一格式的表、行和列：编号和表上的字",
    record("表式", {"forms": array(_FORM, FORM.title, "从新到旧。")}),
)


def write_vocabulary(writer: Writer, findings: FindingIndex) -> None:
    """The four documents."""
    place = writer.place(MEASURE_LIST)
    writer.write(place, _measures(), {"html": place.page(urls.DICTIONARY)})
    place = writer.place(RULE_LIST)
    writer.write(place, _rules(place, findings), {"html": place.page(urls.RULES)})
    place = writer.place(STATUS_LIST)
    statuses = [{"status": status.value, **word._asdict()} for status, word in LEGEND.items()]
    writer.write(place, {"statuses": statuses}, {"html": place.page(urls.TERMS)})
    place = writer.place(FORM_LIST)
    forms = [_form(form) for _, form in sorted(FORMS.items(), reverse=True)]
    writer.write(place, {"forms": forms}, {"html": place.page(urls.TERMS)})


def _measures() -> Json:
    return {
        "measures": [_measure(measure) for measure in MEASURES],
        "partitions": {whole_: list(parts) for whole_, parts in PARTITIONS.items()},
        "series_breaks": [{"year": year, "change": change} for year, change in sorted(SERIES_BREAKS.items())],
    }


def _measure(measure: Measure) -> Json:
    return {
        "measure": measure.id,
        "label": measure.label,
        "english": measure.english,
        "unit": measure.unit,
        "formula": list(measure.formula),
        "divided_by": list(measure.denominator) or None,
        "forms": list(measure.forms),
        "summable": measure.summable.value,
        "minimum_n": measure.minimum_n,
        "caveat": measure.caveat or None,
    }


def _rules(place: Place, findings: FindingIndex) -> Json:
    return {
        "kinds": [{"kind": kind.value, **word._asdict()} for kind, word in KINDS.items()],
        "severities": [{"severity": severity.value, "sign": sign} for severity, sign in SEVERITIES.items()],
        "rules": [_rule(place, rule, len(findings.by_rule.get(rule.name, ()))) for rule in RULES.values()],
    }


def _rule(place: Place, rule: Rule, count: int) -> Json:
    return {
        "rule": rule.name,
        "title": rule.title,
        "severity": rule.severity.value,
        "kind": rule.kind.value,
        "explanation": {part: "".join(text.splitlines()) for part, text in rule.parts.items()},
        "finding_count": count,
        "links": {
            "findings": place.document(RULE_FINDINGS, rule=rule.name),
            "html": place.page(urls.rule(rule.name)),
        },
    }


def _form(form: Form) -> Json:
    tables = [
        {"table": table.id, "name": TABLE_NAMES[table.id], "rows": list(_rows(table))} for table in form.tables.values()
    ]
    return {"form": form.id, "notice": form.notice, "tables": tables}


def _rows(table: Table) -> Iterator[Json]:
    for row in table.rows:
        columns = [_column(table, row, number) for number in range(len(row.columns))]
        yield {"row": row.id, "label": row.label, "name": row.short, "group": row.group, "columns": columns}


def _column(table: Table, row: Row, number: int) -> Json:
    column = row.columns[number]
    unit = field_of(WIDE[table.id], cell_field(Cell(table.id, row.id, column.id))).unit
    return {"column": column.id, "label": column.label, "unit": unit}

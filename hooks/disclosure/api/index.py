"""The way in: what there is, how much of it, and what may be relied on."""

from __future__ import annotations

from typing import Final

from disclosure.api import compare, findings, offices, regions, vocabulary, years
from disclosure.api.kinds import Kind
from disclosure.api.shapes import array, record, whole, words
from disclosure.api.writer import Writer
from disclosure.export.release import LICENCE, TITLE
from disclosure.figure_json import Json
from disclosure.render import urls
from disclosure.render.catalog import Catalog

_POLICY_ANCHOR: Final = "api"
"""Where the page about the data tells the same to those who read pages."""
POLICY: Final = (
    "/api/v1/ 之内，只增加文档和字段，不删除、不改名、不改变含义；读取时请忽略不认识的字段。"
    "不兼容的改动另开新的版本号，旧的版本继续保留。没有的数写作 null，绝不是 0。"
)

_COUNTS: Final = {
    "offices": whole("机关"),
    "reports": whole("报告"),
    "figures": whole("数字", "统一格式的每一格算一个，没有数的格也算。"),
    "findings": whole("核对发现"),
    "regions": whole("地区"),
}
INDEX: Final = Kind(
    "index",
    "index.json",
    "入口：有哪些文档，收录了多少，哪些不会改变",
    record(
        "入口",
        {
            "title": words("名称"),
            "licence": record("许可", {"spdx": words("SPDX 标识"), "url": words("网址"), "name": words("名称")}),
            "policy": words("不变的约定"),
            "counts": record("收录数量", _COUNTS),
            "years": array(whole("年度"), "有报告的年度", "从新到旧。"),
        },
    ),
)
OPENAPI: Final = Kind("openapi", "openapi.json", "本接口的 OpenAPI 3.1 描述")

_LISTS: Final = (
    offices.LIST, regions.LIST, years.LIST, vocabulary.MEASURE_LIST, vocabulary.FORM_LIST, vocabulary.STATUS_LIST,
    vocabulary.RULE_LIST, findings.INDEX, compare.COMPARE, OPENAPI,
)  # fmt: skip


def write_index(writer: Writer, catalog: Catalog) -> None:
    """The index, which leads to every list."""
    place = writer.place(INDEX)
    pages = {
        "html": place.page(urls.HOME),
        "data": place.page(urls.DATA),
        "policy": place.page(urls.DATA, _POLICY_ANCHOR),
    }
    writer.write(place, _data(catalog), pages | {kind.name: place.document(kind) for kind in _LISTS})


def _data(catalog: Catalog) -> Json:
    spdx, url, name = LICENCE
    return {
        "title": TITLE,
        "licence": {"spdx": spdx, "url": url, "name": name},
        "policy": POLICY,
        "counts": {
            "offices": len(catalog.offices),
            "reports": sum(len(reports) for reports in catalog.reports.values()),
            "figures": len(catalog.dataset.figures),
            "findings": len(catalog.findings),
            "regions": len(catalog.regions),
        },
        "years": catalog.years,
    }

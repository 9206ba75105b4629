"""Which state of the data this is, and how to cite it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from disclosure.errors import DisclosureError
from disclosure.settings import DATA_DATE

SCHEMA_CHANGES: Final = {
    "1.0.0": "首次公布：全部数据表，全部接口文档。",
    "1.1.0": "核对发现可以有答复（answer_reason、answer_by、answer_date）；更新记录列出答复的变化（answers）。",
}
"""The versions of tables, fields and API documents (semantic versioning), oldest first, and what each one added.

Decision 0013 says what may change without another major version.
"""
SCHEMA_VERSION: Final = list(SCHEMA_CHANGES)[-1]

DESCRIPTION: Final = "datapackage.json"
"""The file that describes a release, and makes a folder one."""
TITLE: Final = "阳光年报：政府信息公开工作年度报告数据"
LICENCE: Final = ("MIT", "https://opensource.org/license/mit", "MIT 许可证")
"""Name as SPDX has it, address and Chinese name of the licence of the data."""

_DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Release:
    """One state of the published data: ``digest`` is made of every figure, finding and text, so equal data are one.

    ``site_url`` is the address of the site with a slash at its end, empty where it is not known.
    """

    data_date: date
    digest: str
    site_url: str = ""

    @property
    def version(self) -> str:
        """The version of schema and data: ``1.0.0+20261128.3f9a2c1d``."""
        return f"{SCHEMA_VERSION}+{self.data_date:%Y%m%d}.{self.digest[:8]}"


def data_date(given: str | None, newest_year: int) -> date:
    """The date of the data: the one that is given, else the first day on which a report on ``newest_year`` can exist.

    Raises:
        DisclosureError: what is given is no date.
    """
    if not given:
        return date(newest_year + 1, 1, 1)
    try:
        if _DATE.fullmatch(given):
            return date.fromisoformat(given)
    except ValueError:
        pass
    raise DisclosureError(f"环境变量 {DATA_DATE} 应当是日期，如 2026-11-28，读到的是“{given[:40]}”。")


def gb_citation(release: Release) -> str:
    """How to cite the data after GB/T 7714—2015 (electronic resource: data set, online)."""
    where = f"{release.site_url}data/" if release.site_url else "本站 /data/"
    what = f"政府信息公开工作年度报告数据[DS/OL]. 版本 {release.version}"
    return f"阳光年报. {what}. ({release.data_date:%Y-%m-%d}). {where}."


def bibtex(release: Release) -> str:
    """The same as a BibTeX entry."""
    fields = {
        "author": "{阳光年报}",
        "title": "{政府信息公开工作年度报告数据}",
        "year": f"{release.data_date:%Y}",
        "version": release.version,
        **({"url": f"{release.site_url}data/"} if release.site_url else {}),
        "note": f"数据日期 {release.data_date:%Y-%m-%d}",
    }
    lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items())
    return f"@misc{{yangguang-nianbao-{release.digest[:8]},\n{lines}\n}}\n"

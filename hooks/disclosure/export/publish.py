"""Publish the data: every table in every format, what describes them, and the sums by which to check a download."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

from disclosure.export.files import Written, write_tables
from disclosure.export.frames import Frames
from disclosure.export.package import describe_package
from disclosure.export.release import DESCRIPTION, LICENCE, Release, bibtex, gb_citation
from disclosure.export.schema import SCHEMAS
from disclosure.export.summed import SummedFiles
from disclosure.model import Status
from disclosure.render.legend import LEGEND

WORKBOOK: Final = "yangguang-nianbao.xlsx"
SUMS: Final = "SHA256SUMS"
README: Final = "README.txt"
PARQUET_RULE: Final = "Parquet 里的数是双精度浮点数。位数太多、它装不下的数，在 Parquet 里空着，不四舍五入，请看 CSV。"
CITATIONS: Final = ("citation.txt", "citation.bib")


@dataclass(frozen=True, slots=True)
class Published:
    """What was published: the release, its tables, and the bytes and SHA-256 of every file by its path."""

    release: Release
    written: tuple[Written, ...]
    sums: Mapping[str, tuple[int, str]]

    def bytes_of(self, path: str) -> int:
        """The size of a file."""
        return self.sums[path][0]


class Tables(NamedTuple):
    """The tables that are written, and the state of the data that they are."""

    release: Release
    written: tuple[Written, ...]


def publish_tables(frames: Frames, files: SummedFiles, on: date, site_url: str, processes: int = 1) -> Tables:
    """Write the tables as the state of the day ``on``, and what describes them.

    Raises:
        OSError: a file cannot be written.
    """
    written = write_tables(frames, files, processes)
    sums = files.sums()
    release = Release(on, _digest(written, sums), site_url)
    package = describe_package(release, written, sums)
    texts = {
        DESCRIPTION: json.dumps(package, ensure_ascii=False, indent=1) + "\n",
        README: _readme(release),
        **dict(zip(CITATIONS, (f"{gb_citation(release)}\n", bibtex(release)), strict=True)),
    }
    for name, text in texts.items():
        files.append(name, text.encode())
    return Tables(release, tuple(written))


def write_sums(files: SummedFiles) -> None:
    """Write the sums of all files as ``sha256sum --check`` reads them."""
    lines = [f"{digest}  {path}\n" for path, (_, digest) in sorted(files.sums().items())]
    files.append(SUMS, "".join(lines).encode())


def _digest(written: Iterable[Written], sums: Mapping[str, tuple[int, str]]) -> str:
    """One sum over all tables: two releases with the same one hold the same data."""
    tables = "\n".join(sums[one.csv][1] for one in written)
    return hashlib.sha256(tables.encode()).hexdigest()


def _readme(release: Release) -> str:
    return "\n".join(_readme_lines(release)) + "\n"


def _readme_lines(release: Release) -> Iterable[str]:
    yield "阳光年报：政府信息公开工作年度报告数据"
    yield f"版本 {release.version}，数据日期 {release.data_date:%Y-%m-%d}"
    yield ""
    yield "空着的值是没有数，绝不是 0。每个数字的“status”说明它可靠到什么程度："
    yield from (f"  {status.value:<10} {LEGEND[status].sign}：{LEGEND[status].meaning}" for status in Status)
    yield ""
    yield "每张表有 CSV（UTF-8，带 BOM）和 Parquet 两种，内容相同。CSV 里的文字以 ' 开头的，去掉这一个字符就是原文："
    yield "加上它，是免得程序把文字当成公式、数、日期或空值。Parquet 和 Excel 里的文字是原样。"
    yield "CSV 里可能有小数的列，整数也写小数点（3.0），免得程序按开头几行猜成整数，把后面的小数四舍五入。"
    yield PARQUET_RULE
    yield ""
    yield from (f"  {schema.name:<16} {schema.title}：{schema.description}" for schema in SCHEMAS)
    yield ""
    yield f"校验下载的文件：sha256sum --check {SUMS}"
    yield f"许可：{LICENCE[2]}（{LICENCE[1]}）；报告原文由各机关公布，以原机关的为准。"
    yield f"引用：{gb_citation(release)}"

"""Look at one file: what was read from it, who reports on which year, and what it says of the place."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from disclosure.check import check_report
from disclosure.check.filing import years_named
from disclosure.filing.inputs import Input
from disclosure.form.bodies import kind_of_name
from disclosure.form.identity import identify
from disclosure.form.template import TABLE_NAMES
from disclosure.model import Finding, Identity, Report, Status
from disclosure.places.clues import Clue, folder_clues, text_clues
from disclosure.places.gazetteer import Gazetteer
from disclosure.places.locate import Printed
from disclosure.read import FORMAT_OF_SUFFIX, FORMATS, MAX_BYTES, fits, format_of
from disclosure.read.signature import content_format
from disclosure.reading import read_report
from disclosure.render.legend import LEGEND
from disclosure.render.text import columns, in_one_line

_YEAR_IN_NAME = re.compile(r"(?<!\d)20\d{2}(?!\d)")
_NOTHING_READ = frozenset(
    {
        "empty-file", "damaged-file", "no-text-layer", "unsupported-format", "file-too-large", "reading-stopped",
        "unreadable-file",
    }
)  # fmt: skip
"""Notes of reading that leave nothing to file."""
_MOST_FINDINGS = 5


@dataclass(frozen=True, slots=True)
class Examined:
    """What was found in one file. ``problem`` is a Chinese sentence where it cannot be filed, whatever its place.

    ``suffix`` is the one it should be filed with, which may not be its own. ``report`` has its identity and those
    lines that name a year, and no more. ``shown`` are the lines that a person decides by.
    """

    input: Input
    problem: str = ""
    sha256: str = ""
    suffix: str = ""
    report: Report | None = None
    printed: Printed | None = None
    name_year: int | None = None
    years: Counter[int] = field(default_factory=Counter)
    clues: tuple[Clue, ...] = ()
    shown: tuple[str, ...] = ()
    in_brief: str = ""

    @property
    def identity(self) -> Identity:
        """Who reports on which year, as the text says."""
        return Identity() if self.report is None else self.report.filling.identity


def examine(one: Input, gazetteer: Gazetteer) -> Examined:
    """Read one file and gather what it says. Never raises for what the file is."""
    if one.problem:
        return Examined(one, one.problem)
    try:
        with one.path.open("rb") as opened:
            content = opened.read(MAX_BYTES + 1)
    except OSError:
        return Examined(one, "打不开这个文件。请检查文件的权限，或者先关闭正在使用它的程序。")
    suffix = _suffix(one.path, content)
    report = read_report(f"{one.path.stem or one.path.name}{suffix}", content)
    refused = next((note.message for note in report.filling.notes if note.rule in _NOTHING_READ), "")
    if refused or not any(line.strip() for line in report.lines):
        return Examined(one, refused or "文件里没有读出文字。请重新下载报告原文。")
    identity, findings = report.filling.identity, check_report(report)
    printed = _printed(one, identity)
    name = printed.name if printed else None
    return Examined(
        input=one,
        sha256=report.sha256,
        suffix=suffix,
        report=_light(report),
        printed=printed,
        name_year=_only_year(one.path.stem),
        years=years_named(report.lines),
        clues=(*text_clues(gazetteer, report.lines, name), *folder_clues(gazetteer, one.folders)),
        shown=tuple(_summary(report, findings)),
        in_brief=_in_brief(report, findings),
    )


def _suffix(path: Path, content: bytes) -> str:
    """The suffix that says what the content is: the file's own where it does."""
    own = path.suffix.lower()
    claimed = FORMAT_OF_SUFFIX.get(own)
    # A name that claims nothing may be that of anything: only what is plain from the bytes counts.
    actual = content_format(content) if claimed is None else format_of(content, claimed)
    return own if actual not in FORMATS or fits(own, actual) else FORMATS[actual].suffixes[0]


def _light(report: Report) -> Report:
    """What the rules of filing look at, small enough to be sent between processes by the thousand."""
    return Report(
        file=report.file,
        sha256=report.sha256,
        lines=tuple(line for line in report.lines if "年" in line),
        filling=type(report.filling)(report.form, report.filling.identity, {}, (), (), ()),
    )


def _printed(one: Input, identity: Identity) -> Printed | None:
    """The name of the body: as the report prints it, else as its folder or file is called."""
    if identity.name and identity.found_in:
        return Printed(identity.name, identity.found_in)
    folder = next((name for name in reversed(one.folders) if kind_of_name(name)), None)
    if folder:
        return Printed(folder, "folder")
    by_file = identify([one.path.stem])
    return Printed(by_file.name, "file") if by_file.name else None


def _only_year(text: str) -> int | None:
    years = {int(year) for year in _YEAR_IN_NAME.findall(text)}
    return years.pop() if len(years) == 1 else None


def _in_brief(report: Report, findings: Sequence[Finding]) -> str:
    """The same in a few words: how many figures have which status, and how many findings there are."""
    counts = Counter(figure.status for figure in report.figures.values())
    figures = "、".join(f"{LEGEND[status].sign} {counts[status]}" for status in Status if counts[status])
    return f"读到：{figures or '没有表格'}；发现 {len(findings)} 项。"


def _summary(report: Report, findings: Sequence[Finding]) -> Iterator[str]:
    """A small table, how many figures of each table have which status, and the first findings."""
    if report.form is None:
        yield "没有读出表格，只有文字。"
    else:
        yield from _table(report)
    yield f"发现 {len(findings)} 项" + ("：" if findings else "。")
    yield from (f"  {_said(finding)}" for finding in findings[:_MOST_FINDINGS])
    if len(findings) > _MOST_FINDINGS:
        yield f"  其余 {len(findings) - _MOST_FINDINGS} 项，可用 scripts/read_report.py 查看。"


def _said(finding: Finding) -> str:
    place = "" if finding.line is None else f"第 {finding.line} 行："
    return in_one_line(f"{place}{finding.message}")


def _table(report: Report) -> Iterator[str]:
    counted: dict[str, Counter[Status]] = defaultdict(Counter)
    for figure in report.figures.values():
        counted[figure.cell.table][figure.status] += 1
    used = [status for status in Status if any(counts[status] for counts in counted.values())]
    head = [f"{report.form} 年格式", *(LEGEND[status].sign for status in used)]
    rows = [[TABLE_NAMES[table], *(str(counts[status]) for status in used)] for table, counts in counted.items()]
    widths = [max(columns(row[at]) for row in [head, *rows]) for at in range(len(head))]
    for row in [head, *rows]:
        first, *rest = (f"{' ' * (width - columns(text))}{text}" for text, width in zip(row, widths, strict=True))
        yield "  ".join([row[0] + first[: len(first) - len(row[0])], *rest])

"""The first sheet: what the workbook is, how to read a cell, and how to cite it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from xlsxwriter import Workbook
from xlsxwriter.format import Format

from disclosure.export.release import LICENCE, TITLE, Release, gb_citation
from disclosure.export.workbook_columns import fitted, lines_of
from disclosure.export.workbook_sheet import Sheet, height_of, print_setup
from disclosure.export.workbook_styles import FADED, RULE, Styles, gap_look, number_look, share_look
from disclosure.measures import MINIMUM_N, SERIES_BREAKS
from disclosure.model import GAPS, Status
from disclosure.render.legend import LEGEND

NAME: Final = "说明"
_WIDTHS: Final = (20, 76, 16)
_HEIGHTS: Final = {"title": 30, "section": 22}
_SAMPLE: Final = 12
_SAMPLE_SHARE: Final = 0.25


class _Line(NamedTuple):
    """A line of the sheet: a term, what is said of it, and a number or nothing in the look of ``sample``."""

    term: str
    words: str = ""
    number: float | None = None
    sample: Format | None = None
    style: str = "body"


def add_readme(book: Workbook, styles: Styles, release: Release, sheets: Sequence[Sheet]) -> None:
    """Write the sheet 说明, the first of the workbook."""
    target = book.add_worksheet(NAME)
    for at, width in enumerate(_WIDTHS):
        target.set_column(at, at, width)
    target.fit_to_pages(1, 0)
    print_setup(target, NAME)
    looks = _looks(styles)
    for row, line in enumerate(_lines(styles, release, sheets)):
        term, words, sample = looks[line.style]
        target.set_row(row, _HEIGHTS.get(line.style) or height_of(lines_of(line.words, _WIDTHS[1])))
        target.write_string(row, 0, line.term, term)
        target.write_string(row, 1, fitted(line.words), words)
        if line.number is None:
            target.write_blank(row, 2, None, line.sample or sample)
        else:
            target.write_number(row, 2, line.number, line.sample or sample)


def _looks(styles: Styles) -> dict[str, tuple[Format, Format, Format]]:
    """How the three columns look, by the kind of line."""
    wrapped = styles.format(text_wrap=True)
    title = styles.format(bold=True, font_size=16)
    section = styles.format(bold=True, bottom=1, bottom_color=RULE, font_size=12)
    return {
        "title": (title, title, title),
        "section": (section, section, section),
        "body": (styles.format(font_color=FADED, text_wrap=True), wrapped, styles.format(num_format="0")),
    }


def _lines(styles: Styles, release: Release, sheets: Sequence[Sheet]) -> Iterator[_Line]:
    spdx, address, licence = LICENCE
    yield _Line(TITLE, style="title")
    yield _Line("版本", release.version)
    yield _Line("数据日期", f"{release.data_date:%Y-%m-%d}")
    yield _Line("许可", f"{licence}（{spdx}），{address}")
    yield _Line("引用", gb_citation(release))
    for heading, lines in (
        ("怎样读一个数", _reading(styles)),
        ("使用时请注意", _advice()),
        ("工作表", (_Line(sheet.name, sheet.note, sheet.length) for sheet in sheets)),
    ):
        yield _Line("")
        yield _Line(heading, style="section")
        yield from lines


def _reading(styles: Styles) -> Iterator[_Line]:
    """Every status with a sample: a figure of that status, or a cell without a number."""
    yield _Line(
        "空格", "没有数的格是空的，绝不是 0。求和、平均时请不要把空格当作 0；空格有底纹，底纹说明为什么没有数。"
    )
    for status in Status:
        word = LEGEND[status]
        if status in GAPS:
            yield _Line(word.sign, word.meaning, sample=styles.format(**gap_look(status)))
        else:
            yield _Line(word.sign, word.meaning, _SAMPLE, styles.format(**number_look(status)))
    yield _Line("没有底纹的空格", "这一年的表式里没有这一格；如果是比值，就是分母为 0，或者分子大于分母。")
    small = styles.format(**share_look(Status.PRINTED, small=True))
    yield _Line(
        "灰色斜体", f"分母小于 {MINIMUM_N} 的比值：多一件、少一件就相差很多，说明不了什么。", _SAMPLE_SHARE, small
    )


def _advice() -> Iterator[_Line]:
    yield _Line("记号", "记号写在数字格式里，格里仍然是数，可以直接计算。每行最后一列用文字写明哪些格缺数或者存疑。")
    for year, change in sorted(SERIES_BREAKS.items()):
        yield _Line(f"{year} 年起", f"{change}前后各年不能直接比较。")
    yield _Line("没有数的合计", "由几格相加的指标，缺一格就没有数；已知部分之和写在最后一列，只是下限。")
    yield _Line("完整的数据", "逐格的数字、原文、证明和报告正文见 CSV 和 Parquet 文件，字段见“字典”。")

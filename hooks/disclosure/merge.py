"""merge: make one report of the files that tell it, ``2021.pdf`` beside ``2021.txt``.

Each file is read and proved by itself. The one that reads best is the main source; tables are put together by
``collate.py``. What the files disagree about, and a file that does not belong with the others, become notes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import PurePath

from disclosure.collate import CERTAIN, Collation, Difference, Witness, collate
from disclosure.form.template import FORMS, SECTIONS, form_of
from disclosure.model import Cell, Figure, Note, Report, Status, TableReading
from disclosure.read import FORMAT_OF_SUFFIX

DIFFER = "sources-differ"
"""The rule of notes on numbers that the files disagree about; their cells are those in doubt."""
APART = "sources-apart"
"""The rule of notes on a file that was left out."""
_BY_SUFFIX = {suffix: number for number, suffix in enumerate(FORMAT_OF_SUFFIX)}


def merge_sources(readings: Sequence[Report]) -> Report:
    """One report from one or more files for the same office and year, each read and proved by itself.

    Raises:
        ValueError: there is no file.
    """
    main, *others = sorted(readings, key=_rank)
    if not others:
        return main
    apart = tuple(note for one in others for note in _apart(main, one))
    left_out = {note.file for note in apart}
    joined = [main, *(one for one in others if one.form is not None and one.file not in left_out)]
    collations = _collations(str(main.form), joined) if len(joined) > 1 else {}
    figures = {figure.cell: figure for one in collations.values() for figure in one.figures} or main.figures
    tables = {**main.filling.tables, **{table: one.reading for table, one in collations.items()}}
    differences = tuple(one for collation in collations.values() for one in collation.differences)
    notes = (*_same_text([main, *others]), *apart, *_differences(main, figures, differences))
    filling = replace(main.filling, tables=tables, notes=(*main.filling.notes, *notes))
    return replace(main, filling=filling, figures=figures, readings=(main, *others))


def _rank(report: Report) -> tuple[bool, int, int, int, int, int, int, str]:
    """What reads best comes first: see ``docs/contributing/decisions/0008-two-sources.md``."""
    statuses = [figure.status for figure in report.figures.values()]
    sections = {section.id for section in report.filling.sections if section.lines}
    path = PurePath(report.file)
    return (
        _is_of_another_year(report),
        -sum(status in CERTAIN for status in statuses),
        statuses.count(Status.CONFLICT),
        -statuses.count(Status.PRINTED),
        -len(sections & SECTIONS.keys()),
        _BY_SUFFIX.get(path.suffix.lower(), len(_BY_SUFFIX)),
        len(path.stem),
        report.file,
    )


def _is_of_another_year(report: Report) -> bool:
    """Whether a report names another year than it is filed under, or uses the form of another one."""
    if report.year is None:
        return False
    return report.filling.identity.year not in {None, report.year} or report.form not in {None, form_of(report.year)}


def _format(report: Report) -> str:
    return FORMAT_OF_SUFFIX.get(PurePath(report.file).suffix.lower(), "")


def _name(file: str) -> str:
    """Sources of one report lie in one folder: their names tell them apart."""
    return PurePath(file).name


def _collations(form: str, readings: Sequence[Report]) -> dict[str, Collation]:
    """Every table of the form from all files, the main one first."""
    found: dict[str, Collation] = {}
    for table in FORMS[form].tables:
        witnesses = [
            Witness(
                one.file,
                one.filling.tables.get(table) or TableReading(table, (), found=False),
                {cell: figure for cell, figure in one.figures.items() if cell.table == table},
            )
            for one in readings
        ]
        found[table] = collate(form, table, witnesses)
    return found


def _apart(main: Report, other: Report) -> Iterator[Note]:
    """Why the tables of a file cannot belong with those of the main one."""
    name = _name(main.file)
    if other.form is not None and other.form != main.form:
        message = f"用的是 {other.form} 年版表格，{name} 用的是 {main.form} 年版。两份来源没有合并，本站采用 {name}。"
        yield Note(APART, None, message, file=other.file)
        return
    own, others = main.filling.identity, other.filling.identity
    if own.year is not None and others.year is not None and own.year != others.year:
        message = f"写的是 {others.year} 年，{name} 写的是 {own.year} 年。两份来源没有合并，本站采用 {name}。"
        yield Note(APART, others.year_line, message, file=other.file)


def _same_text(readings: Sequence[Report]) -> Iterator[Note]:
    """Files of one format with the same text, line by line: the first of them is enough."""
    first: dict[tuple[str, ...], str] = {}
    for one in readings:
        lines = tuple(line.strip() for line in one.lines if line.strip())
        kept = first.setdefault((_format(one), *lines), one.file) if lines else one.file
        if kept != one.file:
            message = f"与 {_name(kept)} 的文字完全相同，不是另一份来源。请删去 {_name(one.file)}。"
            yield Note("duplicate-report", None, message, file=one.file)


def _differences(main: Report, figures: Mapping[Cell, Figure], differences: Sequence[Difference]) -> Iterator[Note]:
    """One note for each row in which the files do not agree. What was refused and proved all the same is none."""
    left = (one for one in differences if not one.refused or any(figures[cell].value is None for cell in one.cells))
    for (table, row), same in groupby(left, key=lambda one: one.cells[0][:2]):
        listed = list(same)
        told = "；".join(_told(main, figures, one) for one in listed)
        label = FORMS[str(main.form)].tables[table].by_id[row].short
        file, line, _ = listed[0].variants[0]
        cells = tuple(dict.fromkeys(cell for one in listed for cell in one.cells))
        yield Note(DIFFER, line, f"“{label}”一行：{told}。", cells, None if file == main.file else file)


def _told(main: Report, figures: Mapping[Cell, Figure], difference: Difference) -> str:
    """What each file prints, and what is published."""
    prints = [f"{_name(file)} 第 {line} 行印作 {printed}" for file, line, printed in difference.variants]
    shown = [figures[cell] for cell in difference.cells]
    if len(shown) > 1:
        withheld = any(figure.value is None for figure in shown)
        outcome = "不能确定的数暂不公布" if withheld else f"采用 {_name(shown[0].source or main.file)} 的数"
        return f"{'，'.join(prints)}，对不上，{outcome}"
    table, row, column = difference.cells[0]
    columns = FORMS[str(main.form)].tables[table].by_id[row].columns
    label = next(one.label for one in columns if one.id == column)
    if difference.refused:
        return f"“{label}”只有 {prints[0]}，与其余的数合不上，没有采用"
    return f"“{label}”，{'，'.join(prints)}，{_outcome(main, shown[0])}"


def _outcome(main: Report, figure: Figure) -> str:
    """What is published of a cell in which the files print different numbers."""
    if figure.value is None:
        return "不能确定，暂不公布"
    file = _name(figure.source or main.file)
    why = {
        Status.PRINTED: f"只有 {file} 的数满足表内的加总关系",
        Status.CONFLICT: "哪个数都不满足表内的加总关系",
    }
    reason = why.get(figure.status, "表内的加总关系只容许一个数")
    return f"{reason}，采用 {file} 的 {figure.raw}"

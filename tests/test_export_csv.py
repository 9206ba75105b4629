"""CSV: exact numbers, text that no program takes for something else, and RFC 4180."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

import pandas as pd
import pytest
from disclosure.export.coded import code
from disclosure.export.csv_text import BOM, Lines, guard, header, unguard
from disclosure.export.fields import Field, FieldType, TableSchema
from hypothesis import given
from hypothesis import strategies as st

SCHEMA = TableSchema(
    "sample",
    "样例",
    "",
    (
        Field("id", "id"),
        Field("value", "value", type=FieldType.NUMBER),
        Field("line", "line", type=FieldType.INTEGER),
        Field("known", "known", type=FieldType.BOOLEAN),
        Field("raw", "raw", free=True),
    ),
    ("id",),
)


def frame(*rows: tuple[object, ...]) -> pd.DataFrame:
    made = pd.DataFrame(list(rows), columns=list(SCHEMA.columns), dtype=object)
    return made.astype({"line": "Int64"})


def lines(*rows: tuple[object, ...]) -> Lines:
    table = frame(*rows)
    return Lines(SCHEMA, [code(field, table[field.name]) for field in SCHEMA.fields])


def written(*rows: tuple[object, ...]) -> str:
    return bytes(lines(*rows).between(0, len(rows))).decode()


def read_back(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


@pytest.mark.parametrize(
    "text",
    [
        "=1+1", '=HYPERLINK("http://x")', "+cmd|' /C calc'!A0", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "\n=1",
        "＝1", "＋A1", "－A1", "＠A1",
    ],
)  # fmt: skip
def test_what_a_spreadsheet_would_run_is_guarded(text: str) -> None:
    assert guard(text) == f"'{text}"


@pytest.mark.parametrize(
    "text",
    [
        "0", "007", "1,234", "1.50", "-5", "+5", ".5", "5%", "１２", "3-1", "1/2", "2021.10", "2021-10-01", "10:30",
        "2021年3月1日", "1e5", "3E2", "NA", "N/A", "null", "None", "nan", "#N/A", "true", "FALSE", "inf",
    ],
)  # fmt: skip
def test_what_a_program_would_take_for_a_number_a_date_or_nothing_is_guarded(text: str) -> None:
    assert guard(text) == f"'{text}"


@pytest.mark.parametrize(
    "text", ["尚店镇人民政府", "/", "-", "—", "无", "一、总体情况", "第1行", "a=b", "万元", "😀", "𠮷"]
)
def test_plain_words_and_marks_stay_as_they_are(text: str) -> None:
    assert guard(text) == text


@given(st.text())
def test_the_text_comes_back_when_its_guard_is_taken_away(text: str) -> None:
    guarded = guard(text)
    assert (unguard(guarded) if guarded.startswith("'") else guarded) == text


def test_a_file_begins_with_the_mark_of_utf_8_and_its_names() -> None:
    assert header(SCHEMA) == f"{BOM}id,value,line,known,raw\r\n"


@pytest.mark.parametrize(
    ("value", "digits"),
    [
        (0, "0.0"), (3, "3.0"), (-2, "-2.0"), (Decimal("1.50"), "1.5"), (Decimal("0.0001"), "0.0001"),
        (Decimal("1E+3"), "1000.0"), (1234567890123456789, "1234567890123456789.0"), (0.333333, "0.333333"),
        (1e-06, "0.000001"), (Decimal("123456789012.123456"), "123456789012.123456"), (10**35 + 1, f"{10**35 + 1}.0"),
        (None, ""),
    ],
)  # fmt: skip
def test_a_number_has_all_its_digits_a_point_and_no_exponent(value: object, digits: str) -> None:
    assert read_back(written(("a", value, 1, True, None)))[0][1] == digits


def test_nothing_is_empty_and_never_0_or_a_word() -> None:
    assert written((None, None, None, None, None)) == ",,,,\r\n"


def test_a_column_without_any_value_is_written() -> None:
    assert written(("a", None, 1, None, None), ("b", None, 2, None, None)) == "a,,1,,\r\nb,,2,,\r\n"


def test_commas_quotes_and_line_breaks_stand_in_quotes() -> None:
    text = '甲，"乙",丙\n丁'
    assert written(("a", 1, 7, False, text)) == 'a,1.0,7,false,"甲，""乙"",丙\n丁"\r\n'


def test_blanks_at_either_end_are_kept() -> None:
    assert read_back(written(("a", 1, 1, True, " 甲 ")))[0][4] == " 甲 "


def test_control_characters_are_made_visible() -> None:
    assert read_back(written(("a", 1, 1, True, "甲\x00乙\x1b")))[0][4] == "甲␀乙␛"


def test_a_value_is_written_the_same_whatever_stands_beside_it() -> None:
    """Equal numbers of two types are one value to a hash table."""
    alone = written(("a", Decimal("1.50"), 1, True, None))
    beside = written(("b", Decimal("1.5"), 1, True, None), ("a", Decimal("1.50"), 1, True, None))
    assert beside.endswith(alone)


def test_pieces_are_cut_where_they_are_asked_for() -> None:
    whole = lines(("甲", 1, 1, True, None), ("b", 2, 2, True, None), ("c", 3, 3, True, None))
    assert bytes(whole.between(0, 1)).decode() == "甲,1.0,1,true,\r\n"
    assert bytes(whole.between(1, 3)) == b"b,2.0,2,true,\r\nc,3.0,3,true,\r\n"
    assert bytes(whole.between(2, 2)) == b""


def test_many_rows_with_few_different_values_are_written_as_each_alone() -> None:
    """Columns with few different pairs of values are written together."""
    rows = [(f"甲{at % 2}", at % 3 or None, at % 5, at % 7 == 0, "，,"[at % 2]) for at in range(2000)]
    assert written(*rows) == "".join(written(row) for row in rows)


@given(
    st.lists(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("Cc", "Cf", "Cs", "Cn", "Zl", "Zp"))))
)
def test_any_text_comes_back_through_a_reader_of_csv(texts: list[str]) -> None:
    rows = read_back(written(*(("a", 1, 1, True, text or None) for text in texts))) if texts else []
    assert [row[4].removeprefix("'") if row[4].startswith("'") else row[4] for row in rows] == texts

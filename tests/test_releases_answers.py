"""Answers to findings between two releases: what is told of them, and that older releases have none."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from disclosure.figure_json import ANSWER_FIELDS
from disclosure.releases.changes import AnswerChange, AnswerState, Changes
from disclosure.releases.compare import compare
from disclosure.releases.document import changes_document, read_changes
from disclosure.releases.load import load_release
from disclosure.releases.words import as_lines
from made_releases import LATER, SHANGDIAN, VERSION, Made, later, made, write_csv, write_parquet

NAME, MESSAGE = "舞钢市尚店镇人民政府", "各列之和为 4，总计写作 3。"
ANSWER = AnswerState("机关来函说明，总计为笔误。", "舞钢市政务公开办", "2026-01-15")


def answered(release: Made, reason: str | None = ANSWER.reason) -> Made:
    values = (reason, ANSWER.by, ANSWER.date) if reason else (None, None, None)
    release.tables["findings"][0].update(zip(ANSWER_FIELDS, values, strict=True))
    return release


def change(old: AnswerState | None, new: AnswerState | None) -> AnswerChange:
    return AnswerChange(SHANGDIAN, 2021, NAME, "row-total-mismatch", MESSAGE, old, new)


@pytest.fixture(name="changed", params=[write_parquet, write_csv])
def _changed(tmp_path: Path, request: pytest.FixtureRequest) -> Callable[..., Changes]:
    """Compares two made releases, in either kind of files."""
    write: Callable[[Made, Path], Path] = request.param

    def changed(new: Made, old: Made) -> Changes:
        return compare(load_release(write(old, tmp_path / "old")), load_release(write(new, tmp_path / "new")))

    return changed


OTHER = AnswerState("机关已经更正。", ANSWER.by, ANSWER.date)


@pytest.mark.parametrize(
    ("before", "after", "count", "sentence"),
    [
        (None, ANSWER, "answers_added", f"新增答复（横向合计不符）：{MESSAGE}答复：“{ANSWER.reason}”"),
        (ANSWER, None, "answers_removed", f"撤下答复（横向合计不符）：{MESSAGE}答复：“{ANSWER.reason}”"),
        (
            ANSWER,
            OTHER,
            "answers_changed",
            (
                f"改动答复（横向合计不符）：{MESSAGE}答复："
                f"“{ANSWER.reason}”（{ANSWER.by}，{ANSWER.date}） → “{OTHER.reason}”"
            ),
        ),
    ],
)
def test_an_answer_comes_goes_or_says_something_else_and_nothing_but_it_changes(
    changed: Callable[..., Changes],
    before: AnswerState | None,
    after: AnswerState | None,
    count: str,
    sentence: str,
) -> None:
    old = answered(made(), before and before.reason)
    found = changed(answered(later(), after and after.reason), old)
    assert found == Changes(answers=(change(before, after),))
    assert {name: number for name, number in found.counts().items() if number} == {count: 1}
    assert list(as_lines(found))[2:] == [
        "对核对发现的答复：",
        f"  {NAME} 2021 年报告，{sentence}（{ANSWER.by}，{ANSWER.date}）",
    ]


def test_the_same_answer_is_no_change(changed: Callable[..., Changes]) -> None:
    assert changed(answered(later()), answered(made())).empty


def test_a_finding_that_went_is_told_without_its_answer(changed: Callable[..., Changes]) -> None:
    new = later()
    new.tables["findings"].clear()
    found = changed(new, answered(made()))
    assert (len(found.findings), found.answers) == (1, ())


def test_of_equal_findings_one_may_be_answered(changed: Callable[..., Changes]) -> None:
    old, new = made(), later()
    for release in (old, new):
        release.add_finding(SHANGDIAN, 2021, MESSAGE)
    assert changed(answered(new), old) == Changes(answers=(change(None, ANSWER),))


def test_changes_of_answers_survive_their_document(changed: Callable[..., Changes]) -> None:
    found = changed(answered(later(), OTHER.reason), answered(made()))
    assert read_changes(changes_document(found, LATER, "2026-02-01", VERSION)) == found


def test_documents_of_older_releases_have_no_answers() -> None:
    document = changes_document(Changes(), LATER, "2026-02-01", VERSION).replace(b', "answers": []', b"")
    assert b'"answers"' not in document
    assert read_changes(document) == Changes()


def test_an_older_release_without_the_columns_can_be_compared_with(tmp_path: Path) -> None:
    parquet, csv = write_parquet(made(), tmp_path / "p"), write_csv(made(), tmp_path / "c")
    table = pq.read_table(parquet / "findings.parquet").drop_columns(list(ANSWER_FIELDS))
    pq.write_table(table, parquet / "findings.parquet")
    path = csv / "findings.csv"
    lines = [line.rsplit(",", 3)[0] for line in path.read_text(encoding="utf-8-sig").splitlines()]
    path.write_text("\ufeff" + "\r\n".join(lines) + "\r\n", encoding="utf-8")
    assert "answer" not in path.read_text(encoding="utf-8")
    new = load_release(write_parquet(answered(later()), tmp_path / "new"))
    for old in (parquet, csv):
        assert compare(load_release(old), new) == Changes(answers=(change(None, ANSWER),))

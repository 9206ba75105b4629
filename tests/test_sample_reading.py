"""What the reader makes of invented reports: names, years and every figure, as the truth beside them says."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
import sample_reports
from damage_judge import judge
from damage_lab import total
from disclosure.form.bodies import same_body
from disclosure.form.identity import identify
from disclosure.model import Cell, Status
from disclosure.pipeline import build_portal
from disclosure.reading import read_report
from disclosure.sample.chance import chance
from disclosure.sample.drafts import drafts
from disclosure.sample.places import places
from disclosure.sample.prose import printed_name, written
from disclosure.sample.slips import Slip
from disclosure.sample.store import TRUTH, Order, SampleError, figures_in, read_truth, write_sample
from layouts import STYLES, Style
from layouts_formats import FORMATS
from layouts_grid import Printed
from sample_reports import blocks, publish, trial_of
from sample_score import DUE, jobs, judged, score

ORDINARY = {"fee-silent", "missing-section", "unknown-row", "label-misprint", "title-missing"}
"""What is found in undamaged reports of some layouts, and where nobody mentions a fee."""
WHOLE = [style for style in (*STYLES.values(), *FORMATS.values()) if not style.lossy]


@pytest.mark.parametrize("style", WHOLE, ids=lambda style: style.name)
def test_an_undamaged_report_is_read_as_the_truth_says(style: Style, monkeypatch: pytest.MonkeyPatch) -> None:
    """In every layout and format that shows every figure; offices of every size, both forms."""
    monkeypatch.setattr(sample_reports, "_draw_style", lambda _rng, _layouts: style)
    order = Order(1, 3, 11, damage=0.0)
    for number in (4, 40_000) if style.suffix != ".pdf" else (4,):
        for draft in list(drafts(order.seed, places()[number], order.years, 0.0))[1:]:
            report = read_report(f"{draft.year}{style.suffix}", trial_of(draft, order).content)
            assert report.form == draft.form
            assert {cell: figure.value for cell, figure in report.figures.items()} == draft.figures
            identity = report.filling.identity
            assert identity.name is None or same_body(identity.name, draft.place.name, draft.place.regions)
            assert (identity.name is not None) is (style.name != "no_title")


def test_names_long_and_short_are_read_from_every_wording_of_the_title() -> None:
    figures = next(drafts(1, places()[0], 1, 0.0)).figures
    printed = Counter[str]()
    for place in places()[::90]:
        title, _, _ = written(chance(place.id), place, 2021, figures)
        identity = identify(title.split("\n"))
        assert identity.name is not None, title
        assert same_body(identity.name, place.name, place.regions), title
        assert (identity.year, identity.found_in) == (2021, "title"), title
        printed["long" if len(identity.name) > len(place.name) else "as it is"] += 1
        printed["short"] += place.name not in identity.name
        printed["with its province"] += place.regions[0] in identity.name
    assert min(printed.values()) > 40


def test_every_printed_name_says_that_it_is_invented() -> None:
    assert all("虚构" in printed_name(chance(place.id), place) for place in places()[::50])


def test_an_undamaged_sample_contradicts_itself_nowhere(tmp_path: Path) -> None:
    """Neither within a report, text and tables, nor from year to year, nor between offices."""
    write_sample(tmp_path / "out", Order(16, 3, 2, "text", damage=0.0, errors=0.0, provinces=("四川省",)), publish)
    portal = build_portal(tmp_path / "out")
    assert len(portal.reports) == 48
    lossy = {name for name, style in STYLES.items() if style.lossy}
    layouts = {record["path"]: record["layout"] for record in read_truth(tmp_path / "out")}
    told = {finding.rule for finding in portal.findings if layouts.get(finding.file) not in lossy}
    assert told <= ORDINARY


def test_an_office_that_erred_is_published_as_it_printed_and_found_out(tmp_path: Path) -> None:
    write_sample(tmp_path / "out", Order(5, 2, 4, "text", damage=0.0, errors=1.0), publish)
    portal = build_portal(tmp_path / "out")
    lossy = {name for name, style in STYLES.items() if style.lossy}
    seen = 0
    for report, record in zip(portal.reports, read_truth(tmp_path / "out"), strict=True):
        if record["layout"] not in lossy:
            seen += 1
            assert {cell: figure.value for cell, figure in report.figures.items()} == figures_in(record)
            wrong = [cell for cell, figure in report.figures.items() if figure.status is Status.CONFLICT]
            assert record["erred"]["figure"] in {".".join(cell) for cell in wrong}
            assert {f"{one.split()[0]}-mismatch" for one in record["erred"]["violates"]} <= {
                finding.rule for finding in portal.findings if finding.file == report.file
            }
    assert seen >= 7


def test_damaged_reports_are_filed_where_they_belong_and_nothing_of_them_is_silently_wrong(tmp_path: Path) -> None:
    """What garbles a name would be misfiled, and no sample with such a report could be built."""
    out = tmp_path / "out"
    write_sample(out, Order(16, 3, 6, damage=1.0, errors=0.3), publish)
    build_portal(out)
    outcome = total(one for job in jobs(out) for one in score(job).values())
    assert outcome.faults == []
    assert (outcome.verdicts["reports"], outcome.verdicts["silent"]) == (48, 0)
    assert outcome.share("right") > 0.8


def test_an_error_that_damage_took_away_is_counted_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """All that is left is right: the sums give what the office should have printed, and nobody can know better."""
    monkeypatch.setattr(sample_reports, "_draw_style", lambda _rng, _layouts: STYLES["tabs"])
    order = Order(1, 1, 1, damage=0.0)
    draft = next(drafts(1, places()[0], 1, 0.0))
    cell = Cell("requests", "granted", "total")
    due = draft.figures[cell]
    erred = replace(draft, figures={**draft.figures, cell: due + 1}, slip=Slip(cell, due, due + 1, ()))
    trial = trial_of(erred, order)
    for row in trial.grids["requests"]:
        row[:] = ["" if isinstance(one, Printed) and one.origin == cell else one for one in row]
    lost = replace(trial, content=STYLES["tabs"].publish(list(blocks(erred, trial.grids, headings=True))))
    assert judge(lost).verdicts["silent"] == 1
    outcome = judged(erred, lost)
    assert (outcome.verdicts["silent"], outcome.verdicts[DUE], outcome.faults) == (0, 1, [])


def test_a_file_or_a_truth_that_was_changed_is_noticed(tmp_path: Path) -> None:
    out = tmp_path / "out"
    write_sample(out, Order(1, 2, 1, "text"), publish)
    first, second = (record["path"] for record in read_truth(out))
    (out / first).write_bytes((out / first).read_bytes() + b".")
    lines = (out / TRUTH).read_text(encoding="utf-8").splitlines()
    changed = lines[1].replace('"carried_out":[', '"carried_out":[9')
    (out / TRUTH).write_text(f"{lines[0]}\n{changed}\n", encoding="utf-8")
    (job,) = jobs(out)
    assert total(score(job).values()).faults == [
        f"{first}: the file is not the one that was made",
        f"{second}: the truth is not the one that was written",
    ]


def test_what_is_no_sample_is_not_checked(tmp_path: Path) -> None:
    with pytest.raises(SampleError, match="生成的虚构样本"):
        list(jobs(tmp_path))

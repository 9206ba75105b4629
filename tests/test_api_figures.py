"""Figures in the API: every one as the model has it, and no number where there is none."""

from __future__ import annotations

import re
from collections import Counter
from copy import deepcopy
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import orjson
import pytest
from api_site import PROOF, Documents, documents, documents_of, reports, whole_portal, write
from builders import make_office, make_report
from disclosure.api import encode
from disclosure.figure_json import figure_json
from disclosure.measures import MEASURES, PARTITIONS
from disclosure.model import Cell, Figure, Office, Report, Section, Status
from disclosure.pipeline import build_portal
from disclosure.readout import Readout
from disclosure.workshop import ROOT
from layouts import figures as invented
from layouts import report as laid_out
from layouts import tabs
from pages import portal, with_figures

REPORT = "offices/410481100/2022.json"
OFFICE = "offices/410481100.json"
RECEIVED = Cell("requests", "received", "total")


@pytest.fixture(scope="module", name="site")
def written_site(tmp_path_factory: pytest.TempPathFactory) -> Documents:
    return documents(tmp_path_factory.mktemp("api"), whole_portal())


def one_report(folder: Path, report: Report, office: Office | None = None) -> Documents:
    return documents_of(folder, [office or make_office()], [report])


def differences(site: Documents, published: list[Report]) -> list[tuple[str, Cell]]:
    """The cells of which a document tells something else than the model, and those that only one of them has."""
    wrong = []
    for report in published:
        path = f"offices/{report.office}/{report.year}.json"
        told = {
            Cell(table, row, column): figure
            for table, rows in site[path]["data"]["tables"].items()
            for row, columns in rows.items()
            for column, figure in columns.items()
        }
        wrong += [(path, cell) for cell in told.keys() ^ report.figures.keys()]
        wrong += [(path, cell) for cell, figure in told.items() if _told(figure) != _known(report.figures[cell])]
    return wrong


def _told(figure: dict[str, object]) -> tuple[object, ...]:
    names = ("value", "status", "raw", "line", "file", "range", "suggestion")
    return (type(figure["value"]), *(figure.get(name) for name in names), figure.get("remark", ""))


def _known(one: Figure) -> tuple[object, ...]:
    bounds = None if one.bounds is None else list(one.bounds)
    told = (one.value, one.status.value, one.raw, one.line, one.source, bounds, one.suggestion, one.remark)
    return (type(one.value), *told)


def test_every_figure_of_every_report_is_that_of_the_model(site: Documents) -> None:
    assert differences(site, reports()) == []
    statuses = {figure.status for report in reports() for figure in report.figures.values()}
    assert statuses == set(Status)


def test_every_figure_of_the_collection_is_that_of_the_model(tmp_path: Path) -> None:
    published = build_portal(ROOT)
    assert differences(documents(tmp_path, published), list(published.reports)) == []
    assert len(published.reports) >= 4


def test_a_figure_that_differs_is_noticed(site: Documents) -> None:
    spoiled = deepcopy(site)
    spoiled[REPORT]["data"]["tables"]["requests"]["carried_out"]["total"]["value"] = 0
    assert differences(spoiled, reports()) == [(REPORT, Cell("requests", "carried_out", "total"))]


def test_a_gap_is_null_and_not_0(site: Documents) -> None:
    figures = site[REPORT]["data"]["tables"]["requests"]
    assert figures["carried_out"]["total"] == {"value": None, "status": "blank", "raw": None, "line": 37}
    assert figures["carried_in"]["total"]["value"] is None
    assert figures["refused_third_party"]["total"] == {"value": None, "status": "absent", "raw": None, "line": None}
    measures = site[OFFICE]["data"]["reports"][2]["measures"]
    assert measures["carried_out"] == {
        "value": None, "status": "blank", "at_least": None, "known": 0, "of": 1, "conflicts": 0,
    }  # fmt: skip
    assert measures["refused"]["value"] is None
    assert (measures["refused"]["at_least"], measures["refused"]["known"], measures["refused"]["of"]) == (0, 7, 8)


def test_what_only_some_figures_have_stands_with_them_alone(site: Documents) -> None:
    tables = site[REPORT]["data"]["tables"]
    assert tables["requests"]["carried_in"]["total"]["range"] == [2, None]
    assert tables["requests"]["received"]["total"]["suggestion"] == 9
    assert tables["proactive"]["penalties"]["decisions"] == {
        "value": 3, "status": "printed", "raw": "3件", "line": 8, "file": "b.pdf", "remark": "件",
    }  # fmt: skip
    assert list(tables["requests"]["granted"]["total"]) == ["value", "status", "raw", "line"]


def test_figures_with_the_same_proof_share_it_and_it_leads_to_the_page(site: Documents) -> None:
    name = "410481100-2022-requests-partly_granted-1"
    row = site[REPORT]["data"]["tables"]["requests"]["partly_granted"]
    assert (row["total"]["proof"], row["business"]["proof"], row["research"].get("proof")) == (name, name, None)
    assert site[REPORT]["data"]["proofs"] == {
        name: {
            "steps": [step.sentence for step in PROOF.steps],
            "distrusted": 3,
            "url": "../../../../offices/410481100/#y2022-proof-requests-partly-granted-1",
        }
    }


def test_a_decimal_keeps_its_places_and_a_huge_number_its_digits(tmp_path: Path) -> None:
    fee = Figure(Cell("proactive", "fees", "amount_wan"), Decimal("0.0000001"), Status.PRINTED, "0.0000001", line=9)
    huge = Figure(RECEIVED, 10**30, Status.PRINTED, "1" + "0" * 30, line=9)
    written = portal([make_office()], [with_figures(make_report(), fee, huge)])
    write(tmp_path, written)
    text = (tmp_path / REPORT).read_text(encoding="utf-8")
    assert '"amount_wan":{"value":0.0000001,' in text
    assert f'"total":{{"value":{10**30},' in text


def test_no_number_is_written_with_an_exponent_or_is_none(tmp_path: Path) -> None:
    rows = {"granted": {"total": 1}, "handled": {"total": 999_999}}
    written = write(tmp_path, portal([make_office()], [make_report(requests=rows)]))
    text = "".join((tmp_path / path).read_text(encoding="utf-8") for path in written)
    assert '"granted_share":{"value":0.000001,' in text
    assert re.findall(r"[:,\[]-?[\d.]+[eE]|NaN|Infinity", text) == []


def test_a_broken_character_is_replaced_and_nothing_else_is(tmp_path: Path) -> None:
    report = with_figures(make_report(), Figure(RECEIVED, 1, Status.PRINTED, '1\x02"', line=9))
    broken = replace(report.filling, sections=(Section("overview", "", 2, ((3, "一\udc80二\u202e\t三"),)),))
    data = one_report(tmp_path, replace(report, filling=broken))[REPORT]["data"]
    assert data["texts"][0]["text"] == "一\ufffd二\u202e\t三"
    assert data["tables"]["requests"]["received"]["total"]["raw"] == '1\x02"'


def test_what_is_no_json_is_refused() -> None:
    with pytest.raises(TypeError):
        encode.encode({"x": object()})
    assert encode.encode([Decimal("1E+3"), 2**64, -(2**63)]) == b"[1000,18446744073709551616,-9223372036854775808]"
    assert orjson.loads(encode.encode([None, "\ud800"])) == [None, "\ufffd"]


def test_shares_of_a_whole_add_up_to_1(site: Documents) -> None:
    measures = site["offices/410423004.json"]["data"]["reports"][0]["measures"]
    assert {measures[f"{part}_share"]["value"] for part in PARTITIONS["handled"]} == {None}
    assert {measures[f"{part}_share"]["denominator"] for part in PARTITIONS["handled"]} == {0}


def test_shares_carry_what_they_divide_and_say_when_that_is_little(tmp_path: Path) -> None:
    rows = {"granted": {"total": 20}, "unavailable_unclear": {"total": 9}, "refused_state_secret": {"total": 1}}
    report = make_report(requests={**rows, "handled": {"total": 30}, "received": {"total": 29}})
    measures = one_report(tmp_path, report)[OFFICE]["data"]["reports"][0]["measures"]
    assert measures["granted_share"] == {
        "value": Decimal("0.666667"), "status": "printed", "numerator": 20, "denominator": 30, "small_n": False,
        "known": 1, "of": 1, "conflicts": 0,
    }  # fmt: skip
    assert measures["natural_person_share"]["small_n"] is True
    parts = [measures[f"{part}_share"] for part in PARTITIONS["handled"]]
    assert sum(part["numerator"] for part in parts) == 30
    assert abs(sum(part["value"] for part in parts) - 1) <= len(parts) * Decimal("0.0000005")


def test_a_share_without_denominator_does_not_say_that_it_is_little(tmp_path: Path) -> None:
    report = make_report(requests={"handled": {"total": Status.BLANK}})
    share = one_report(tmp_path, report)[OFFICE]["data"]["reports"][0]["measures"]["granted_share"]
    assert (share["value"], share["denominator"], share["small_n"]) == (None, None, None)


def test_a_measure_that_the_form_does_not_have_is_not_listed(site: Documents) -> None:
    old, new = (site[OFFICE]["data"]["reports"][index]["measures"] for index in (1, 2))
    assert set(new) == {measure.id for measure in MEASURES}
    assert set(new) - set(old) == {measure.id for measure in MEASURES if "2019" not in measure.forms}


def test_an_office_tells_the_origin_of_its_reports_and_how_much_of_them_is_known(site: Documents) -> None:
    told = site[OFFICE]["data"]["reports"][2]
    source = reports()[0]
    assert [one["year"] for one in site[OFFICE]["data"]["reports"]] == [2019, 2020, 2022]
    assert (told["form"], told["file"], told["sha256"]) == ("2021", source.file, source.sha256)
    assert told["statuses"] == {
        "printed": 188, "placed": 1, "recovered": 1, "conflict": 1, "blank": 1, "ambiguous": 1, "absent": 7,
    }  # fmt: skip
    assert Counter(figure.status.value for figure in source.figures.values()) == told["statuses"]
    assert told["finding_count"] == 2
    assert told["sources"] == [{"file": source.file, "sha256": source.sha256, "figures": 190}]
    assert site["offices/410423004.json"]["data"]["reports"][0]["source_url"] == "https://example.invalid/2022.html"
    assert told["source_url"] is None


def test_texts_keep_their_lines(tmp_path: Path) -> None:
    site = one_report(tmp_path, make_report(sections={"overview": ("一是。", "二是。")}))
    assert site[REPORT]["data"]["texts"][0] == {
        "number": 1, "section": "overview", "heading": "一、总体情况", "line": 2, "text": "一是。\n二是。",
    }  # fmt: skip


def test_the_readout_of_a_file_tells_figures_in_the_same_words(tmp_path: Path) -> None:
    lost = re.sub("规章\t.*\n", "", laid_out("2021", invented("2021", {}), tabs, year=2021))
    path = tmp_path / "2021.txt"
    path.write_text(lost, encoding="utf-8")
    readout = Readout(path)
    told = readout.as_json()["tables"]
    expected = {cell: figure_json(figure) for cell, figure in readout.report.figures.items()}
    assert {cell: told[cell.table][cell.row][cell.column] for cell in expected} == expected
    assert told["proactive"]["rules"]["issued"] == {"value": None, "status": "absent", "raw": None, "line": None}

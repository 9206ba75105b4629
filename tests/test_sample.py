"""A sample of invented offices: figures that hold together, the same bytes every time, places that nobody has."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from disclosure.fictional import MARK
from disclosure.form.bodies import DEPARTMENT
from disclosure.form.template import FORMS
from disclosure.model import Cell
from disclosure.places.gazetteer import load
from disclosure.prove.relations import Relation, relations_of
from disclosure.sample.chance import chance
from disclosure.sample.drafts import MOST_YEARS, Draft, drafts
from disclosure.sample.figures import CELLS, Figures, profile_of
from disclosure.sample.places import Place, places
from disclosure.sample.store import ORDER, TRUTH, Order, SampleError, order_of, places_for, read_truth, write_sample
from disclosure.sources import region_codes
from disclosure.workshop import ROOT
from sample_reports import publish

YEARS = 6


def some_places() -> list[Place]:
    """Townships and departments of the whole country."""
    return list(places()[::1500])


@cache
def some_drafts(errors: float = 0.0) -> tuple[Draft, ...]:
    return tuple(draft for place in some_places() for draft in drafts(3, place, YEARS, errors))


def holds(relation: Relation, figures: Figures) -> bool:
    left, right = (sum(figures[cell] for cell in side) for side in (relation.left, relation.right))
    return left == right


def relations(form: str) -> list[Relation]:
    return [relation for table in FORMS[form].tables for relation in relations_of(form, table)]


def test_every_relation_of_both_forms_holds() -> None:
    forms = Counter(draft.form for draft in some_drafts())
    assert forms == {"2019": 2 * len(some_places()), "2021": 4 * len(some_places())}
    for draft in some_drafts():
        assert set(draft.figures) == set(CELLS[draft.form])
        assert all(holds(relation, draft.figures) for relation in relations(draft.form)), draft


def test_what_is_carried_over_is_carried_in_by_every_applicant() -> None:
    carried = Counter[bool]()
    for before, after in pairwise(some_drafts()):
        if before.place == after.place:
            for column in ("natural_person", "business", "other_org", "total"):
                sent = before.figures[Cell("requests", "carried_out", column)]
                assert sent == after.figures[Cell("requests", "carried_in", column)]
                carried[sent > 0] += 1
    assert carried[True] > 20


def test_what_is_in_force_or_listed_follows_from_the_year_before() -> None:
    seen = Counter[str]()
    for before, after in pairwise(some_drafts()):
        if (before.place, before.form) == (after.place, after.form):
            old, new = before.figures, after.figures
            if after.form == "2021":
                issued, repealed, in_force = (
                    Cell("proactive", "normative_documents", column) for column in ("issued", "repealed", "in_force")
                )
                assert old[in_force] + new[issued] - new[repealed] == new[in_force]
                seen["issued"] += new[issued] > 0
                seen["repealed"] += new[repealed] > 0
            for row in ("licensing", "penalties", "fees") if after.form == "2019" else ():
                items, change = (Cell("proactive", row, column) for column in ("items_last_year", "change"))
                assert old[items] + old[change] == new[items] >= 0
                seen["rising" if old[change] > 0 else "falling"] += old[change] != 0
    assert min(seen[kind] for kind in ("issued", "repealed", "rising", "falling")) > 0


def test_most_figures_are_0_most_offices_are_small_and_some_get_thousands() -> None:
    figures = [value for draft in some_drafts() for value in draft.figures.values()]
    assert 0.8 < figures.count(0) / len(figures) < 0.97
    expected = sorted(profile_of(chance(1, place.id, "profile"), place.kind).requests for place in places()[:5000])
    assert 0.5 < expected[2500] < 3
    assert 2 < sum(one > 1000 for one in expected) < 30


def test_a_slip_breaks_the_relations_that_it_names_and_no_other() -> None:
    kinds = Counter[str]()
    for draft in some_drafts(errors=1.0):
        assert draft.slip is not None
        assert draft.figures[draft.slip.cell] == draft.slip.printed != draft.slip.due
        broken = {relation for relation in relations(draft.form) if not holds(relation, draft.figures)}
        assert broken == set(draft.slip.relations)
        kinds.update(relation.kind for relation in broken)
    assert set(kinds) == {"row-total", "handled-sum", "balance", "dispute-total"}


def test_shares_of_damage_and_errors_are_about_those_asked_for(tmp_path: Path) -> None:
    write_sample(tmp_path / "out", Order(150, 2, 5), publish)
    records = list(read_truth(tmp_path / "out"))
    assert len(records) == 300
    assert 40 < sum(bool(record["damage"]) for record in records) < 80
    assert 3 < sum(record["erred"] is not None for record in records) < 18
    suffixes = Counter(Path(record["path"]).suffix for record in records)
    assert set(suffixes) == {".txt", ".docx", ".html", ".xlsx", ".pdf"}
    assert suffixes[".txt"] > 200


def tree(root: Path) -> dict[str, bytes]:
    return {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_a_small_sample_is_a_part_of_a_larger_one_with_more_years_and_processes(tmp_path: Path) -> None:
    write_sample(tmp_path / "small", Order(3, 2, 7, layouts="text"), publish)
    write_sample(tmp_path / "large", Order(30, 3, 7, layouts="text"), publish, processes=2)
    small, large = tree(tmp_path / "small" / "reports"), tree(tmp_path / "large" / "reports")
    assert len(small) == 3 * 3
    assert small.items() <= large.items()
    truths = [(tmp_path / name / TRUTH).read_text(encoding="utf-8").splitlines() for name in ("small", "large")]
    assert set(truths[0]) <= set(truths[1])
    assert [json.loads(line)["year"] for line in truths[1][:4]] == [2019, 2020, 2021, 2019]


def test_the_same_order_gives_the_same_bytes_whatever_the_seed_of_hashes(tmp_path: Path) -> None:
    finished = make(tmp_path / "one", "--offices", "4", "--jobs", "1", variables={"PYTHONHASHSEED": "1"})
    assert finished.returncode == 0, finished.stderr
    assert "已虚构 4 个机关、12 份报告" in finished.stdout
    assert order_of(tmp_path / "one") == Order(4, 3, 1)
    write_sample(tmp_path / "other", Order(4, 3, 1), publish)
    assert tree(tmp_path / "one") == tree(tmp_path / "other")


def test_another_seed_gives_other_reports() -> None:
    place = places()[0]
    one, other = (next(drafts(seed, place, 1, 0.0)) for seed in (1, 2))
    assert one.figures != other.figures
    assert one.sections != other.sections


def test_every_office_has_an_id_folder_and_regions_of_its_own_that_are_assigned_nowhere() -> None:
    found = places()
    assert len(found) > 70_000
    assert len({place.id for place in found}) == len({place.folders for place in found}) == len(found)
    real = load()
    names: dict[str, tuple[str, ...]] = {}
    for place in found:
        assert place.name.startswith(MARK)
        codes = region_codes(place.id, len(place.regions))
        for depth, code in enumerate(codes[1:], start=2):
            assert code not in real.regions
            assert names.setdefault(code, place.regions[:depth]) == place.regions[:depth]
            assert place.regions[depth - 1].startswith(MARK)
        assert real.regions[codes[0]].name == place.regions[0]
    assert len(set(names.values())) == len(names)


def test_offices_are_taken_from_the_provinces_that_are_named() -> None:
    some = places_for(Order(900, 1, 1, provinces=("海南省", "宁夏回族自治区")))
    assert {place.regions[0] for place in some} == {"海南省", "宁夏回族自治区"}
    assert some[-1].kind == DEPARTMENT


@pytest.mark.parametrize(
    ("order", "message"),
    [
        (Order(1, 1, 1, provinces=("河南",)), "没有“河南”这个省级地区可供虚构。可用的有：北京市、"),
        (Order(0, 1, 1), "机关应在 1 至 72453 之间，不能是 0。"),
        (Order(72454, 1, 1), "机关应在 1 至 72453 之间"),
        (Order(1, MOST_YEARS + 1, 1), "年数应在 1 至 12 之间，不能是 13。"),
        (Order(1, 1, 1, damage=1.5), "损坏的比例应在 0 至 1 之间"),
        (Order(1, 1, 1, errors=-1), "填错的比例应在 0 至 1 之间"),
    ],
)
def test_what_cannot_be_made_is_said_in_one_sentence(order: Order, message: str, tmp_path: Path) -> None:
    with pytest.raises(SampleError, match=message):
        write_sample(tmp_path / "out", order, publish)
    assert not (tmp_path / "out").exists()


def test_nothing_is_written_over(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(SampleError, match="已有文件"):
        write_sample(tmp_path, Order(1, 1, 1), publish)
    assert tree(tmp_path) == {"mine.txt": b"mine"}


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        ([str(ROOT / "reports" / "虚构")], 1, "虚构样本不能放在项目的文件夹里，以免混进真实的报告。请指定别处。\n"),
        (["OUT", "--offices", "many"], 2, "参数有误（argument --offices: invalid int value: 'many'）。"),
    ],
)
def test_wrong_usage_is_told_in_one_line(arguments: list[str], status: int, said: str, tmp_path: Path) -> None:
    finished = subprocess.run(command(*arguments), cwd=tmp_path, capture_output=True, text=True, check=False)
    assert finished.returncode == status
    assert finished.stderr.startswith(said)
    assert finished.stderr.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_a_sample_says_in_both_languages_that_it_is_invented(tmp_path: Path) -> None:
    write_sample(tmp_path / "out", Order(1, 1, 1), publish)
    notice = (tmp_path / "out" / "README.md").read_text(encoding="utf-8")
    assert "全部是虚构的" in notice
    assert "Every office, report and number here is **fiction**" in notice
    assert json.loads((tmp_path / "out" / ORDER).read_text(encoding="utf-8"))["notice"] == "虚构样本，不是真实数据"


def command(*arguments: str) -> list[str]:
    return [sys.executable, str(ROOT / "scripts" / "make_sample.py"), *arguments]


def make(out: Path, *arguments: str, variables: dict[str, str]) -> subprocess.CompletedProcess[str]:
    own = {**os.environ, **variables}
    return subprocess.run(command(str(out), *arguments), env=own, capture_output=True, text=True, check=False)

"""What the script says of a cell is what the other pages say of it, and its sums are those of the published tables."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from compare_pages import (
    Visit,
    serve,
    visiting,
)
from conftest import Site
from disclosure.dataset import gather
from disclosure.measures import MINIMUM_N, Measure
from disclosure.model import Portal
from disclosure.region_sums import sum_regions
from disclosure.render.blocks import Link, Mark, Small, Td, Text, To
from disclosure.render.legend import LEGEND
from disclosure.render.words import SMALL, measure_cell, share_cell, share_sum_cell, sum_cell
from disclosure.tallies import Share, Tally
from open_data import damaged_portal
from windows import Windows

pytestmark = pytest.mark.browser

_CELLS = """async () => {
  const [{ choices, column }, { words }] = await Promise.all(
    ["data", "words"].map((name) => import(`../assets/compare-${name}.js`)));
  const data = await choices();
  const told = {};
  for (const { year } of data.years) {
    for (const measure of data.measures) {
      const values = await column(year, measure, data);
      data.ids.forEach((id, row) => {
        const cell = values.cell(row);
        if (!cell.gap) told[[id, year, measure.measure]] = words(cell, measure, "格", data.sign);
      });
    }
  }
  return told;
}"""
_SUMS = """async () => {
  const [{ choices, column }, { sum, words }, { conditions, fitting }] = await Promise.all(
    ["data", "words", "view"].map((name) => import(`../assets/compare-${name}.js`)));
  const data = await choices();
  const told = {};
  for (const { year } of data.years) {
    for (const measure of data.measures) {
      const values = await column(year, measure, data);
      for (const region of ["", ...data.regionAt.keys()]) {
        const inside = fitting(data, conditions({ region, q: "" }, data));
        const whole = sum(values, inside, data.trust);
        if (!whole.gap) told[[region || "all", year, measure.measure]] = words(whole, measure, "份", data.sign);
      }
    }
  }
  return told;
}"""
_NOWHERE = To("")


@pytest.fixture(scope="module", name="damaged")
def damaged_offices() -> Portal:
    return damaged_portal(12)


@pytest.fixture(scope="module", name="url")
def offered(built_site: Site, damaged: Portal, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    yield from serve(built_site, tmp_path_factory.mktemp("damaged"), damaged)


@pytest.fixture
def visit(windows: Windows, url: str) -> Iterator[Visit]:
    yield from visiting(windows, url)


def _said(told: dict[str, Any]) -> str:
    lacks = f"（{told['lacks']}）" if told["lacks"] else ""
    return told["sign"] + told["digits"] + lacks + (SMALL if told["small"] else "")


def _plain(cell: Td) -> str:
    """A cell of the other pages as text."""
    words = (LEGEND[one.status].sign if isinstance(one, Mark) else _text(one) for one in cell.parts)
    return "".join(words)


def _text(part: object) -> str:
    assert isinstance(part, Link | Small | Text)
    return part.text


def test_every_cell_reads_as_on_the_other_pages(visit: Visit, damaged: Portal) -> None:
    told = {key: _said(words) for key, words in visit.open().evaluate(_CELLS).items()}
    measures = gather(damaged).measures
    columns = (measures[name].tolist() for name in ("office", "year", "measure", "tally", "share"))
    expected = {
        f"{office},{year},{measure}": _plain(measure_cell(tally, _NOWHERE, _NOWHERE))
        if share is None
        else _plain(share_cell(share, MINIMUM_N, _NOWHERE))
        for office, year, measure, tally, share in zip(*columns, strict=True)
    }
    assert told == expected
    assert len(told) > 700


def test_every_sum_reads_as_on_the_other_pages_and_agrees_with_the_published_ones(
    visit: Visit, damaged: Portal
) -> None:
    told = {key: _said(words) for key, words in visit.open().evaluate(_SUMS).items()}
    expected = {f"{one.region},{one.year},{one.measure.id}": _sum(one.measure, one.amount)
                for one in sum_regions(damaged.offices, gather(damaged))}  # fmt: skip
    assert told == expected
    assert len(told) > 300


def _sum(measure: Measure, amount: Tally | Share) -> str:
    assert measure.is_share == isinstance(amount, Share)
    return _plain(share_sum_cell(amount, MINIMUM_N) if isinstance(amount, Share) else sum_cell(amount))


@pytest.mark.parametrize(
    ("amounts", "whole"),
    [
        ([], None),
        ([0], 0),
        ([1, 2], 3),
        (["0.0500", 1], "1.0500"),
        (["0.1", "0.2"], "0.3"),
        (["0.05", "0.05"], "0.10"),
        ([2**53 - 1, 1], str(2**53)),
        (["1" + "0" * 30, 1], "1" + "0" * 29 + "1"),
    ],
)
def test_sums_are_exact(visit: Visit, amounts: list[int | str], whole: int | str | None) -> None:
    add = "async amounts => (await import('../assets/compare-words.js')).total(amounts)"
    assert visit.open().evaluate(add, amounts) == whole

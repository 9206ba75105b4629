"""What the script says of a cell is what the other pages say of it, and its sums are those of the published tables."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest
from compare_pages import (
    Visit,
    serve,
    visiting,
)
from conftest import Site
from disclosure.dataset import gather
from disclosure.export.sums import sum_regions
from disclosure.measures import Measure
from disclosure.model import Portal, Status
from disclosure.render.blocks import Link, Mark, Small, Td, Text, To
from disclosure.render.legend import LEGEND
from disclosure.render.words import gaps, measure_cell, sum_cell
from disclosure.tallies import Share, Tally
from open_data import damaged_portal
from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

_CELLS = """async () => {
  const { choices, year, words } = await import("../assets/compare-data.js");
  const data = await choices();
  const told = {};
  for (const { year: number } of data.years) {
    const cells = await year(number);
    for (const office of data.offices) {
      for (const measure of data.measures) {
        const cell = cells(office.row, measure);
        if (!cell.gap) told[[office.id, number, measure.measure]] = words(cell, measure, "格", data.sign);
      }
    }
  }
  return told;
}"""
_SUMS = """async () => {
  const { choices, year, sum, words } = await import("../assets/compare-data.js");
  const data = await choices();
  const told = {};
  for (const { year: number } of data.years) {
    const cells = await year(number);
    for (const code of ["all", ...data.regions.keys()]) {
      const inside = data.offices.filter(({ path }) => code === "all" || path.some((region) => region.code === code));
      for (const measure of data.measures) {
        const whole = sum(inside.map(({ row }) => cells(row, measure)), measure, data.trust);
        if (!whole.gap) told[[code, number, measure.measure]] = words(whole, measure, "份", data.sign);
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
def visit(browser: Browser, url: str) -> Iterator[Visit]:
    yield from visiting(browser, url)


def _said(told: dict[str, Any]) -> str:
    return told["sign"] + told["digits"] + (f"（{told['lacks']}）" if told["lacks"] else "")


def _plain(cell: Td) -> str:
    """A cell of the other pages as text."""
    words = (LEGEND[one.status].sign if isinstance(one, Mark) else _text(one) for one in cell.parts)
    return "".join(words)


def _text(part: object) -> str:
    assert isinstance(part, Link | Small | Text)
    return part.text


def _shares(one: Share, unit: str) -> str:
    """A share as the page words it, computed in decimals."""
    lacks = gaps(Tally(one.numerator, one.known, one.of, one.status, one.conflicts), unit) if unit == "份" else ""
    sign = "" if lacks or (one.status is Status.PRINTED and one.known) else LEGEND[one.status].sign
    both = f"{one.numerator}/{one.denominator}"
    if one.numerator is None or one.denominator is None:
        return sign + (f"（{lacks}）" if lacks else "")
    if one.known < one.of:
        digits = both
    elif one.value is None:
        digits = f"不能相除（{both}）"
    else:
        exact = Decimal(100 * int(one.numerator)) / Decimal(one.denominator)
        digits = f"{exact.quantize(Decimal('0.1'), ROUND_HALF_UP)}%（{both}）"
    return sign + digits + (f"（{lacks}）" if lacks else "")


def test_every_cell_reads_as_on_the_other_pages(visit: Visit, damaged: Portal) -> None:
    told = {key: _said(words) for key, words in visit.open().evaluate(_CELLS).items()}
    measures = gather(damaged).measures
    columns = (measures[name].tolist() for name in ("office", "year", "measure", "tally", "share"))
    expected = {
        f"{office},{year},{measure}": _plain(measure_cell(tally, _NOWHERE, _NOWHERE))
        if share is None
        else _shares(share, "格")
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
    return _shares(amount, "份") if isinstance(amount, Share) else _plain(sum_cell(amount))


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
    add = "async amounts => (await import('../assets/compare-data.js')).total(amounts)"
    assert visit.open().evaluate(add, amounts) == whole

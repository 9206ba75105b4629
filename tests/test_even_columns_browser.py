"""Wide tables of an office in every window that is too small for them: columns are whole, and so is every target."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import Site
from playwright.sync_api import Page, expect
from windows import Windows

pytestmark = pytest.mark.browser

WIDEST = 700
"""Pixels of the window, in which boxes are made as narrow as they are in smaller ones."""
PLACED = """() => {
  const boxes = [...document.querySelectorAll(".table-scroll:has(> .even)")];
  const found = new Set();
  const say = (table, where, what, each) =>
    found.add(`${where} ${table.caption.textContent}: ${what} ${each.textContent}`);
  const columns = (box, where) => {
    const table = box.firstElementChild, names = [...table.tHead.rows[0].cells], edge = box.getBoundingClientRect();
    const heads = names.map((each) => each.getBoundingClientRect());
    const held = table.matches(".even-total") && getComputedStyle(names.at(-1)).right === "0px";
    const [first, end] = [heads[0], held ? heads.at(-1).left : edge.right];
    const sights = [-1e9, edge.left, first.right, end, edge.right, 1e9];
    heads.forEach(({ left, right }, at) => {
      const whole = sights.some((from, at) => left > from - 1 && right < sights[at + 1] + 1);
      if (!whole) say(table, where, "cut", names[at]);
    });
    return heads;
  };
  const targets = (box, where) => {
    const table = box.firstElementChild, heads = columns(box, where);
    for (const link of table.querySelectorAll("tr > :not([scope=rowgroup]) > a:not(.mark-quiet)")) {
      const { left, right, height } = link.getBoundingClientRect(), column = heads[link.parentElement.cellIndex];
      if (left < column.left - 1 || right > column.right + 1) say(table, where, "outside", link);
      if (/^[0-9]+$/.test(link.textContent) && height > 1.5 * parseFloat(getComputedStyle(link).lineHeight)) {
        say(table, where, "broken", link);
      }
    }
    const more = box.scrollWidth - box.clientWidth > 1;
    const told = getComputedStyle(table.caption, "::after").content !== "none";
    if (more !== told) say(table, where, "hint", table.caption);
  };
  for (const [size, step] of [["", 17], ["large", 51]]) {
    document.documentElement.dataset.size = size;
    const beside = innerWidth - boxes[0].clientWidth;
    for (let width = 320; width <= innerWidth; width += step) {
      for (const box of boxes) { box.style.width = `${width - beside}px`; box.scrollLeft = 0; }
      for (const box of boxes) targets(box, `${width} ${size}`);
      for (const part of [0.5, 1]) {
        for (const box of boxes) box.scrollLeft = part * (box.scrollWidth - box.clientWidth);
        for (const box of boxes) columns(box, `${width} ${size} ${part}`);
      }
    }
  }
  document.documentElement.dataset.size = "";
  for (const box of boxes) { box.style.width = ""; box.scrollLeft = 0; }
  return [boxes.length, [...found]];
}"""
"""In windows from 320 pixels on, at three places of every table: what is cut, leaves its column, or breaks a number."""


def _busiest(site: Site, *, long: bool) -> str:
    """The page of the office whose tables have most signs and references, with long numbers or without."""

    def signs(page: Path) -> tuple[int, str]:
        text = page.read_text(encoding="utf-8")
        fit = ("even-7 even-long" in text) is long and "even-7" in text
        return (len(re.findall(r'class="(?:mark|finding-ref)', text)) if fit else 0, page.parent.name)

    return f"offices/{max(map(signs, site.folder.glob('offices/*/index.html')))[1]}/"


@pytest.fixture(scope="module", params=[False, True], ids=["short", "long"])
def page(request: pytest.FixtureRequest, windows: Windows, damaged_site: Site) -> Iterator[Page]:
    """The page of such an office, opened once."""
    with windows.open(viewport={"width": WIDEST, "height": 740}, locale="zh-CN", bypass_csp=True) as opened:
        opened.goto(damaged_site.url + _busiest(damaged_site, long=request.param))
        yield opened


def test_at_no_width_and_no_place_is_a_column_or_a_target_cut(page: Page) -> None:
    page.set_viewport_size({"width": WIDEST, "height": 740})
    tables, cut = page.evaluate(PLACED)
    assert tables >= 3
    assert cut == []


@pytest.mark.parametrize("width", [375, 412])
def test_no_target_is_too_small_wherever_a_table_stands(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 740})
    for part in (1, 0):
        page.locator(".table-scroll").evaluate_all(
            "(all, part) => all.forEach((box) => { box.scrollLeft = part * box.scrollWidth; })", part
        )
        found = Axe().run(page, options={"runOnly": ["target-size"], "resultTypes": ["violations"]}).response
        assert [node["html"] for one in found["violations"] for node in one["nodes"]] == []


def test_the_keyboard_moves_a_table_by_whole_columns_and_what_has_the_focus_is_in_sight(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    box = page.locator(".table-scroll:has(> .even-7)")
    box.evaluate("each => { each.scrollIntoView(); each.scrollLeft = 0; each.focus(); }")
    column = box.locator("thead th").nth(1).evaluate("each => each.getBoundingClientRect().width")
    page.keyboard.press("ArrowRight")
    page.wait_for_function(
        "([box, wanted]) => Math.abs(box.scrollLeft - wanted) < 1", arg=[box.element_handle(), column]
    )
    link = box.locator("tbody tr:has(td) td:nth-last-child(2) > a:not(.mark-quiet)").first
    link.focus()
    page.wait_for_function(
        """(link) => {
          const { left, top, width, height } = link.getBoundingClientRect();
          return link.contains(document.elementFromPoint(left + width / 2, top + height / 2));
        }""",
        arg=link.element_handle(),
    )
    expect(link).to_be_focused()

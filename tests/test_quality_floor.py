"""No layout and no format may be read worse than before, unless somebody says why."""

from __future__ import annotations

from pathlib import Path

import pytest
from layouts import Style
from layouts_formats import ALL_STYLES
from quality_floor import (
    Floor,
    Lowered,
    Quality,
    falls_below,
    load,
    lower_without_leave,
    outcomes,
    quality,
    renewed,
    save,
)

PINNED = load()
GOOD = Quality(1.0, 0.9, 0)


@pytest.mark.parametrize("style", ALL_STYLES.values(), ids=lambda style: style.name)
def test_no_layout_or_format_is_read_worse_than_pinned_and_nothing_is_silently_wrong(style: Style) -> None:
    whole, damaged = outcomes(style)
    measured, floor = quality(whole, damaged), PINNED.styles[style.name]
    assert not falls_below(measured, floor), f"{measured} is below {floor}: see docs/contributing/quality.md"
    assert whole.faults + damaged.faults == []


def test_every_layout_and_format_is_pinned_and_nothing_else() -> None:
    assert list(PINNED.styles) == list(ALL_STYLES)


@pytest.mark.parametrize("worse", [Quality(0.99, 0.9, 0), Quality(1.0, 0.89, 0), Quality(1.0, 0.9, 1)])
def test_a_floor_is_not_lowered_without_a_reason(worse: Quality) -> None:
    floor = Floor({"tabs": GOOD})
    assert list(lower_without_leave({"tabs": worse}, floor, {})) == ["tabs"]
    assert list(lower_without_leave({"tabs": worse}, floor, {"tabs": "原因"})) == []
    assert renewed({"tabs": worse}, floor, {"tabs": "原因"}).lowered == (Lowered("tabs", GOOD, worse, "原因"),)


def test_a_style_does_not_vanish_from_the_floor_without_a_reason() -> None:
    assert list(lower_without_leave({}, Floor({"tabs": GOOD}), {})) == ["tabs"]


def test_a_reason_for_what_did_not_fall_is_not_kept() -> None:
    assert renewed({"tabs": GOOD}, Floor({"tabs": GOOD}), {"tabs": "原因"}).lowered == ()


def test_what_is_written_is_what_is_read(tmp_path: Path) -> None:
    floor = Floor({"tabs": GOOD, "pipes": Quality(0.5, 0.25, 3)}, (Lowered("tabs", GOOD, GOOD, "“原因”"),))
    save(floor, tmp_path / "floor.json")
    assert load(tmp_path / "floor.json") == floor

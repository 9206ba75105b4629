"""A chart as inline SVG: no style attribute, no script, no colour of its own; the style sheet sets those by class.

One unit is a pixel where text has its usual size; the whole grows with the text around it. Charts that stand together
have one ``Frame``, so that their bars have one scale and their years one width.

CSS classes: ``chart-bar`` and ``chart-bar-<kind>`` (whole, partial, conflict); ``chart-zero``, the tick of a real 0;
``chart-base`` under a number and ``chart-base-gap`` under a gap; ``chart-value``, ``chart-sign``, ``chart-sign-<kind>``
and ``chart-year`` on text; ``chart-break`` and ``chart-break-word`` where a new series begins.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple
from xml.etree import ElementTree as ET

from disclosure.model import Number
from disclosure.render.blocks import Bar, Chart, Charts
from disclosure.render.text import visible

_PLOT = 84
"""Height of a full bar."""
_LEAST = 2
"""Height of the smallest bar that is not 0: it must never look like 0."""
_LEAST_TOP = 5
"""The number that a bar of full height stands for is at least that: one request must not fill a chart."""
_BAR = 24
_STEP = 44
"""The least width of a year; wider where numbers are long."""
_MARGIN = 4
_LINE = 14
_BELOW = 24
"""Room for the years."""
_STRIP = 18
"""Room at the top for the words of a break."""
_TICK = 4
_UNITS_PER_EM = 16
_THIRD = 290
"""Up to that width three charts stand side by side on a wide screen."""
_SIGN_LINE = 3
"""Characters of a sign on one line; a longer one is cut into lines of two, the last of two or three."""
_SIZES: Final = {"chart-value": "14", "chart-year": "13", "chart-sign": "12", "chart-break-word": "12"}
"""Text sizes. They stand in the drawing and not in the style sheet, because its measures follow from them."""
_DIGIT = 9.8
"""Width of a digit of a value, generously."""


class Frame(NamedTuple):
    """What charts that stand together share: the width of a year, the number of a full bar, the base line."""

    step: int
    top: Number
    base: int
    breaks: tuple[tuple[int, str], ...]

    def width(self, years: int) -> int:
        """The width of a chart of so many years."""
        return 2 * _MARGIN + years * self.step

    def middle(self, at: int) -> float:
        """The middle of the year at this place, counted from 0."""
        return _MARGIN + (at + 0.5) * self.step

    def height(self, value: Number) -> float:
        """How high a bar stands; 0 only for 0."""
        return max(float(value) / float(self.top) * _PLOT, _LEAST) if value else 0


def frame_of(block: Charts) -> Frame:
    """The frame of these charts."""
    bars = [bar for chart in block.charts for bar in chart.bars]
    top = max((bar.height for bar in bars if bar.height is not None), default=_LEAST_TOP)
    longest = max((len(bar.label) for bar in bars), default=0)
    lines = max((len(_lines(bar.sign)) for bar in bars if bar.height is not None), default=0)
    base = (_STRIP if block.breaks else 0) + (lines + 1) * _LINE + 6 + _PLOT
    return Frame(max(_STEP, round(longest * _DIGIT) + 8), max(top, _LEAST_TOP), base, block.breaks)


def side_by_side(block: Charts, frame: Frame) -> bool:
    """Whether the charts are narrow enough to stand in a row of three on a wide screen."""
    return all(frame.width(len(chart.bars)) <= _THIRD for chart in block.charts)


def draw(chart: Chart, frame: Frame) -> str:
    """The chart as an SVG element with a name and, for who cannot see it, its numbers in a sentence."""
    width, height = frame.width(len(chart.bars)), frame.base + _BELOW
    names = {"aria-labelledby": f"{chart.anchor}-title", "aria-describedby": f"{chart.anchor}-desc"}
    size = {"viewBox": f"0 0 {width} {height}", "width": _em(width), "height": _em(height)}
    svg = ET.Element("svg", {"role": "img", **names, **size})
    ET.SubElement(svg, "title", {"id": names["aria-labelledby"]}).text = visible(chart.title)
    ET.SubElement(svg, "desc", {"id": names["aria-describedby"]}).text = visible(chart.sentence())
    for at, bar in enumerate(chart.bars):
        _draw_year(svg, bar, frame.middle(at), frame)
    for year, words in frame.breaks:
        _draw_break(svg, words, _MARGIN + (year - chart.bars[0].year) * frame.step, frame)
    return ET.tostring(svg, encoding="unicode")


def _draw_year(svg: ET.Element, bar: Bar, x: float, frame: Frame) -> None:
    base, half = frame.base, frame.step / 2
    _line(svg, "chart-base-gap" if bar.height is None else "chart-base", (x - half, base), (x + half, base))
    lowest = base - _TICK - 1 if bar.height is None else _draw_bar(svg, bar, bar.height, x, frame)
    for number, words in enumerate(reversed(_lines(bar.sign))):
        _text(svg, "chart-sign", words, (x, lowest - number * _LINE), bar.kind)
    _text(svg, "chart-year", str(bar.year), (x, base + _BELOW - 6))


def _draw_bar(svg: ET.Element, bar: Bar, value: Number, x: float, frame: Frame) -> float:
    """A bar, or the tick of a 0, with its number; returns where a sign above the number stands."""
    tall = frame.height(value)
    top = frame.base - tall
    if tall:
        place = {"x": _n(x - _BAR / 2), "y": _n(top), "width": str(_BAR), "height": _n(tall)}
        ET.SubElement(svg, "rect", {"class": f"chart-bar chart-bar-{bar.kind}", **place})
    else:
        top -= _TICK
        _line(svg, "chart-zero", (x, top), (x, frame.base + _TICK))
    _text(svg, "chart-value", bar.label, (x, top - 5))
    return top - 5 - _LINE


def _draw_break(svg: ET.Element, words: str, x: float, frame: Frame) -> None:
    _line(svg, "chart-break", (x, 0), (x, frame.base + _BELOW))
    _text(svg, "chart-break-word", words, (x + 4, _LINE - 2))


def _line(svg: ET.Element, kind: str, start: tuple[float, float], end: tuple[float, float]) -> None:
    ends = zip(("x1", "y1", "x2", "y2"), (*start, *end), strict=True)
    ET.SubElement(svg, "line", {"class": kind, **{name: _n(value) for name, value in ends}})


def _text(svg: ET.Element, kind: str, words: str, place: tuple[float, float], variant: str = "") -> None:
    """Text below or beside a place: middled, but for the words of a break, which stand right of its line."""
    names = f"{kind} {kind}-{variant}" if variant else kind
    anchor = "start" if kind == "chart-break-word" else "middle"
    where = {"x": _n(place[0]), "y": _n(place[1]), "text-anchor": anchor, "font-size": _SIZES[kind]}
    ET.SubElement(svg, "text", {"class": names, **where}).text = visible(words)


def _lines(sign: str) -> Sequence[str]:
    """A sign as lines that fit under a year.

    >>> _lines("勾稽不符"), _lines("表式无此项")
    (['勾稽', '不符'], ['表式', '无此项'])
    """
    lines: list[str] = []
    while len(sign) > _SIGN_LINE:
        lines.append(sign[:2])
        sign = sign[2:]
    return [*lines, sign] if sign else lines


def _n(value: float) -> str:
    """A coordinate to a tenth, as short as it can be written."""
    return f"{round(value, 1):g}"


def _em(value: int) -> str:
    return f"{value / _UNITS_PER_EM:g}em"

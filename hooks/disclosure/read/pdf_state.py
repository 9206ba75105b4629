"""Where on a page of a PDF, and how opaquely, it is drawn: what pdfminer reads over, the clipping and the opacity."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias

from pdfminer.pdfinterp import PDFGraphicState, PDFPageInterpreter
from pdfminer.pdftypes import dict_value, list_value, resolve1, stream_value
from pdfminer.psparser import literal_name
from pdfminer.utils import MATRIX_IDENTITY, Matrix, PathSegment, apply_matrix_pt

_SLACK = 1.0
"""Points by which text may stand outside the box that it is clipped to: those boxes are measured closely."""
_FAINTEST = 0.03
"""What is drawn less opaquely than this cannot be seen."""
_WHITE = 0.97
_STROKED_MODES = {1, 5}
_BOTH_MODES = {2, 6}

_Point: TypeAlias = tuple[float, float]


class Area(NamedTuple):
    """What a path encloses, on the page. ``loops`` is empty where that is the whole box around it."""

    x0: float
    y0: float
    x1: float
    y1: float
    loops: tuple[tuple[_Point, ...], ...] = ()
    evenodd: bool = False

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies in it, as the painting rule of the path says."""
        if not (self.x0 <= x <= self.x1 and self.y0 <= y <= self.y1):
            return False
        crossed = turns = 0
        for loop in self.loops:
            for (ax, ay), (bx, by) in zip(loop, (*loop[1:], loop[0]), strict=True):
                if (ay <= y) != (by <= y) and x < ax + (y - ay) * (bx - ax) / (by - ay):
                    crossed += 1
                    turns += 1 if by > ay else -1
        return not self.loops or bool(crossed % 2 if self.evenodd else turns)


def area_of(path: Sequence[PathSegment], ctm: Matrix, *, evenodd: bool, generous: bool = False) -> Area | None:
    """The area that a path encloses; None where it encloses none.

    A curve is taken for its chord; to be ``generous``, for the way around its control points.
    """
    loops: list[list[_Point]] = []
    for operator, *numbers in path:
        if operator == "m" or not loops:
            loops.append([])
        for place in range(0 if generous else max(0, len(numbers) - 2), len(numbers) - 1, 2):
            loops[-1].append(apply_matrix_pt(ctm, (float(numbers[place]), float(numbers[place + 1]))))
    points = [point for loop in loops for point in loop]
    if not points:
        return None
    xs, ys = [x for x, _ in points], [y for _, y in points]
    box = (min(xs), min(ys), max(xs), max(ys))
    if len(loops) == 1 and _is_box(loops[0]):
        return Area(*box)
    return Area(*box, tuple(tuple(loop) for loop in loops if loop), evenodd)


def _is_box(loop: Sequence[_Point]) -> bool:
    """Whether a path goes once around an upright rectangle."""
    corners = loop[:-1] if loop[0] == loop[-1] else loop
    if len(corners) != 4:  # noqa: PLR2004 -- the corners of a rectangle
        return False
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = corners
    return (ax == bx and by == cy and cx == dx and dy == ay) or (ay == by and bx == cx and cy == dy and dx == ax)


def is_white(colour: Any, space: object) -> bool:  # noqa: ANN401 -- pdfminer's own
    """Whether a colour is white, in any of the colour spaces of screens and printers."""
    parts = colour if isinstance(colour, tuple) else (colour,)
    if not all(isinstance(part, int | float) for part in parts) or "Separation" in str(space):
        return False
    return bool(max(parts) <= 1 - _WHITE if len(parts) == 4 else min(parts) >= _WHITE)  # noqa: PLR2004 -- inks


class State(PDFGraphicState):
    """The graphics state with what pdfminer leaves out of it.

    ``clip`` are the areas outside of which nothing is drawn, ``veil`` is the opacity of the groups that all is part of.
    """

    def __init__(self) -> None:
        super().__init__()
        self.clip: tuple[Area, ...] = ()
        self.veil = self.filled = self.stroked = 1.0
        self.blended = False

    def copy(self) -> State:
        """The same state, for pdfminer to keep."""
        twin = State.__new__(State)
        vars(twin).update(vars(self))
        return twin

    def shows(self, x: float, y: float) -> bool:
        """Whether what is drawn at a point is not clipped away."""
        return all(area.holds(x, y) for area in self.clip)

    def is_faint(self, mode: int) -> bool:
        """Whether text of a render mode is too transparent to be seen."""
        both = max(self.filled, self.stroked) if mode in _BOTH_MODES else self.filled
        return self.veil * (self.stroked if mode in _STROKED_MODES else both) <= _FAINTEST

    def is_opaque(self) -> bool:
        """Whether nothing can be seen through what is filled: neither a pattern, nor blended, nor transparent."""
        parts = self.ncolor if isinstance(self.ncolor, tuple | list) else (self.ncolor,)
        plain = all(isinstance(part, int | float) for part in parts)
        return plain and not self.blended and self.veil * self.filled >= 1 - _FAINTEST

    def clip_to(self, area: Area) -> None:
        """Clip to a further area; the boxes among them are kept as the one that they have in common."""
        if area.loops:
            self.clip = (*self.clip, area)
            return
        x0, y0, x1, y1 = area.x0 - _SLACK, area.y0 - _SLACK, area.x1 + _SLACK, area.y1 + _SLACK
        if self.clip and not self.clip[0].loops:
            old = self.clip[0]
            common = Area(max(x0, old.x0), max(y0, old.y0), min(x1, old.x1), min(y1, old.y1))
            self.clip = (common, *self.clip[1:])
        else:
            self.clip = (Area(x0, y0, x1, y1), *self.clip)

    def take(self, parameters: Mapping[str, Any]) -> None:
        """Take over what a dictionary of graphics state parameters says."""
        wanted = {key: resolve1(parameters[key]) for key in ("ca", "CA", "BM", "SMask") if key in parameters}
        opacities = {key: value for key, value in wanted.items() if isinstance(value, int | float)}
        self.filled = opacities.get("ca", self.filled)
        self.stroked = opacities.get("CA", self.stroked)
        modes = {literal_name(wanted[key]) for key in ("BM", "SMask") if key in wanted}
        if modes:
            self.blended = not modes <= {"Normal", "Compatible", "None"}


class Interpreter(PDFPageInterpreter):
    """Carries out drawing instructions, the clipping and the opacity too."""

    graphicstate: State
    outer: State | None = None

    def subinterp(self) -> PDFPageInterpreter:
        """An interpreter for a form that is drawn as a part of this content."""
        inner = super().subinterp()
        if isinstance(inner, Interpreter):
            inner.outer = self.graphicstate
        return inner

    def render_contents(
        self, resources: dict[object, object], streams: Sequence[object], ctm: Matrix = MATRIX_IDENTITY
    ) -> None:
        """Draw a page, or a form within its box and with what is drawn around it."""
        self.init_resources(resources)
        self.init_state(ctm)
        self.graphicstate = State()
        if self.outer is not None:
            self._begin_form(self.outer, dict_value(stream_value(streams[0]).attrs))
        self.execute(list_value(streams))

    def _begin_form(self, outer: State, form: Mapping[str, Any]) -> None:
        state = self.graphicstate
        state.clip, state.veil, state.blended = outer.clip, outer.veil, outer.blended
        if "Group" in form:
            state.veil *= outer.filled
        else:
            state.filled, state.stroked = outer.filled, outer.stroked
        x0, y0, x1, y1 = (float(resolve1(number)) for number in list_value(form["BBox"]))
        self._clip((("m", x0, y0), ("l", x1, y0), ("l", x1, y1), ("l", x0, y1)))

    def _clip(self, path: Sequence[PathSegment], *, evenodd: bool = False) -> None:
        area = area_of(path, self.ctm, evenodd=evenodd, generous=True)
        if area is not None:
            self.graphicstate.clip_to(area)

    def do_W(self) -> None:  # noqa: N802 -- pdfminer's names for the operators
        """Clip to the path; what is painted of it in the same breath lies inside it anyway."""
        self._clip(self.curpath)

    def do_W_a(self) -> None:  # noqa: N802
        """Clip to the path by the even-odd rule."""
        self._clip(self.curpath, evenodd=True)

    def do_gs(self, name: object) -> None:
        """Take over named graphics state parameters."""
        named = dict_value(dict_value(self.resources or {}).get("ExtGState", {}))
        self.graphicstate.take(dict_value(named.get(literal_name(name), {})))

    def do_Do(self, xobjid_arg: Any) -> None:  # noqa: ANN401, N802 -- pdfminer's own
        """Draw a form or an image, and go back to the places of this content: pdfminer stays at those of the form."""
        super().do_Do(xobjid_arg)
        self.device.set_ctm(self.ctm)

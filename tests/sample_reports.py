"""Publish the drafts of a sample in the layouts and formats of the laboratory, a share of them damaged.

The title and what stands before section one stay whole, but for one kind of damage: a report that calls itself by a
garbled name is misfiled, and no sample could be built.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from random import Random

from damage import DAMAGES, Damage, has_numbers
from damage_lab import Trial, can_bear
from disclosure.form.template import SECTIONS, TABLES
from disclosure.sample.chance import chance
from disclosure.sample.drafts import Draft
from disclosure.sample.store import Order, Published
from layouts import STYLES, Block, Style, grid
from layouts_formats import FORMATS
from layouts_grid import Grid

LAYOUTS = ("all", "text")
_TEXT = {lossy: [one for one in STYLES.values() if one.lossy is lossy] for lossy in (False, True)}
_FORMATS = {
    ".docx": 0.12, ".html": 0.08, ".xlsx": 0.04, ".pdf": 0.01,
}  # fmt: skip
"""The share of reports in each format that is no text; PDF takes many times as long to read."""
_LOSSY = 1 / 8
"""The share of reports of which not every figure can be read even without damage: zeros left blank, tables missing."""
_TWICE = 1 / 4
"""The share of damaged reports with a second damage."""
_NAMES_A_YEAR = {"dates_damaged", "counts_in_prose"}
"""Damages that speak of the year of the laboratory, and make no sense in another."""
_IN_THE_HEAD = {"title_garbled"}
_WITHOUT_HEADINGS = 1 / 40
ERRED = Damage("office_erred", wrong=1)
"""Stands for the number that the office itself got wrong: proofs bear no second one."""


def publish(draft: Draft, order: Order) -> Published:
    """The file of a draft."""
    trial = trial_of(draft, order)
    damages = tuple(damage.name for damage in trial.damages if damage is not ERRED)
    return Published(trial.style.suffix, trial.content, trial.style.name, damages)


def trial_of(draft: Draft, order: Order) -> Trial:
    """The draft as the laboratory judges it: what was published, from which grids, with which damages."""
    rng = chance(order.seed, draft.place.id, draft.year, "file")
    style = _draw_style(rng, order.layouts)
    damages = _draw_damages(rng, style) if rng.random() < order.damage else ()
    grids = {table: style.prepare(grid(draft.form, table, draft.figures)) for table in TABLES}
    for damage in damages:
        target = grids[rng.choice(["requests", "requests", *TABLES])]
        if damage.change is not None and has_numbers(target):
            damage.change(rng, target)
    headings = rng.random() >= _WITHOUT_HEADINGS if style.headings is None else style.headings
    parts = list(blocks(draft, grids, headings=headings))
    content = style.binary(parts) if style.binary else _rewritten(rng, style, parts, draft, damages)
    erred = () if draft.slip is None else (ERRED,)
    return Trial(draft.form, draft.figures, grids, content, style, (*damages, *erred))


def blocks(draft: Draft, grids: Mapping[str, Grid], *, headings: bool) -> Iterator[Block]:
    """A whole report around its tables; a table of which no row is left is left out."""
    yield f"{draft.title}\n"
    if draft.preamble:
        yield f"{draft.preamble}\n"
    for section, (number, title) in SECTIONS.items():
        if headings:
            yield f"{number}、{title}"
        if section in draft.sections:
            yield f"{draft.sections[section]}\n"
        elif grids[section]:
            yield grids[section]
            yield ""


def _draw_style(rng: Random, layouts: str) -> Style:
    drawn, lossy = rng.random(), rng.random() < _LOSSY
    for suffix, share in _FORMATS.items() if layouts == "all" else ():
        if drawn < share:
            fit = [one for one in FORMATS.values() if one.suffix == suffix]
            return rng.choice([one for one in fit if one.lossy is lossy] or fit)
        drawn -= share
    return rng.choice(_TEXT[lossy])


def _draw_damages(rng: Random, style: Style) -> tuple[Damage, ...]:
    fit = [one for name, one in DAMAGES.items() if can_bear(style, one) and name not in _NAMES_A_YEAR]
    return tuple(rng.sample(fit, 2 if rng.random() < _TWICE else 1))


def _rewritten(rng: Random, style: Style, parts: list[Block], draft: Draft, damages: tuple[Damage, ...]) -> bytes:
    text = style.text(parts)
    head = _head(text, draft)
    rest = text[len(head) :]
    for damage in damages:
        if damage.rewrite is not None and damage.name in _IN_THE_HEAD:
            head = damage.rewrite(rng, head)
        elif damage.rewrite is not None:
            rest = damage.rewrite(rng, rest)
    return (head + rest).encode(style.encoding)


def _head(text: str, draft: Draft) -> str:
    """What stands before the first words of section one."""
    return text[: max(0, text.find(draft.sections["overview"][:6]))]

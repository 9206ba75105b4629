"""What to look for on a built site, to see what a search takes: words of the form, pieces of sentences, and names."""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from statistics import median
from typing import Any, Final, NamedTuple

from disclosure.errors import DisclosureError
from disclosure.form.template import FORMS, SECTIONS, TABLE_NAMES
from disclosure.search.copies import TEXTS
from disclosure.search.units import CHINESE

_SEED: Final = 11
_LONG: Final = range(2, 7)
"""Characters of what is taken from the middle of a sentence."""
_PROVINCE: Final = re.compile(r"\d\d0000")
TERM, INSIDE, NAME = "a term of the form", "2 to 6 characters", "a name"
_TERMS: Final = sorted(
    {
        words
        for form in FORMS.values()
        for table in form.tables.values()
        for row in table.rows
        for words in (row.label, row.group, *(column.label for column in row.columns))
        if len(words) > 1
    }
    | set(TABLE_NAMES.values())
    | {title for _, title in SECTIONS.values()}
)


class Query(NamedTuple):
    """What is looked for, and the code of the province that is chosen, if one is."""

    kind: str
    words: str
    province: str


class Weighed(NamedTuple):
    """Bytes of a query by who has just come, with the page and its scripts, and of another one behind it."""

    query: Query
    first: int
    further: int


def queries(site: Path, many: int) -> Iterator[tuple[Query, Query]]:
    """Pairs of queries of each kind, everywhere and in a province; the same for the same site.

    Raises:
        DisclosureError: no office of the site has a province.
        OSError: there is no index in the site.
    """
    rng = Random(_SEED)  # noqa: S311 the same queries in every run
    parts = json.loads((site / TEXTS).with_suffix(".json").read_text(encoding="utf-8"))["parts"]
    own = [part for part in parts if "机关" in part["facets"]["page"] and _provinces(part)]
    if not own:
        raise DisclosureError("网站里没有属于哪个省的机关，没有可以查的。")
    for kind in (TERM, INSIDE, NAME):
        for inside in (False, True):
            for _ in range(many):
                part = rng.choice(own)
                province = rng.choice(_provinces(part)) if inside else ""
                words = (_words(rng, kind, site / TEXTS / part["at"], part["pages"]) for _ in range(2))
                first, further = (Query(kind, one, province) for one in words)
                yield first, further


def lines(weighed: Sequence[Weighed]) -> Iterator[str]:
    """A Markdown table, in KB."""
    yield "| KB, median (range) | first query | further query |"
    yield "|---|--:|--:|"
    for kind in (TERM, INSIDE, NAME):
        for inside in (False, True):
            row = [one for one in weighed if (one.query.kind, bool(one.query.province)) == (kind, inside)]
            cells = (_cell([one.first for one in row]), _cell([one.further for one in row]))
            yield f"| {kind}, {'in a province' if inside else 'everywhere'} | {' | '.join(cells)} |"


def _cell(sizes: Sequence[int]) -> str:
    return f"{median(sizes) / 1000:.0f} ({min(sizes) / 1000:.0f}–{max(sizes) / 1000:.0f})"


def _provinces(part: Any) -> list[str]:  # noqa: ANN401 - JSON
    return [code for code in part["facets"].get("region", ()) if _PROVINCE.fullmatch(code)]


def _words(rng: Random, kind: str, part: Path, pages: int) -> str:
    if kind == TERM:
        return rng.choice(_TERMS)
    _, title, blocks = _unpacked(part / "pages" / f"{rng.randrange(pages)}.bin")
    if kind == NAME:
        return str(title).split()[0]
    length = rng.choice(_LONG)
    runs = re.findall(rf"[{CHINESE}]{{{length + 2},}}", "\n".join(text for _, text in blocks))
    run: str = rng.choice(runs or [title])
    start = rng.randrange(1, max(len(run) - length, 2))
    return run[start : start + length]


def _unpacked(file: Path) -> Any:  # noqa: ANN401 - JSON
    return json.loads(zlib.decompress(file.read_bytes()))

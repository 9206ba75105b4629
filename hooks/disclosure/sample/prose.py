"""What an invented office writes: a title, sometimes a preamble, and the sections without a table, in its own words.

Numbers that a table has as well are those of the table, as the office meant them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from random import Random

from disclosure.form.bodies import TOWNSHIP
from disclosure.model import Cell, Number
from disclosure.sample import wording
from disclosure.sample.places import Place

_PREAMBLE = 1 / 2
"""How many reports have one."""
_LONGEST_TITLED = 36
"""Characters of a name in a title: the reader of titles takes no more than 40 for a name."""
_SHORTER = (("镇人民政府", "镇"), ("乡人民政府", "乡"), ("街道办事处", "街道"), ("街道办事处", "办事处"))
"""What offices call themselves for short."""
_NUMERALS = "一二三四五"
_OWN = {"镇": "我镇", "乡": "我乡", "街道": "我街道"}


class Prose(Mapping[str, str]):
    """Fills the gaps of sentences: those given, numbers, and words drawn anew at every gap."""

    def __init__(self, rng: Random, given: Mapping[str, str]) -> None:
        self._rng = rng
        self._given = given
        self._last: dict[str, str] = {}

    def __getitem__(self, gap: str) -> str:
        if gap in self._given:
            return self._given[gap]
        if gap in wording.NUMBERS:
            return str(self._rng.randint(*wording.NUMBERS[gap]))
        return self._another(gap)

    def _another(self, gap: str) -> str:
        """A word that is not the last one that stood in such a gap."""
        word = self._rng.choice(wording.WORDS[gap])
        while word == self._last.get(gap):
            word = self._rng.choice(wording.WORDS[gap])
        self._last[gap] = word
        return word

    def __iter__(self) -> Iterator[str]:
        return iter({**self._given, **wording.WORDS, **wording.NUMBERS})

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def one_of(self, sentences: Sequence[str]) -> str:
        """One of the sentences with its gaps filled."""
        return self._rng.choice(sentences).format_map(self)

    def some_of(self, sentences: Sequence[str], least: int, most: int) -> str:
        """So many of the sentences, each at most once."""
        chosen = self._rng.sample(sentences, min(self._rng.randint(least, most), len(sentences)))
        return "".join(sentence.format_map(self) for sentence in chosen)


def written(rng: Random, place: Place, year: int, figures: Mapping[Cell, Number]) -> tuple[str, str, Mapping[str, str]]:
    """The title, the preamble (often empty), and the text of each section that has no table."""
    name = printed_name(rng, place)
    prose = Prose(rng, {"name": name, "year": str(year), **_self(rng, place), **_counts(figures)})
    title = prose.one_of(wording.TITLES)
    preamble = prose.one_of(wording.PREAMBLES) if rng.random() < _PREAMBLE else ""
    problems = prose.one_of(wording.PROBLEMS) + "\n" + prose.some_of(wording.REMEDIES, 2, 4)
    sections = {
        "overview": "\n".join(_overview(rng, prose, figures)),
        "problems": problems + rng.choice(wording.SHARED),
        "other": prose.one_of(wording.OTHER) + wording.INVENTED,
    }
    return title, preamble, sections


def printed_name(rng: Random, place: Place) -> str:
    """The name of an office as it stands in its title: alone, shorter, or behind some of its regions."""
    short = [place.name.removesuffix(long) + brief for long, brief in _SHORTER if place.name.endswith(long)]
    name = rng.choice([place.name, place.name, *short])
    inside = tuple(region for region in place.regions if not name.startswith(region))
    prefixes = ("", "", inside[-1] if inside else "", "".join(inside[-2:]), "".join(inside))
    longer = rng.choice(prefixes) + name
    return longer if len(longer) <= _LONGEST_TITLED else name


def _self(rng: Random, place: Place) -> dict[str, str]:
    """What an office calls itself, and its place."""
    short = place.name.removesuffix("人民政府").removesuffix("办事处")
    own = next((word for ending, word in _OWN.items() if short.endswith(ending)), "我局")
    own = own if place.kind != TOWNSHIP or own != "我局" else "本机关"
    return {"us": rng.choice((own, own, "本机关", short)), "place": short}


def _counts(figures: Mapping[Cell, Number]) -> dict[str, str]:
    """The figures that sentences name."""
    rows = ("received", "carried_in", "handled", "carried_out")
    named = {row: figures[Cell("requests", row, "total")] for row in rows}
    named["reconsideration"] = figures[Cell("disputes", "reconsideration", "total")]
    return {name: str(count) for name, count in named.items()}


def _overview(rng: Random, prose: Prose, figures: Mapping[Cell, Number]) -> Iterator[str]:
    """Section one: an opening, then its usual parts, each on a line or below a line of its own."""
    yield prose.one_of(wording.OPENING) + prose.one_of(wording.ACTIVE) + wording.SHARED[0] * (rng.random() < 1 / 3)
    apart = rng.choice(("。", "\n"))
    for number, (headings, sentences) in zip(_NUMERALS, wording.TOPICS, strict=True):
        text = prose.some_of(sentences, 2, 5) if sentences else _on_requests(prose, figures)
        yield f"（{number}）{rng.choice(headings)}{apart}{text}"


def _on_requests(prose: Prose, figures: Mapping[Cell, Number]) -> str:
    """What section one says about requests and disputes."""
    received = figures[Cell("requests", "received", "total")]
    contested = figures[Cell("disputes", "reconsideration", "total")]
    requests = prose.one_of(wording.REQUESTS if received else wording.NO_REQUESTS)
    return requests + prose.one_of(wording.DISPUTES if contested else wording.NO_DISPUTES)

"""What it costs to read a report, by the way it was published: from bytes to proved figures, in a warm process."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean, median

from disclosure.bench.clock import repeat
from disclosure.form.fill import fill_form
from disclosure.prove import prove_tables
from disclosure.read import read_document
from disclosure.read.document import Document
from disclosure.read.pdf import read_pdf
from disclosure.read.signature import content_format


@dataclass(frozen=True, slots=True)
class StyleCost:
    """One way of publishing: milliseconds of processor time for each report, whole and damaged ones."""

    name: str
    whole: Sequence[float]
    damaged: Sequence[float]

    def mean_of_mix(self, share: float) -> float:
        """The mean where this share of the reports is damaged."""
        return (1 - share) * fmean(self.whole) + share * fmean(self.damaged)


def measure_styles(samples: Mapping[str, tuple[Iterable[bytes], Iterable[bytes]]], runs: int) -> list[StyleCost]:
    """Whole and damaged reports of every style, each read ``runs`` times after a first time."""
    return [
        StyleCost(name, [_milliseconds(one, runs) for one in whole], [_milliseconds(one, runs) for one in damaged])
        for name, (whole, damaged) in samples.items()
    ]


def summary(costs: Sequence[StyleCost], share: float) -> tuple[float, float, float]:
    """Median of the whole reports, mean of a mix with ``share`` damaged ones, and the worst of all; milliseconds."""
    whole = [cost for style in costs for cost in style.whole]
    worst = max(cost for style in costs for cost in (*style.whole, *style.damaged))
    return median(whole), fmean(style.mean_of_mix(share) for style in costs), worst


def _milliseconds(content: bytes, runs: int) -> float:
    _read(content)
    return repeat(lambda: _read(content), runs) * 1000


def _read(content: bytes) -> None:
    """PDF files are read in this process, where their cost can be measured, and not in the sandbox."""
    document: Document = read_pdf(content) if content_format(content) == "pdf" else read_document("2023.txt", content)
    prove_tables(fill_form(document))

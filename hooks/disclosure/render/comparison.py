"""Ways into the page that compares offices: its address with a choice in it.

``docs/assets/compare-address.js`` reads these addresses; a test holds the two to the same names.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from disclosure.model import Office, Region
from disclosure.render import urls
from disclosure.render.blocks import Link, Paragraph, Parts, To
from disclosure.render.catalog import Catalog

PARAMETERS: Final = ("region", "kind", "q", "years", "measures", "sort", "order", "group", "pick", "only")
"""What an address of a comparison may hold, in the order in which the page writes it."""
PEER_MEASURES: Final = ("received", "disclosed_share")
"""What an office is compared by: over several years, more columns than these fit no phone."""
_MOST_YEARS: Final = 5


def comparison(
    *,
    region: str = "",
    kind: str = "",
    years: Iterable[int] = (),
    measures: Iterable[str] = (),
    pick: Iterable[str] = (),
) -> To:
    """The comparison of the offices of a region (its code) and of a kind; what is empty is not chosen.

    ``measures`` and ``pick``, the offices that are marked, are identifiers.
    """
    lists = {"years": map(str, years), "measures": measures, "pick": pick}
    chosen = {"region": region, "kind": kind} | {name: ",".join(given) for name, given in lists.items()}
    return To(urls.COMPARE, query=tuple((name, chosen[name]) for name in PARAMETERS if chosen.get(name)))


def with_peers(catalog: Catalog, office: Office) -> Iterator[tuple[str, Parts]]:
    """The office beside those of its kind in the smallest of its regions that has any, over its own last years.

    A fact for its page. Nothing where it has no report, or where there is no other of its kind.
    """
    years = sorted(report.year for report in catalog.reports.get(office.id, ()) if report.year)[-_MOST_YEARS:]
    around = next((one for one in reversed(office.regions) if _has_peers(catalog.offices_in[one.code], office)), None)
    if years and (around or _has_peers(catalog.offices, office)):
        chosen = comparison(
            region=around.code if around else "",
            kind=office.kind,
            years=years,
            measures=PEER_MEASURES,
            pick=[office.id],
        )
        yield "比较", (Link(f"与{around.name if around else '各地'}的{office.kind}比较", chosen),)


def _has_peers(offices: Iterable[Office], office: Office) -> bool:
    return any(other.kind == office.kind and other.id != office.id for other in offices)


def of_region(catalog: Catalog, region: Region) -> Iterator[Paragraph]:
    """The way from a region's page to its offices, where there are several, in the year that most have a report of."""
    offices = catalog.offices_in[region.code]
    year = catalog.best_covered(offices)
    if len(offices) > 1 and year:
        yield Paragraph((Link("在比较页列出这些机关", comparison(region=region.code, years=[year])),))


def of_year(year: int, region: str = "") -> Paragraph:
    """The way from the page of a year, or of a region (its code) in a year, to the same offices."""
    return Paragraph((Link("在比较页列出这些机关", comparison(region=region, years=[year])),))

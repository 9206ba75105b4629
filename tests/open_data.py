"""What tests of the published data share: a portal of damaged reports, published, and ways to read figures back."""

from __future__ import annotations

from pathlib import Path
from random import Random

from builders import make_office
from damage import DAMAGES
from damage_lab import make_trial
from disclosure.check import check_portal
from disclosure.dataset import gather
from disclosure.model import Office, Portal, Region, Report
from disclosure.open_data import Settings, publish_open_data
from disclosure.reading import read_report
from disclosure.render.catalog import Catalog, arrange
from disclosure.render.page import Page
from layouts import STYLES

PLACES = (
    (Region("410000", "河南省"), Region("410400", "平顶山市"), Region("410481", "舞钢市")),
    (Region("410000", "河南省"), Region("410400", "平顶山市"), Region("410423", "鲁山县")),
    (Region("370000", "山东省"), Region("370800", "济宁市")),
)
YEARS = (2020, 2021, 2022)


def damaged_portal(offices: int, seed: int = 5) -> Portal:
    """Offices in three places with invented reports of up to three years, two of three of them damaged."""
    rng = Random(seed)  # noqa: S311 - the same portal every time
    listed = [make_office(f"41048{100 + number:04d}"[:9], regions=PLACES[number % 3]) for number in range(offices)]
    reports = [_report(rng, office, year) for office in listed for year in YEARS if rng.random() < 5 / 6]
    return Portal(tuple(listed), tuple(reports), tuple(check_portal(listed, reports)))


def _report(rng: Random, office: Office, year: int) -> Report:
    damages = [rng.choice(list(DAMAGES.values())) for _ in range(rng.randrange(3))]
    trial = make_trial(rng, rng.choice(list(STYLES.values())), damages)
    return read_report(f"{office.folder}/{office.id}/{year}.txt", trial.content, None, office.id, year)


def catalog_of(portal: Portal) -> Catalog:
    """The portal as pages and files see it."""
    return arrange(portal, gather(portal))


def publish(portal: Portal, folder: Path, settings: Settings | None = None) -> list[Page]:
    """Publish the data of a portal below ``folder``; the pages about them."""
    return publish_open_data(catalog_of(portal), folder, settings or Settings(told_date="2026-11-28"))

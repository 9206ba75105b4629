"""publish: the data for others to build on, written into the site, and the pages about them.

Tables, then the record of what each release changed, then the documents for programs, then the feeds of reports.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Final

from disclosure.api import api_parts
from disclosure.errors import DisclosureError
from disclosure.export.frames import Frames, make_frames
from disclosure.export.json_ld import as_script, describe_dataset
from disclosure.export.pages import data_pages
from disclosure.export.publish import WORKBOOK, Published, publish_tables, write_sums
from disclosure.export.release import Release, data_date
from disclosure.export.summed import SummedFiles
from disclosure.export.workbook import write_workbook
from disclosure.office_keys import FIRST_YEAR
from disclosure.parallel import Task, processes_here, side_by_side
from disclosure.releases.feed import FEED, atom_feed
from disclosure.releases.history import History, extend
from disclosure.releases.load import load_release
from disclosure.releases.page import changes_page
from disclosure.render import urls
from disclosure.render.atom import root_of
from disclosure.render.catalog import Catalog
from disclosure.render.feeds import feed_parts
from disclosure.render.page import Page
from disclosure.settings import DATA_DATE, PREVIOUS_RELEASE

FEW: Final = 50
"""So many offices are written by one process: starting others takes longer."""
AT_ONCE: Final = 250
"""So many offices with their documents and feeds are one task: its process copies the memory that they take up."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a build is told about the release: its date, the site's address, the release before. All may be unknown.

    ``processes`` is how many may work at once on a large collection.
    """

    told_date: str | None = None
    site_url: str = ""
    previous: Path | None = None
    processes: int = 1

    @classmethod
    def from_environment(cls, variables: Mapping[str, str], site_url: str | None) -> Settings:
        """The settings of a build with these environment variables."""
        previous = variables.get(PREVIOUS_RELEASE)
        return cls(
            variables.get(DATA_DATE), root_of(site_url or ""), Path(previous) if previous else None, processes_here()
        )

    def date_of(self, catalog: Catalog) -> date:
        """The date of the data, also where it was not told.

        Raises:
            DisclosureError: what was told is no date.
        """
        return data_date(self.told_date, max(catalog.years, default=FIRST_YEAR - 1))


def publish_open_data(catalog: Catalog, site: Path, settings: Settings) -> list[Page]:
    """Write everything below ``site/data/v1`` and ``site/api/v1``, and all feeds; return the pages about the data.

    Tables first: everything else bears the version that is made of them. The bytes do not depend on
    ``settings.processes``.

    Raises:
        DisclosureError: the date is none, the release before cannot be read, or a process was killed.
        OSError: a file cannot be written.
    """
    processes = settings.processes if len(catalog.offices) > FEW else 1
    frames = make_frames(catalog)
    files = SummedFiles(site / urls.DATA_FILES)
    tables = publish_tables(frames, files, settings.date_of(catalog), settings.site_url, processes)
    history, *_ = side_by_side(list(_tasks(catalog, frames, tables.release, site, settings)), processes)
    files.include(WORKBOOK)
    published = Published(*tables, files.sums())
    for name, content in {**history.files(), FEED: atom_feed(history, settings.site_url)}.items():
        files.append(name, content)
    write_sums(files)
    data, *others = data_pages(published)
    described = as_script(describe_dataset(published, catalog.years, data.description))
    return [replace(data, structured_data=described), *others, changes_page(history, history.latest_changes)]


def _tasks(catalog: Catalog, frames: Frames, release: Release, site: Path, settings: Settings) -> Iterator[Task]:
    """What can be done side by side once the tables are written: the record of releases, and all other files."""
    data, runs = site / urls.DATA_FILES, catalog.runs(AT_ONCE)
    api = api_parts(catalog, release, site / urls.API_FILES, runs)
    feeds = feed_parts(catalog, site, release.data_date, settings.site_url, runs)
    yield Task("比较上一次发布的数据", partial(_carry_on, data, settings))
    yield Task("写工作簿", partial(write_workbook, data / WORKBOOK, frames, release))
    for write_documents, write_feeds in zip(api, feeds, strict=False):  # of the same offices, while they are at hand
        yield Task("写接口文档和订阅源", partial(_do_all, [write_documents, write_feeds]))
    for rest in (*api[len(feeds) :], *feeds[len(api) :]):
        yield Task("写接口文档", partial(_do_all, [rest]))


def _do_all(works: Iterable[Callable[[], object]]) -> None:
    for work in works:
        work()


def _carry_on(folder: Path, settings: Settings) -> History:
    if settings.previous is not None and not settings.previous.exists():
        raise DisclosureError(
            f"找不到上一次发布的数据：{settings.previous}。请把 {PREVIOUS_RELEASE} 指向它的 data/v1 文件夹或压缩包；"
            "第一次发布不用这个变量。"
        )
    return extend(settings.previous, load_release(folder))

"""A project whose reports hold one text in every place that can hold one: vectors, or plain words for comparison.

What the texts are put into: ``poison_formats.py`` for the files of reports, here for names, folders, ``office.yml``
and the release before.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path

from disclosure.office_keys import UNSEEN
from disclosure.offices import parse_office
from disclosure.reading import read_report
from disclosure.settings import DATA_DATE
from disclosure.workshop import ROOT
from made_releases import SAMPLE, made, write_parquet
from poison import VECTORS
from poison_formats import FORMATS, label_report, web_page

TEXTS: Sequence[str] = tuple(VECTORS.values())
HARMLESS: Sequence[str] = tuple(f"甲{number}乙" for number in range(len(TEXTS)))
"""As many texts that nothing could take for anything else."""
VARIABLES = {"SITE_URL": "https://site.example/", DATA_DATE: "2026-11-28"}
"""With an address and a date, pages say more about themselves."""

_LONGEST_NAME = 200
_TITLED = "2021年政府信息公开工作年度报告"
LENIENT = """\
import disclosure.sources
# As if nobody had refused names that Windows cannot hold: whatever is let through must be shown as text.
disclosure.sources._unportable_names = lambda files, folders, root: ()
"""


def as_name(text: str) -> str | None:
    """The text as a name of an office or a folder: without slashes. None where it is refused or too long."""
    name = text.replace("/", "").strip()
    unseen = any(unicodedata.category(char) in UNSEEN for char in name)
    return None if unseen or not name or len(name.encode()) > _LONGEST_NAME else name


def identifier(number: int) -> str:
    """The id of an office: ten counties to a city, all of them invented, in 河南省."""
    return f"418{number // 10}{number % 10 + 21}100"


def write_poisoned_project(root: Path, texts: Sequence[str]) -> None:
    """The project with a portal of these texts instead of its own reports, below the folder ``root``, which is made.

    ``root/before`` holds the release before, with offices that are gone and findings of the same texts.
    """
    root.mkdir(exist_ok=True)
    config = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    changed = config.replace("  - hooks/publish_site.py", "  - lenient.py\n  - hooks/publish_site.py")
    assert changed != config
    (root / "mkdocs.yml").write_text(changed, encoding="utf-8")
    (root / "lenient.py").write_text(LENIENT, encoding="utf-8")
    for name in ("docs", "hooks"):
        (root / name).symlink_to(ROOT / name)
    write_portal(root / "reports", texts)
    before = made()
    for number, text in enumerate(texts):
        places = dict.fromkeys(("province", "city", "county"), text)
        row = {"office": f"4199{number:02}100", "name": text, "kind": "乡镇人民政府", "region": "410000", **places}
        before.tables["offices"].append(row)
        before.add_report(str(row["office"]), 2021)
        before.add_finding(SAMPLE, 2021, text)
    write_parquet(before, root / "before")


def write_portal(reports: Path, texts: Sequence[str]) -> None:
    """An office for each text, named after it where it can be, with a report of it as text and one as a web page.

    The first offices have a report of every text in every other format as well, and some with every text as a label.
    """
    cities = [as_name(text) or f"市{number}" for number, text in enumerate(texts)]
    chunks = [texts[at : at + 20] for at in range(0, len(texts), 20)]
    for number, text in enumerate(texts):
        name = as_name(text) or f"甲{number}镇人民政府"
        folder = reports / "河南省" / cities[number // 10] / (as_name(text) or f"县{number}") / name
        folder.mkdir(parents=True)
        (folder / "2021.txt").write_bytes(_plain(text).encode())
        (folder / "2021.html").write_bytes(web_page(text, f"{name}{_TITLED}"))
        if number < len(FORMATS):
            suffix, write = list(FORMATS.items())[number]
            (folder / f"2022.{suffix}").write_bytes(write([one for one in texts if len(one) < _LONGEST_NAME], name))
        elif number < len(FORMATS) + len(chunks):
            chunk = chunks[number - len(FORMATS)]
            (folder / "2022.txt").write_text(label_report(chunk, name), encoding="utf-8")
        (folder / "office.yml").write_text(_description(number, text, name, folder), encoding="utf-8")


def _plain(text: str) -> str:
    """A report without tables that has the text in its title, its preamble, a heading, a sentence and a list."""
    return (
        f"{text}{_TITLED}\n{text}，特此报告。\n一、总体情况\n（一）{text}\n本机关依法公开{text}。\n1. {text}\n"
        f"五、存在的主要问题及改进情况\n{text}\n六、其他需要报告的事项\n无{text}\n{text}\n2022年1月1日\n"
    )


def _description(number: int, text: str, name: str, folder: Path) -> str:
    """``office.yml`` with the text in every field that takes it, and whatever its reports are titled."""
    titles = [_printed_name(path) for path in sorted(folder.iterdir())]
    fields = {"id": identifier(number), "name": name, "kind": "乡镇人民政府", "place_known_by": "虚构，只用于测试。"}
    offered = {
        "place_known_by": text,
        "former_names": [text],
        "printed_names": [text],
        "source_urls": {2021: f"https://example.org/?{text}"},
        "website": f"https://example.org/{text}",
    }
    for key, value in offered.items():
        lines = _as_yaml({**fields, key: value})
        if parse_office(lines.encode(), "office.yml")[0] is not None:
            fields[key] = value  # type: ignore[assignment]
    names = [*fields.get("printed_names", []), *filter(None, titles)]
    return _as_yaml({**fields, "printed_names": list(dict.fromkeys(names))})


def _printed_name(path: Path) -> str | None:
    found = read_report(path.name, path.read_bytes()).filling.identity.name
    return found if found and not any(unicodedata.category(char) in UNSEEN for char in found) else None


def _as_yaml(fields: Mapping[str, object]) -> str:
    """JSON is YAML, but for keys that are numbers and characters that YAML wants escaped."""
    written = (f"{key}: {json.dumps(value)}\n" for key, value in fields.items())
    return re.sub(r'\{"(\d{4})"', r"{\1", "".join(written))

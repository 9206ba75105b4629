"""Examples to copy, shown on the page of the data. The tests run them as they stand."""

from __future__ import annotations

from typing import Final, NamedTuple

from disclosure.render import urls

LOCAL_SITE: Final = "http://localhost:8000/"
"""Where a site is looked at before it has an address: what ``scripts/build`` says."""


class Example(NamedTuple):
    """A piece of a program in a language, and in Chinese what it does."""

    what: str
    language: str
    code: str


def examples(site_url: str) -> tuple[Example, ...]:
    """Three examples for a site at this address; without one, for a local one."""
    data = f"{site_url or LOCAL_SITE}{urls.DATA_FILES}"
    api = f"{site_url or LOCAL_SITE}{urls.API_FILES}"
    return (
        Example(_PANDAS_WHAT, "python", _PANDAS.format(data=data)),
        Example(_DUCKDB_WHAT, "python", _DUCKDB.format(data=data)),
        Example(_JQ_WHAT, "sh", _JQ.format(api=api)),
    )


_PANDAS_WHAT: Final = "用 pandas：每个机关每年新收多少件申请，缺数仍是缺数。"
_PANDAS: Final = """\
import pandas as pd

figures = pd.read_parquet("{data}figures.parquet")
received = figures.query("row == 'received' and column == 'total'")
print(received.pivot(index="office", columns="year", values="value"))
"""

_DUCKDB_WHAT: Final = "用 DuckDB：每年的办理结果合计，并说明有几份报告有数。"
_DUCKDB: Final = """\
from urllib.request import urlretrieve

import duckdb

file = "measure_values.parquet"
urlretrieve("{data}" + file, file)
print(duckdb.sql(f\"\"\"
    SELECT year, sum(at_least) AS at_least,
           count(value) AS known, count(*) AS reports
    FROM '{{file}}' WHERE measure = 'handled'
    GROUP BY year ORDER BY year
\"\"\"))
"""

_JQ_WHAT: Final = "用 curl 和 jq：本站有哪些机关，各有哪些年度的报告。"
_JQ: Final = """\
curl -fsS "{api}offices.json" |
  jq -r '.data.offices[] | [.id, .name, .years[]] | @csv'
"""

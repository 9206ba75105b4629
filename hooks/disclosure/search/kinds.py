"""What pages of the site can be told apart by, for whoever searches."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple, TypeAlias

Facets: TypeAlias = Mapping[str, Sequence[str]]
"""What a page can be chosen by: values by the name that ``docs/assets/search.js`` has for them in an address."""


class PageKind(NamedTuple):
    """What readers call the pages of a folder of the site, and where they stand among the results of a query."""

    name: str
    order: int


_OTHER: Final = PageKind("其他", 1)
OFFICES: Final = "offices"
"""The folder of the pages that are put into parts by their place."""
_KINDS: Final = {
    OFFICES: PageKind("机关", 0),
    "regions": PageKind("地区", 1),
    "years": PageKind("年份", 1),
    "measures": PageKind("指标", 3),
    "terms": PageKind("术语", 1),
    "rules": PageKind("规则", 2),  # they mention everything
    "data": PageKind("数据", 3),
}
PAGE_KINDS: Final = (*(kind.name for kind in _KINDS.values()), _OTHER.name)
"""The values of the facet ``page``, which every page has, in the order in which they are offered."""


def kind_of(folder: str) -> PageKind:
    """The kind of the pages in this folder at the root of the site."""
    return _KINDS.get(folder, _OTHER)

"""The search index: which pages of the finished site hold which words, in parts of which a query loads few.

``text`` takes what can be found from a page, ``units`` says what of it counts as what, ``keys`` writes which of it
stands where, ``parts`` which pages go together, and ``copies`` does it all for a site. ``docs/assets/search-index.js``
and ``search-text.js`` are the reader's half; why it is so, and what was measured:
``docs/contributing/decisions/0025-search-in-parts.md``.
"""

from disclosure.search.copies import Copies, Placed, index_site
from disclosure.search.kinds import PAGE_KINDS, Facets

__all__ = ["PAGE_KINDS", "Copies", "Facets", "Placed", "index_site"]

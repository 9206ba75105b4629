"""api: everything that is published, as static JSON documents below ``/api/v1/``.

    kinds.py        what a kind of document is: its addresses, its meaning, its schema
    shapes.py       how schemas are put together, with the titles of ``export/schema.py``
    writer.py       the envelope, links that lead from where a document stands, pages of long lists, bytes
    offices.py …    one module per group of documents: schema and contents side by side
    openapi.py      ``schemas/`` and ``openapi.json``, made of the kinds
    site.py         all of them in one order (``write_api``), or in parts to write side by side (``api_parts``)

What may change, and how, is told in ``docs/contributing/api.md``.
"""

from disclosure.api.site import api_parts, write_api

__all__ = ["api_parts", "write_api"]

"""Pages: what the site says, described once in ``blocks.py`` and written as HTML and as Markdown."""

"""Pages: what the site says, described once in ``blocks.py`` and written as HTML and as Markdown.

Nothing is imported here, so that whoever needs only the words of ``legend.py`` does not load pandas.
"""

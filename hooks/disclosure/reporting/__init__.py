"""report: what the rules find, told to those who add and keep reports, in a terminal and in the tools of a review.

    selection   which findings are asked for: paths, or what changed since a revision
    result      the findings asked for, each with its line, what to do and the page of its rule
    formats     the notations: text, github, markdown, json, rdjsonl, a module each

The findings are those of the site, word for word. ``scripts/check_reports.py`` is the command.
"""

"""Invent a province or a country for tests and measurements: plausible figures, real forms, names that say 虚构.

    places    who reports: townships of the gazetteer, then departments of their counties, all marked as invented
    figures   what an office counts, year after year: every relation holds, also between years
    slips     the one figure that an office got wrong
    prose     what it writes about its year, with the same figures
    drafts    all of that for one office: a report of each year, before it is published in any layout
    store     the folders and files of a sample, and the truth beside them

How a draft becomes a file is for whoever asks (``tests/sample_reports.py``: every layout and damage of the laboratory).
What is made depends on the seed and the office alone: a small sample is a part of a larger one. Such a site is marked
on every page and cannot be published (``disclosure.fictional``).
"""

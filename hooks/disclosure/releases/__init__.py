"""releases: what changed between two releases of the open data, and the record of it that goes from one to the next.

    load      load.load_release        a folder or a zip archive of ``/data/v1/``  → Release
    compare   compare.compare          two releases                                → Changes
    tell      words.told               one change                                  → one Chinese sentence
    keep      history.extend           the release before, and this one            → History, ``changes.json``
    publish   feed.atom_feed           History                                     → ``changes.atom``
              page.changes_page        History                                     → the page ``/data/changes/``

A release is compared as it was published: nothing here reads a report.
"""

"""Read, prove, check and publish 政府信息公开工作年度报告.

The straight line, one public function per arrow, imports pointing one way::

    find    sources.find_sources    reports/ → offices, Source      which office, which year, which bytes
    read    read.read_document      bytes → Document                lines of text, each with its number
    fill    form.fill.fill_form     Document → Filling              numbers beside the form's rows; sections
    prove   prove.prove_tables      Filling → figures               a status each and, where needed, a proof
    merge   merge.merge_sources     [Report] → Report               several files of one year, compared and put together
    check   check.check_portal      [Report] → [Finding]            rules, one short named generator each
    gather  dataset.gather          → Dataset                       pandas tables
    render  render.site.render_site Dataset → [Page]                one description, as HTML and as Markdown
    publish open_data.publish_open_data Dataset → files             data/v1, api/v1, what changed since the last release

From ``read`` to ``prove`` it is ``reading``; for many files, in several processes, ``reading_all``. What an earlier
build has read is taken from ``reading_cache``. Pages of offices and open data are written side by side (``parallel``).

Before the line stands ``filing.run.add_reports``, which finds the place of a file in ``reports/`` and puts it there.

Beside it stands ``sample``, which invents offices for tests and measurements; ``fictional`` keeps them off every
published site.

``pipeline.build_portal`` calls them in this order. Nothing in this package imports MkDocs;
only ``hooks/publish_site.py`` does.
"""

"""Read, prove, check and publish 政府信息公开工作年度报告.

The straight line, one public function per arrow, imports pointing one way::

    find    sources.find_sources    reports/ → offices, Source      which office, which year, which bytes
    read    read.read_document      bytes → Document                lines of text, each with its number
    fill    form.fill_form          Document → Filling              numbers put beside the form's rows; narrative sections
    prove   prove.prove_report      Filling → Report                figures with a status and, where needed, a proof
    check   check.check_portal      [Report] → [Finding]            rules, one short named generator each
    gather  dataset.gather          → Dataset                       pandas tables
    render  render.render_site      Dataset → [Page, File]          one description per page, as HTML and as Markdown

``pipeline.build_portal`` calls them in this order. Nothing in this package imports MkDocs;
only ``hooks/publish_site.py`` does.
"""

"""Build regions on other machines: reading, proving and the pages of offices, by dask.distributed (optional).

    units.py    which regions are built apart
    work.py     what a machine does for one of them: a build of that region (``scripts/build --only``)
    run.py      hand them out, bring back what was made, and say what was not

What comes back is what a build keeps for the next one. The site is then made as ever, with that at hand, so that what
no machine has made is made here and the bytes are the same. How to run it: ``docs/contributing/cluster.md``.
"""

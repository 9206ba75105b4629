"""export: everything that is published, as files for programs and spreadsheets.

``schema.py`` describes every table once; CSV, Parquet, the workbook, ``datapackage.json`` and the dictionary follow it.
"""

"""File reports under ``reports/``: what ``scripts/add_report.py`` does.

inputs   files and folders as given → the files to look at, and what is no file of ours
examine  one file → who reports on which year, with all clues; runs in worker processes
ledger   what is filed already, and what was filed in this run
propose  examined file + ledger → a proposal, or why there is none
store    a proposal → files, never over others
talk     sentences and questions for people
run      all of it in order
"""

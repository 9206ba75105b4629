"""Which divisions there are, and where a body belongs that a report names.

    compact    the CSV files of the source → ``divisions.txt``, which lies here
    gazetteer  divisions by code and by name
    names      a printed name → the regions it begins with and what is left
    clues      what a text and its folder say about the place
    locate     name and clues → one place, or the choices

Nothing that builds the site or reads a report imports this: the gazetteer is loaded when something is filed.
"""

"""The statutory form: its tables and wordings, and the filling of it from a document."""

"""Help: articles in both languages, terms, and a page for every code."""

"""Suggestions: what an index calls things, completed while typing or after no hits."""

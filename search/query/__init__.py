"""The query language: text → pure tree → typed query bound to an index."""

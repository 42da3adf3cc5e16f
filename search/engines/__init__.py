"""Engines: one schema, one set of conditions, several ways to store and find records."""

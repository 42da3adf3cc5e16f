"""Reads tables: kind, heads, columns, rows in their hierarchy."""

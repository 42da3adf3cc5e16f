"""Reads running text: passages, and the figures that their clauses state."""

"""Compares one indicator over departments and years, budget beside final account."""

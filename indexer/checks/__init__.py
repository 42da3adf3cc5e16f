"""Checks 勾稽关系: relations between the figures of a disclosure, declared as data."""

"""Whose documents these are: organisations 机构, their kinds, regions 行政区划 and names."""

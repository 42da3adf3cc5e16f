"""Reads 绩效 forms: projects with their funds and indicators."""

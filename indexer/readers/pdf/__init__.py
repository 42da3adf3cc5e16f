"""Reads PDF: glyphs and rulings of a page, put together as its lines and tables."""

"""Reads scans: pictures of pages, by the extra `gongkai[ocr]`."""

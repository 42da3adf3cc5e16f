"""Readers of source forms: bytes in, a layout out."""

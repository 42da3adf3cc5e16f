"""Errors of reading: each is one line for the user and names the file's trouble."""


class ReadingError(Exception):
    """A source file cannot be read as a disclosure; the root of this package's errors."""

"""The time that a request may take: when it is over, what is left is not looked at, and told."""

import time


def deadline(seconds: float | None) -> float | None:
    """Return the time (`time.monotonic`) after `seconds`, None for no end."""
    return None if seconds is None else time.monotonic() + seconds


def spent(until: float | None) -> bool:
    """Return whether the time is over."""
    return until is not None and time.monotonic() >= until


def left(until: float | None) -> float | None:
    """Return the seconds that are left, none below zero."""
    return None if until is None else max(0.0, until - time.monotonic())

"""The most memory this process may take."""


def limit(most: int) -> None:
    """Let this process take no more than `most` bytes of address space.

    A limit set from outside, as by `ulimit -v`, may be lowered and never raised.
    """
    try:
        import resource  # noqa: PLC0415 - there is none on Windows
    except ImportError:
        return
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    allowed = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(resource.RLIMIT_AS, (allowed, allowed))

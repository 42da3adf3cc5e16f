"""Hits as they are stored."""

import zlib

import pytest

from search.engines.damage import DAMAGE
from search.engines.payloads import COMMON, packed, unpacked
from search.fields import SCHEMA_VERSION

HIT = '{"id":"a-r1","kind":"row","cells":[],"quote":"公务用车运行维护费\t1.50"}'


def test_a_hit_comes_back_as_it_was() -> None:
    assert unpacked(packed(HIT)).decode() == HIT


def test_a_hit_that_was_cut_off_or_changed_is_told() -> None:
    data = packed(HIT)
    for damaged in (data[:-1], data[:9], data[:20] + b"?" + data[21:], data + b"?", b""):
        with pytest.raises(DAMAGE):
            unpacked(damaged)


def test_what_hits_have_in_common_belongs_to_the_schema() -> None:
    """Other bytes could not unpack what is stored: whoever changes them raises the version."""
    assert (SCHEMA_VERSION, zlib.crc32(COMMON.encode())) == (9, 2182496966)

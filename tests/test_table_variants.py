"""Tables as other departments publish them give the same figures in every form."""

import pytest

from indexer.disclosure import read
from tests.table_cases import Case, cases, faults
from tests.table_forms import ENDINGS, FORMS

CASES = cases()


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_variant(case: Case, form: str) -> None:
    if form in case.skipped:
        pytest.skip("the form loses what the case needs")
    of = read(FORMS[form](case), f"x.{ENDINGS[form]}")
    assert faults(case, of) == []

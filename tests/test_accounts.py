"""The account tree: counts under 类, 款 and 项; it respects every filter but that on accounts."""

from hypothesis import given
from hypothesis import strategies as st

from search.accounts import account, code_of, tree
from search.index import Index
from search.results import FacetValue
from search.service import search


def _flat(values: tuple[FacetValue, ...]) -> dict[str, FacetValue]:
    found: dict[str, FacetValue] = {}
    for value in values:
        found |= {value.value: value, **_flat(value.children)}
    return found


def test_counts_gather_upwards() -> None:
    (social, services, purchase) = tree({
        "208 社会保障和就业支出": 3,
        "20805 行政事业单位养老支出": 2,
        "2080505 机关事业单位基本养老保险缴费支出": 4,
        "2080505 养老保险缴费": 1,
        "30231 公务用车运行维护费": 6,
        "B1101 维修保养服务": 7,
    })  # fmt: skip
    assert (social.value, social.label, social.count) == ("208", "社会保障和就业支出", 10)
    (pensions,) = social.children
    assert (pensions.value, pensions.count) == ("20805", 7)
    (account,) = pensions.children
    assert account == FacetValue(value="2080505", count=5, label="机关事业单位基本养老保险缴费支出")
    assert (services.value, services.label, services.count) == ("302", None, 6)
    assert [v.value for v in _flat((purchase,)).values()] == ["B", "B11", "B1101"]


def test_an_account_is_kept_with_its_name() -> None:
    assert code_of(account("2080505", "养老 保险")) == "2080505"
    assert account(None, "合计") == ""


CODES = st.from_regex(r"[123][0-9]{2}([0-9]{2}){0,2}", fullmatch=True)


@given(st.dictionaries(CODES, st.integers(1, 9)))
def test_a_node_counts_what_is_under_its_code(counts: dict[str, int]) -> None:
    for code, node in _flat(tree({f"{code} 名": n for code, n in counts.items()})).items():
        assert node.count == sum(n for other, n in counts.items() if other.startswith(code))


def test_a_node_counts_the_hits_that_choosing_it_gives(index: Index) -> None:
    for node in _flat(search(index, "决算").facets["code"]).values():
        assert search(index, f"决算 科目:{node.value}", limit=1).total.value == node.count


def test_the_tree_respects_every_filter_but_its_own(index: Index) -> None:
    whole = search(index, "2024").facets["code"]
    assert search(index, "2024 科目:20805").facets["code"] == whole
    assert search(index, "2024 科目:20805 部门:泽州").facets["code"] != whole


def test_several_codes_are_any_of_them(index: Index) -> None:
    either = search(index, "2080505 2080506").total.value
    assert either == sum(search(index, code).total.value for code in ("2080505", "2080506"))

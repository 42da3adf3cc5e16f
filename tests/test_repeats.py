"""Text that many documents repeat is one hit that names the others; facts never are."""

import pytest

from search.index import Index
from search.model import Disclosure, Locator, Passage
from search.repeats import explained_term, repeat_key
from search.service import MAX_PER_PAGE, search, understand

PLACE = Locator(line_start=1, line_end=1, char_start=0, char_end=9)


def _passage(text: str, part: str = "narrative") -> Passage:
    return Passage(id="p", text=text, section=(), part=part, quote=text, locator=PLACE)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1、基本支出：指为保障机构正常运转发生的支出。", "三、基本支出：为完成日常工作任务的支出"),
        ("（六）“三公”经费：纳入预算管理。", "“三公”经费是指因公出国、公务用车和接待。"),
    ],
)
def test_a_term_is_defined_once(one: str, other: str) -> None:
    assert repeat_key(_passage(one, "definition"), ())
    assert repeat_key(_passage(one, "definition"), ()) == repeat_key(
        _passage(other, "definition"), ()
    )


def test_a_term_may_be_the_heading_of_its_definition() -> None:
    headed = _passage("专指教育收费，包括学费。", "definition")
    headed = headed.model_copy(update={"section": ("第四部分 名词解释", "六、财政专户管理资金：")})
    assert explained_term(headed) == "财政专户管理资金"
    assert explained_term(headed.model_copy(update={"section": ("第四部分 名词解释",)})) == ""


def test_text_is_the_same_but_for_department_and_numbers() -> None:
    one = repeat_key(_passage("县财政局2024年无国有资本经营预算，本表为空。"), ("县财政局",))
    other = repeat_key(_passage("市教育局2023年无国有资本经营预算，本表为空。"), ("市教育局",))
    assert one == other
    assert one != repeat_key(_passage("市教育局2023年无政府性基金预算，本表为空。"), ("市教育局",))


def test_a_fact_stands_alone(disclosures: dict[str, Disclosure]) -> None:
    for disclosure in disclosures.values():
        for passage in disclosure.passages:
            if passage.statements and passage.part == "narrative":
                assert not repeat_key(passage, ())
    assert not repeat_key(_passage("无。"), ())


def test_hits_are_those_of_the_query_with_repeats_together(index: Index) -> None:
    found = search(index, "机关运行经费", limit=MAX_PER_PAGE)
    named = [hit.id for hit in found.hits] + [r.id for hit in found.hits for r in hit.repeats]
    assert found.shown == len(found.hits) < found.total.value
    assert sorted(named) == sorted(
        index.reader.records(understand(index.reader, "机关运行经费").bound)
    )
    definition = next(hit for hit in found.hits if hit.repeated)
    assert definition.section[-1].endswith("名词解释")
    others = {repeat.document.id for repeat in definition.repeats}
    assert definition.repeated == len(definition.repeats) == len(others)
    assert definition.document.id not in others


def test_pages_hold_every_hit_once(index: Index) -> None:
    whole = search(index, "政府采购", limit=MAX_PER_PAGE)
    paged = [search(index, "政府采购", page=n, limit=3) for n in range(1, 20)]
    assert [hit.id for page in paged for hit in page.hits] == [hit.id for hit in whole.hits]
    assert paged[0].pages == -(-whole.shown // 3)


def test_facets_count_records(index: Index) -> None:
    found = search(index, "机关运行经费")
    assert sum(value.count for value in found.facets["type"]) == found.total.value

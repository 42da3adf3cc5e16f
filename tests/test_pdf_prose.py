"""PDF: a sentence with figures filled into blanks is a sentence, words in columns are none."""

from collections.abc import Sequence

import pytest

from indexer.disclosure import read
from indexer.readers.pdf.reader import read_pdf
from tests.conftest import statements
from tests.make_pdf import MARGIN, Maker, grids, texts, width_of

Line = Sequence[str]
"""Pieces of a line; a blank of some ems stands between each two."""
BLANKS = (1.2, 2.0, 3.5, 5.0)
"""Ems of the blanks that a form leaves around a figure."""

SENTENCES: Sequence[tuple[Sequence[Line], Sequence[str]]] = (
    ([["收入预算总计", "318.50万元，比上年增加", "20.15", "万元。"]], ["318.50万元", "20.15万元"]),
    ([["1．财政拨款收入", "310.00 万元；"], ["2．其他资金收入", "8.50 万元；"],
      ["3．事业单位收入", "7.25 万元。"]], ["310.00万元", "8.50万元", "7.25万元"]),
    ([["基本支出", "220.00", "万元，占", "69.07", "%；"],
      ["项目支出", "98.50", "万元，占", "30.93", "%；"],
      ["其他支出", "11.50", "万元，占", "3.61", "%。"]],
     ["220.00万元", "69.07%", "98.50万元", "30.93%", "11.50万元", "3.61%"]),
    ([["因公出国（境）费", "5 万元,比上年减少", "1", "万元;"]], ["5万元", "1万元"]),
    ([["购置车辆", "2 辆，支出", "36.00 万元。"]], ["2辆", "36.00万元"]),
    ([["公务接待", "15 批次，共", "120", "人次。"]], ["15批次", "120人次"]),
    ([["政府采购预算总额", "1,204.30", "万元，其中货物类", "300 万元。"]],
     ["1204.30万元", "300万元"]),
    ([["部门整体支出", "2.35 亿元，执行率", "98.2", "%。"]], ["2.35亿元", "98.2%"]),
    ([["全年培训", "12 期，培训", "640", "人次，"], ["支出", "18.00 万元，比上年下降", "4 %。"]],
     ["12期", "640人次", "18.00万元", "4%"]),
    ([["办公用房面积", "860 平方米，", "租金", "43.00 万元。"]], ["860平方米", "43.00万元"]),
)  # fmt: skip


def _draw(maker: Maker, lines: Sequence[Line], blank: float) -> None:
    for number, line in enumerate(lines):
        maker.room(20)
        x = MARGIN + (0 if number else 24)
        for piece in line:
            maker.text(x, maker.top + 12, piece)
            x += width_of(piece, 12) + blank * 12
        maker.top += 19.2


@pytest.mark.parametrize(("lines", "quantities"), SENTENCES)
@pytest.mark.parametrize("blank", BLANKS)
def test_a_figure_in_a_blank_stays_in_its_sentence(
    lines: Sequence[Line], quantities: Sequence[str], blank: float
) -> None:
    maker = Maker()
    maker.centred("某某县水库管理处2023年部门预算", 16)
    maker.paragraph("一、预算情况说明")
    maker.paragraph(
        "本单位按照有关规定编制年度预算，严格控制各项支出，保障正常运转和各项重点工作。"
    )
    _draw(maker, lines, blank)
    data = maker.data()
    layout = read_pdf(data)
    assert not grids(layout)
    assert not any(line.loose for line in layout.lines)
    printed = ["".join(text.split()) for text in texts(layout)]
    assert all("".join("".join(line).split()) in "".join(printed) for line in lines)
    found = {f"{s.value}{s.unit}" for s in statements(read(data, "x.pdf"))}
    assert found == set(quantities)


WORDS = (
    ["根据本处职责", "做好防汛值守"],
    ["按照有关要求安排", "巡查堤坝"],
    ["全年", "不发生责任事故"],
    ["对外", "公开预算情况"],
)


def test_words_far_apart_make_no_columns_without_a_gutter() -> None:
    maker = Maker()
    maker.paragraph("一、工作说明")
    _draw(maker, WORDS, 1.6)
    assert not any(line.loose for line in read_pdf(maker.data()).lines)


def test_words_around_a_gutter_are_loose() -> None:
    maker = Maker()
    maker.paragraph("一、工作说明")
    for number, (left, right) in enumerate(WORDS):
        maker.text(MARGIN, maker.top + 14 + 18 * number, left)
        maker.text(MARGIN + 160, maker.top + 14 + 18 * number, right)
    assert sum(line.loose for line in read_pdf(maker.data()).lines) == 2 * len(WORDS)


def test_remarks_do_not_make_sentences_of_rows() -> None:
    maker = Maker()
    maker.centred("支出预算表")
    maker.right("单位：万元")
    table = [
        ("科目", "上年", "本年", "说明"),
        ("办公费", "12.00", "10.50", "压减办公开支，减少。"),
        ("印刷费", "3.00", "4.20", "增加，新印资料。"),
        ("差旅费", "8.00", "7.00", "减少，严格审批。"),
    ]
    for number, row in enumerate(table):
        for x, cell in zip((60, 180, 260, 340), row, strict=True):
            maker.text(x, 120 + 20 * number, cell)
    assert grids(read_pdf(maker.data())) == [list(row) for row in table]

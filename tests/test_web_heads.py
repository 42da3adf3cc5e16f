"""Column heads are merged as they are printed."""

from web.heads import HeadCell, of_lines, of_paths


def test_paths_share_their_outer_heads() -> None:
    paths = [("合计",), ("本年", "基本"), ("本年", "项目"), ("上年",)]
    assert of_paths(paths, ["", "", "", "辆"]) == [
        [
            HeadCell("合计", rows=2),
            HeadCell("本年", columns=2),
            HeadCell("上年", rows=2, unit="辆"),
        ],
        [HeadCell("基本"), HeadCell("项目")],
    ]


def test_equal_heads_that_do_not_touch_stay_apart() -> None:
    paths = [("支出", "金额"), ("合计",), ("支出", "金额")]
    assert of_paths(paths, ["", "", ""])[0] == [
        HeadCell("支出"),
        HeadCell("合计", rows=2),
        HeadCell("支出"),
    ]


def test_a_row_without_columns_has_no_heads() -> None:
    assert of_paths([()], [""]) == []


def test_blanks_belong_to_the_head_beside_or_above_them() -> None:
    lines = [
        ["收入", "", "支出", "", "", ""],
        ["项目", "金额", "项目", "金额", "", ""],
        ["", "", "", "小计", "一般公共预算", "政府性基金预算"],
    ]
    assert of_lines(lines) == [
        [HeadCell("收入", columns=2), HeadCell("支出", columns=4)],
        [
            HeadCell("项目", rows=2),
            HeadCell("金额", rows=2),
            HeadCell("项目", rows=2),
            HeadCell("金额", columns=3),
        ],
        [HeadCell("小计"), HeadCell("一般公共预算"), HeadCell("政府性基金预算")],
    ]


def test_a_head_is_not_stretched_over_half_of_itself() -> None:
    assert of_lines([["收入", ""], ["", "项目"]]) == [
        [HeadCell("收入", columns=2)],
        [HeadCell(""), HeadCell("项目")],
    ]


def test_every_line_fills_every_column() -> None:
    lines = [["甲", "", "乙", "", ""], ["", "丙", "", "丁", ""], ["1", "2", "3", "4", "5"]]
    covered = [[0] * 5 for _ in lines]
    for number, line in enumerate(of_lines(lines)):
        column = 0
        for head in line:
            while covered[number][column]:
                column += 1
            for n in range(number, number + head.rows):
                for c in range(column, column + head.columns):
                    covered[n][c] += 1
    assert covered == [[1] * 5] * 3

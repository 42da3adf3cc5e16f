"""What a document is: only a filled disclosure counts as a department's."""

import pytest

from indexer.disclosure import read

FORM = """河阳市XX局
2024年度部门决算

目录

第一部分 河阳市XX局概况

一、主要职能

XX局的主要职能是：XXXXXX。

第三部分 河阳市XX局2024年度部门决算情况说明

一、收入支出决算总体情况说明

2024年度收入总计XXX万元，支出总计XXX万元，比上年增加（减少）XXX万元，增长（下降）XX%。

二、收入决算情况说明

本年收入合计XXX万元，其中财政拨款收入XXX万元。
"""
CHECKLIST = """2024年度部门决算公开情况检查表

序号\t检查内容\t是否公开\t存在问题
1\t收入支出决算总表是否公开\t是\t无
2\t“三公”经费支出决算表是否公开\t否\t未公开
3\t绩效自评结果是否公开\t是\t无
"""
ARTICLE = """多家单位“晒”出2023年账本

本报讯（记者 张三）近日，河阳市各部门陆续公开2023年度部门决算。记者从市财政局获悉，
全市“三公”经费支出3200万元，比上年下降5%。

市财政局有关负责人介绍，公开范围逐步扩大。
"""
NOTICE = """关于做好2024年度部门决算公开工作的通知

各县财政局：

现将有关事项通知如下。

一、公开的内容应当完整。

二、公开应当及时。
"""
FILLED = """河阳县财政局
2024年度部门决算

第二部分 报表

收入支出决算总表
部门：河阳县财政局
单位：万元
项目\t决算数
一、财政拨款收入\t120.00
本年收入合计\t120.00

第三部分 情况说明

一、总体情况

2024年度收入总计120万元，比上年增加XX万元。
"""
BLANKS = """河阳县财政局2024年度部门预算情况说明

一、收支情况

2024年收入预算    万元，其中财政拨款    万元，占    %。

2024年支出预算    万元，比上年增加    万元，增长    %。
"""


@pytest.mark.parametrize(
    ("text", "genre"),
    [
        (FORM, "form"),
        (FORM.replace("XXX", "×××").replace("XX", "××"), "form"),
        (FORM.replace("XXX", "____").replace("XX", "___"), "form"),
        (BLANKS, "form"),
        (CHECKLIST, "checklist"),
        (CHECKLIST.replace("检查表", "自查表").replace("检查内容", "自查内容"), "checklist"),
        (ARTICLE, "article"),
        (ARTICLE.replace("本报讯（记者 张三）", "中新社河阳7月25日电 "), "article"),
        (NOTICE, "other"),
        (FILLED, "disclosure"),
        ("一、收入情况\n\n本年收入10万元。\n", "disclosure"),
    ],
)
def test_genre(text: str, genre: str) -> None:
    assert read(text.encode(), "a.txt").genre == genre


def test_what_is_no_disclosure_says_what_it_is() -> None:
    assert any("空白样表" in str(warning) for warning in read(FORM.encode(), "a.txt").warnings)
    assert not any("统计" in str(warning) for warning in read(FILLED.encode(), "a.txt").warnings)

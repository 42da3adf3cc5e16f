"""Saved pages: what a site prints around a document is none of its narrative."""

import pytest

from indexer.disclosure import read
from search.model import Disclosure

_BODY = (
    "云岭县水利局2024年部门预算\n\n一、收支情况\n\n本年收入合计120.50万元，支出合计120.50万元。\n"
)


def _read(above: str, below: str = "") -> Disclosure:
    return read(f"{above}\n{_BODY}\n{below}\n".encode(), "网页.txt")


SITES = [
    ("首页 > 政务公开 > 财政预决算\n发布时间：2024-02-05 来源：县水利局 字号：[大 中 小]", ""),
    ("网站首页\n新闻中心\n政务服务\n互动交流\n您现在的位置：首页 > 信息公开\n", "打印 关闭"),
    ("当前位置：首页>>部门动态\n浏览次数：312", "上一篇：关于放假的通知\n下一篇：没有了"),
    ("索引号：0145-2024-003\n发布机构：县水利局\n发布日期：2024-02-05", "分享到：\n微信 微博"),
    ("信息来源：县财政局\n发布时间：2024年2月5日", "附件：2024年预算公开表.xlsx\n打印本页"),
    (
        "首页/公开目录/预算",
        "主办：云岭县人民政府\n备案号：滇ICP备05000001号\n联系电话：0870-1234567",
    ),
    (
        "来源：县水利局\n发布时间：2024-02-05 09:30",
        "扫一扫在手机打开当前页\n版权所有：云岭县人民政府",
    ),
    ("公开日期：2024-02-05\n公开方式：主动公开", "2024年部门预算.pdf\n返回顶部"),
    ("首页→政府信息公开→预算", "【打印】【关闭】"),
    ("监督索引号53062100001000\n发布时间：2024-02-05\n来源：本站", "预算表.xls\n收藏本页"),
]


@pytest.mark.parametrize(("above", "below"), SITES)
def test_lines_of_a_site_are_no_narrative(above: str, below: str) -> None:
    of = _read(above, below)
    said = [passage for passage in of.passages if passage.part == "narrative"]
    assert [s.value for p in said for s in p.statements] == [120.50, 120.50]
    assert len(said) == 1
    assert [section.title for section in of.sections] == ["一、收支情况"]
    assert (of.year, of.report) == (2024, "预算")
    kept = "".join(passage.text for passage in of.passages)
    assert all(line.split()[0] in kept for line in (above + "\n" + below).split("\n") if line)


@pytest.mark.parametrize("line", ["来源：财政拨款", "中：", "附件：预算表", "收入来源包括拨款"])
def test_a_document_without_a_site_keeps_its_lines(line: str) -> None:
    of = read(f"一、情况\n\n本年支出10万元，其\n{line}\n".encode(), "文.txt")
    assert any(line in passage.text for passage in of.passages if passage.part == "narrative")

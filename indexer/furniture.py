"""Lines that a site prints around a saved page: they belong to no document."""

import re
from collections.abc import Sequence
from typing import Final

from indexer import lines as kinds
from indexer.layout import Line

MAX_ABOVE: Final = 80
"""Navigation prints no more lines above the path that a page begins with."""
MAX_FOOT: Final = 15
"""The foot of a page has no more lines."""
MAX_ENTRY: Final = 14
"""A longer line above the path is no entry of a navigation."""

MIN_KINDS: Final = 2
"""Kinds of lines that tell a site where it prints no path."""

_PATH = re.compile(r"(?:您?(?:现在|当前)?的?(?:所在)?位置(?:[::]|是)|当前位置)|首页[>»›/→|-]+.")
_ABOUT = re.compile(
    r"(?:(?:发布|发文|成文|生成|更新|公开|录入)(?:时间|日期)|日期[::]20|(?:信息|文章|稿件|内容)?来源|作者|责任编辑|编辑|浏览(?:次数|量)|"
    r"点击(?:数|量|次数)|阅读(?:次数|量)|访问量|字(?:体|号)(?:大小)?|监督索引号|(?:信息)?索引号|信息(?:分类|名称|类别)|主题(?:词|分类)|"
    r"发布(?:机构|单位|部门)|发文(?:机关|字号)|文号|有效性|组配分类|公开(?:方式|时限|类别|范围|形式))[::]?(?=.)"
)
_BUTTON = (
    r"(?:分享(?:到|至)?|打印(?:本页|此页|正文)?|关闭(?:窗口|本页)?|收藏(?:本页)?|微信|微博|新浪微博|QQ空间|"
    r"扫一扫(?:在手机打开当前页)?|返回(?:顶部|首页|列表)|字体|字号|大中小|TOP|繁体|无障碍(?:浏览|阅读)?)"
)
_BUTTONS = re.compile(rf"[\[【]?{_BUTTON}(?:[\[\]【】|:+-]*{_BUTTON})*[\]】:]?")
_NEIGHBOUR = re.compile(r"(?:上|下)一[篇条页][::]?.*|相关(?:链接|阅读|文章|附件)[::]?")
_FILE = re.compile(r".*\.(?:pdf|docx?|xlsx?|wps|et|ofd|zip|rar)(?:\([^)]*\))?(?:下载)?", re.I)
_FOOT = re.compile(
    r"(?:主办(?:单位)?|承办(?:单位)?|版权所有|技术支持|网站标识码|网站地图|备案(?:序?号)?)[::]?|copyright|©|.*(?:ICP备|公网安备)",
    re.I,
)
_SENTENCE = re.compile(r"[,;。]")


def furniture(printed: Sequence[Line]) -> frozenset[int]:
    """Return the numbers of the lines that the site prints around its page.

    One kind of such lines alone tells no site: a form asks for its 来源, a list names files.
    """
    texts = [kinds.squeezed(line) for line in printed]
    found = {
        index: kind
        for index, (line, text) in enumerate(zip(printed, texts, strict=True))
        if not line.is_grid and (kind := _kind(text))
    }
    path = next((i for i, text in enumerate(texts[:MAX_ABOVE]) if _PATH.match(text)), None)
    last = max(0, len(printed) - MAX_FOOT)
    foot = next((i for i in range(last, len(printed)) if _FOOT.match(texts[i])), len(printed))
    if path is not None:
        found[path] = "path"
        found |= {i: "path" for i in range(path) if _is_entry(printed[i], texts[i])}
    found |= dict.fromkeys(range(foot, len(printed)), "foot")
    if path is None and len(set(found.values())) < MIN_KINDS:
        return frozenset()
    return frozenset(printed[index].number for index in found)


def _kind(text: str) -> str:
    """Return which kind of a site's lines the text is, empty where it is none."""
    if len(text) > kinds.MAX_TITLE or _SENTENCE.search(text):
        return ""
    if _names_page(text):
        return "about"
    if _FILE.fullmatch(text):
        return "file"
    return "button" if _BUTTONS.fullmatch(text) or _NEIGHBOUR.fullmatch(text) else ""


def _names_page(text: str) -> bool:
    """Return whether the text tells of a page: when it was published, where from, its number."""
    match = _ABOUT.match(text)
    return match is not None and ":" in text[: match.end() + 1]


def _is_entry(line: Line, text: str) -> bool:
    short = all(len(part) <= MAX_ENTRY for part in line.text.split())
    return not line.is_grid and short and not _SENTENCE.search(text)

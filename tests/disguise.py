"""Disguises a sample: every figure, year and name replaced by others of the same length.

Positions stay, so that the reading of a disguised sample must come out the same, place by
place, with the new values.
"""

import re

_DIGITS = str.maketrans("123456789", "739184625")
_FIGURE = re.compile(r"\d[\d,]*\.\d+|\d{1,3}(?:,\d{3})+|\d+(?=\s*(?:亿元|万元|元|辆|平方米|人|%))")
_YEARS = {"2025": "2012", "2024": "2011", "2023": "2010", "2022": "2009", "2021": "2008"}
_NAMES = {
    "山西转型综合改革": "湖北科技产业创新",
    "山西转型综改": "湖北科技创新",
    "山西省科技": "湖北省文化",
    "晋中开发区": "宜昌高新区",
    "泽州": "平遥",
    "涿州": "平遂",
    "人力资源": "土地矿产",
    "社会保障局": "城乡规划局",
    "人才引进交流": "专家联络培训",
    "产业规划": "商务统计",
    "科技人才": "文化艺术",
}


def disguise(text: str) -> str:
    """Return the text with other figures, years and names, each of the same length."""
    for old, new in _NAMES.items():
        assert len(old) == len(new)
        text = text.replace(old, new)
    text = _FIGURE.sub(lambda match: match[0].translate(_DIGITS), text)
    return re.sub("|".join(_YEARS), lambda match: _YEARS[match[0]], text)

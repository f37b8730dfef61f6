"""The names of persons in a Chinese text are told by what stands beside them."""

from __future__ import annotations

import pytest

from bot.text.chinese_names import persons


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("磨坊由陈守义建造。", ["陈守义"]),
        ("磨坊主人是沈秋，已经八十岁。", ["沈秋"]),
        ("去年五月，何志远当选镇长。", ["何志远"]),
        ("他请来了朱文博士和赵女士。", ["朱文", "赵女士"]),
        ("画家欧阳雪住在河边。", ["欧阳雪"]),
        ("守门人名叫白峰。", ["白峰"]),
        ("歌剧由作曲家埃米尔·诺瓦克写成。", ["米尔·诺瓦"]),
        ("冠军是选手马里奥，他只有十九岁。", ["马里奥"]),
        ("铁路被一家矿业公司买下。", ["一家矿业公司"]),
        ("高山上有白色的石头。", []),
        ("工程师高度赞扬了这个方案。", []),
        ("桥由石头砌成，江边种着柳树。", []),
        ("馆长任期五年。", []),
        ("罗马是一座古城。", []),
        ("三百人向前走了几步。", []),
        ("由于她在河边，大家都来了。", []),
        ("", []),
        ("王", []),
        ("由", []),
    ],
)
def test_names_are_told_by_what_stands_beside_them(sentence: str, expected: list[str]) -> None:
    assert persons(sentence) == expected

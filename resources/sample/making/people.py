"""Invented names: common surnames, given names put together by chance, and the rare characters that offices meet."""

from __future__ import annotations

from random import Random

SURNAMES = "钱周吴郑冯陈褚蒋沈韩杨朱秦许何吕施张曹严华金魏陶姜戚谢邹喻柏窦章苏潘葛范彭鲁韦马苗方俞任袁柳鲍史唐费岑薛雷贺倪汤"
FIRST = "蕙砚沐岚聿疏霁屿棠临舟闻笛蔚芷亦祺望叙若书衡攸景知云予允弘彦思清怀绍维令仲季文承延修荣"
SECOND = "澜川柏言歌宁远舒白青禾野安章桐棣青岑洲枫溪声朔贤兰菲桓翰瑜洁群敏谦峰萍燕伟涛丽辉娟"
RARE = "喆堃昇頔镕犇燚"
"""Outside the commonest 3,500 characters, yet in people's names."""
EXTENSION_A = "䶮"
EXTENSION_C_UP = "𬭎"
"""Beyond the BMP: old .xls writers cannot hold it."""


class Names:
    """Hands out invented names, each only once."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._given: set[str] = set()

    def take(self, last: str = "") -> str:
        """A name that nobody has yet; `last` is its last character where a certain one is wanted."""
        while True:
            name = self._rng.choice(SURNAMES) + self._given_name(last)
            if name not in self._given:
                self._given.add(name)
                return name

    def _given_name(self, last: str) -> str:
        if last or self._rng.random() < 0.06:
            rare = last or self._rng.choice(RARE)
            return rare if self._rng.random() < 0.4 else self._rng.choice(FIRST) + rare
        return self._rng.choice(FIRST) + self._rng.choice(SECOND)


def extension(rng: Random) -> str:
    """A six-digit number inside the university, which dials nobody outside it."""
    return f"66{rng.randrange(1000, 9999)}"

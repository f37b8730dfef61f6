"""Nothing that a Russian member of a Russian server is shown is left in English."""

from __future__ import annotations

from pathlib import Path

from tests.frontends.discord_bot.playing import connected, playing, run
from tests.frontends.discord_bot.walkthrough import Walkthrough, Wording
from tests.languages.escapes import latin_words
from tests.loopback.world import EVERYDAY, MANAGE_GUILD, Person

ARTICLES = {
    "mayak.md": (
        "---\ntitle: Маяк на мысу\nauthor: Анна Орлова\npublished: 2021-03-04\n---\n\n"
        "Маяк на мысу построили в 1871 году рабочие из деревни. Его лампа горела на китовом жире.\n"
    ),
    **{
        f"kamen-{number}.md": (
            f"---\ntitle: Камень номер {number}\n---\n\n"
            f"Камень номер {number} нашли в реке у старой мельницы весной.\n"
        )
        for number in range(12)
    },
}
IN_RUSSIAN = Wording(
    question="Какой камень нашли в реке у мельницы?",
    miss="Какой дирижабль возит лампы и камень в Занзибар?",
    follow_up="а когда?",
    title="Маяк на мысу",
    own_title="Солнечные часы",
    own_text="Солнечные часы во дворе идут верно в полдень. Зимой на них никто не смотрит.",
    language="ru",
)
NOT_OURS = {
    "Discord", "Apps", "Keepers",
    # options of commands, and a value
    "question", "article", "title", "private", "True", "False",
    # languages under their own names
    "English", "Deutsch", "Espa", "Fran", "ais", "Italiano", "Polski", "Portugu", "ol", "rk",
}  # fmt: skip


def test_a_russian_member_is_shown_nothing_in_english(tmp_path: Path) -> None:
    async def scene() -> None:
        async with playing(tmp_path, ARTICLES, by_description=False) as (discord, settings):
            guild = discord.add_guild("Север")
            guild.locale = "ru"
            anna = Person("Анна", locale="ru")
            guild.permissions[anna.id] = EVERYDAY | MANAGE_GUILD
            walk = Walkthrough(discord, guild, anna, IN_RUSSIAN)
            async with connected(discord, settings) as play:
                await walk.everything()
                await play.bot.finish(5)
            lines = {line for text in walk.seen for line in text.split("\n")}
            escaped = {line for line in lines if latin_words(line, NOT_OURS)}
            assert escaped == set()
            assert len(walk.seen) > 80

    run(scene())

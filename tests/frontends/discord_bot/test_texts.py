"""Texts from articles and people, in every message the bot sends: they do nothing, they are whole
or cut where a sentence ends, and what a reader copies is the article's own."""

from __future__ import annotations

import re
from pathlib import Path

from bot.frontends.discord.commands.commands import ASK_ABOUT
from bot.service.tenants import discord_server
from tests.frontends.discord_bot.cards.test_rendering import OURS
from tests.frontends.discord_bot.playing import connected, playing, run
from tests.frontends.discord_bot.test_library import ADA, BOSS, add, guild_of
from tests.loopback import markdown, rules
from tests.loopback.server import LoopbackDiscord
from tests.loopback.world import Json, Message

MARKS = (
    "@everyone @here <@1> <@!1> <@&2> <#3> <id:guide> </ask:4> <t:5:R> <:e:6> <a:e:7> :smile: "
    "**b** __u__ *i* _i_ ~~s~~ ||spoiler|| `code` ```block``` [masked](https://evil.example/) "
    "https://evil.example/a_b_c <https://evil.example> <a@evil.example> ¯\\_(ツ)_/¯ 🦊"
)
HOSTILE = (
    f"The lamp was lit. {MARKS} The keeper of the lamp was called Ruth {MARKS} and nobody else.\n"
    "# No heading\n-# Not small\n> No quote\n1. No list\n- None either"
)
TITLE = f"# {MARKS}"
QUESTION = f"Who was the keeper of the lamp? {MARKS}"


def sent(discord: LoopbackDiscord) -> list[Json]:
    """The bodies of all messages that the bot sent or changed."""
    bodies = [(request.body or {}) for request in discord.requests if request.method != "PUT"]
    bodies = [body.get("data", body) for body in bodies if isinstance(body, dict)]
    return [body for body in bodies if body.get("components") and "title" not in body]


def texts(body: Json) -> list[str]:
    """The texts in a message's body."""
    place = Message(ADA, LoopbackDiscord().direct(), components=body["components"])
    return [body["content"], *place.texts] if body.get("content") else place.texts


def test_nothing_in_a_text_takes_effect_in_any_message(tmp_path: Path) -> None:
    async def scene() -> None:
        async with playing(tmp_path) as (discord, settings):
            north = guild_of(discord)
            channel = north.channel
            async with connected(discord, settings) as play:
                added = await add(discord, north, title=TITLE[:200], text=HOSTILE)
                assert added.text.startswith("Added **")
                again = HOSTILE.replace("nobody", "no one")
                await add(discord, north, title=f"Other {TITLE}"[:200], text=again)
                files = [discord.upload(f"{MARKS[:40]}.exe", b"MZ")]
                await add(discord, north, files=files)
                asked = await discord.slash(
                    ADA, channel, "ask", question=QUESTION, article="masked", private=True
                )
                await discord.answered(asked)
                asked = await discord.slash(ADA, channel, "ask", question=QUESTION, private=True)
                answer = await discord.answered(asked)
                quoted = markdown.plain(markdown.parse(answer.texts[1]))
                slug = answer.texts[2].rpartition("`")[0].rpartition("`")[2].partition("#")[0]
                article = play.replies.shelves.library(discord_server(north.id)).article(slug)
                assert quoted == article.quote(1, 1)
                assert "The keeper of the lamp was called Ruth" in quoted
                for label in ("Context", "Why this passage?", "Share"):
                    await discord.answered(await discord.press(ADA, answer, label))
                said = await discord.say(ADA, channel, QUESTION, mention=True)
                await discord.reply_to(said)
                miss = await discord.say(ADA, channel, f"{MARKS} zyzzyva qwertz?")
                about = await discord.message_command(ADA, channel, ASK_ABOUT, miss)
                await discord.answered(about)
                for name, options in (
                    ("article", {"title": slug}),
                    ("article", {"title": MARKS}),
                    ("ask", {"question": QUESTION, "article": MARKS}),
                    ("articles", {}),
                    ("help", {}),
                    ("library remove", {"title": slug}),
                    ("library remove", {"title": MARKS}),
                ):
                    await discord.answered(await discord.slash(BOSS, channel, name, **options))
                north.roles[north.id + 1] = MARKS
                await discord.gateway.dispatch(
                    "GUILD_ROLE_CREATE",
                    {"guild_id": str(north.id), "role": north.role_payload(north.id + 1)},
                    north.id,
                )
                role = await discord.role_command(BOSS, channel, "library role", role=north.id + 1)
                assert "everyone" in (await discord.answered(role)).text
            bodies = sent(discord)
            assert len(bodies) > 15
            for body in bodies:
                assert body["allowed_mentions"]["parse"] == []
                assert not body["allowed_mentions"].get("replied_user")
                for text in texts(body):
                    ours = re.sub(r"</[a-z ]+:\d{19}>", "", text)  # commands that can be tapped
                    assert markdown.kinds(markdown.parse(ours)) <= OURS, text

    run(scene())


def test_long_passages_are_cut_at_sentence_ends_within_the_limits(tmp_path: Path) -> None:
    # A paragraph of fewer than 400 words is one passage, however much its words weigh here.
    filler = "The _🦊🦊🦊🦊🦊🦊_ keeper [🦊🦊🦊🦊🦊🦊] **wrote** down *🦊🦊🦊🦊🦊🦊🦊* number. "
    sentences = [filler.replace("number", str(n)) for n in range(48)]
    sentences[20] = "The golden lantern was stolen by two 🦊🦊 sailors. "
    long = "".join(sentences).strip()
    endless = "The silver anchor lay at " + "🦊" * 5000

    async def scene() -> None:
        async with playing(tmp_path) as (discord, settings):
            north = guild_of(discord)
            async with connected(discord, settings):
                for name, text in (("Book", long), ("Anchor", endless)):
                    file = discord.upload(f"{name}.txt", text.encode())
                    said = await add(discord, north, files=[file])
                    assert said.texts == [f"Added **{name}**."]
                for question, whole in (
                    ("Who stole the golden lantern?", long),
                    ("Where lay the silver anchor?", endless),
                ):
                    asked = await discord.slash(ADA, north.channel, "ask", question=question)
                    message = await discord.answered(asked)
                    shown = [message]
                    for label in ("Context", "Why this passage?"):
                        pressed = await discord.press(ADA, message, label)
                        shown.append(await discord.answered(pressed))
                    title = "Book" if whole is long else "Anchor"
                    whole_article = await discord.slash(ADA, north.channel, "article", title=title)
                    shown.append(await discord.answered(whole_article))
                    assert all(sum(map(rules.length, each.texts)) <= 4000 for each in shown)
                    for text in (message.texts[1], shown[3].texts[1]):
                        nodes = markdown.parse(text)
                        assert markdown.kinds(nodes) <= {"bold"}
                        seen = re.sub(r"^\[…\] | \[…\]$", "", markdown.plain(nodes))
                        assert len(seen) >= len("The silver anchor lay at")
                        assert seen in whole
                        if whole is long:
                            assert len(seen) > 1000
                            before, _, after = whole.partition(seen)
                            assert before.rstrip()[-1:] in ("", ".")
                            assert seen.endswith(".")
                            assert after
                asked = await discord.slash(
                    ADA, north.channel, "ask", question="Who stole the golden lantern?"
                )
                bold = [
                    markdown.plain((node,))
                    for node in markdown.parse((await discord.answered(asked)).texts[1])
                    if node.kind == "bold"
                ]
                assert bold == [sentences[20].strip()]

    run(scene())


def test_a_link_button_holds_what_discord_takes(tmp_path: Path) -> None:
    links = {
        "short": "https://example.org/short",
        "long": "https://example.org/" + "a" * 430,
        "longer": "https://example.org/" + "b" * 486,
        "longest": "https://example.org/" + "c" * 493,
    }
    corpus = {
        f"{name}.md": f"---\ntitle: The {name} one\nurl: {link}\n---\n\n"
        f"The {name} harbour was dug by prisoners in the year of the great storm. "
        "It took them seven winters, and the spades are still to be seen.\n"
        for name, link in links.items()
    }

    async def scene() -> None:
        async with playing(tmp_path, corpus=corpus) as (discord, settings):
            place = discord.add_guild("North").channel
            found: dict[str, str | None] = {}
            async with connected(discord, settings):
                for name in links:
                    asked = await discord.slash(
                        ADA, place, "ask", question=f"Who dug the {name} harbour?", article=name
                    )
                    message = await discord.answered(asked)
                    assert f"The {name} harbour" in message.text
                    button = message.buttons.get("Source")
                    found[name] = button["url"] if button else None
            fragment = "#:~:text="
            assert found["longest"] is None
            assert found["longer"] == links["longer"]
            for name in ("short", "long"):
                url = found[name]
                assert url is not None
                assert url.startswith(links[name] + fragment)
                assert len(url) <= 512
            assert len(str(found["short"]).partition(fragment)[2]) > len(
                str(found["long"]).partition(fragment)[2]
            )

    run(scene())

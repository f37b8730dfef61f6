"""Rules of Discord that its OpenAPI description does not give.

Each function takes a request's body and returns one line for each rule that it breaks. The rules
are those of Discord's documentation: message limits, Components V2, application commands.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from tests.loopback.world import COMPONENTS_V2, Json

CONTENT = 2000
COMPONENTS_TEXT = 4000
COMPONENTS = 40
EMBED_TEXT = 6000
BUTTON_URL = 512

NAMES = re.compile(r"^[-_'\w]{1,32}$")
MESSAGE_FIELDS = frozenset(
    {
        "content",
        "embeds",
        "components",
        "flags",
        "allowed_mentions",
        "attachments",
        "tts",
        "nonce",
        "message_reference",
        "sticker_ids",
        "enforce_nonce",
        "poll",
        "username",
        "avatar_url",
        "thread_name",
        "applied_tags",
        "shared_client_theme",
    }
)


def length(text: str) -> int:
    """The text's length in UTF-16 code units, the longest way Discord could count it."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _walk(components: list[Json]) -> Iterator[Json]:
    for component in components:
        yield component
        yield from _walk(component.get("components", []))
        for key in ("accessory", "component"):
            if key in component:
                yield from _walk([component[key]])


def _component_problems(component: Json) -> Iterator[str]:
    kind = component["type"]
    if kind == 2:
        link = component.get("style") == 5
        if link and "custom_id" in component:
            yield "a link button must not have a custom_id"
        if link and not component.get("url"):
            yield "a link button needs a url"
        if link and length(component.get("url") or "") > BUTTON_URL:
            yield f"a button's url is over {BUTTON_URL} characters"
        if not link and not component.get("custom_id"):
            yield "a button needs a custom_id"
        if not component.get("label") and not component.get("emoji"):
            yield "a button needs a label or an emoji"
        if length(component.get("label") or "") > 80:
            yield "a button's label is over 80 characters"
    if kind == 3:
        yield from _menu_problems(component)
    if kind in (3, 4, 5, 6, 7, 8) and not component.get("custom_id"):
        yield f"a component of type {kind} needs a custom_id"
    if length(component.get("custom_id") or "") > 100:
        yield "a custom_id is over 100 characters"
    if kind == 1 and len(component.get("components", [])) > 5:
        yield "more than 5 buttons in an action row"
    inside = component.get("components", [])
    if kind == 1 and len(inside) > 1 and any(item["type"] != 2 for item in inside):
        yield "a menu stands alone in its action row"
    if kind == 1 and not component.get("components"):
        yield "an empty action row"
    if kind == 10 and not component.get("content", "").strip():
        yield "an empty text"
    if kind == 9 and not 1 <= len(component.get("components", [])) <= 3:
        yield "a section has 1 to 3 texts"


def _menu_problems(menu: Json) -> Iterator[str]:
    options = menu.get("options") or []
    if not 1 <= len(options) <= 25:
        yield f"a menu has 1 to 25 choices, not {len(options)}"
    if length(menu.get("placeholder") or "") > 150:
        yield "a menu's placeholder is over 150 characters"
    values = Counter(option["value"] for option in options)
    yield from (f"two choices of the value {value!r}" for value, n in values.items() if n > 1)
    most = menu.get("max_values", 1)
    if not (0 <= menu.get("min_values", 1) <= most and 1 <= most <= max(1, len(options))):
        yield "a menu's least and most choices do not fit its choices"
    if sum(bool(option.get("default")) for option in options) > most:
        yield "more choices are taken at first than may be"
    for option in options:
        for name, least in (("label", 1), ("value", 1), ("description", 0)):
            if not least <= length(option.get(name) or "") <= 100:
                yield f"a choice's {name} has {least} to 100 characters"


def components_problems(components: list[Json]) -> Iterator[str]:
    """Return the faults of a message's or a modal's components."""
    everything = list(_walk(components))
    for component in everything:
        yield from _component_problems(component)
    ids = Counter(item["custom_id"] for item in everything if item.get("custom_id"))
    for custom_id, count in ids.items():
        if count > 1:
            yield f"the custom_id {custom_id!r} stands {count} times"


def message_problems(body: Json, *, editing: bool = False) -> list[str]:
    """Return the faults of a message as it is sent, or edited."""
    problems = [f"unknown field {name!r}" for name in sorted(set(body) - MESSAGE_FIELDS)]
    flags = body.get("flags") or 0
    content = body.get("content") or ""
    embeds = body.get("embeds") or []
    components = body.get("components") or []
    everything = list(_walk(components))
    layout = any(item["type"] not in (1, 2, 3, 5, 6, 7, 8) for item in everything)
    if flags & COMPONENTS_V2:
        if content or embeds or body.get("poll") or body.get("sticker_ids"):
            problems.append(
                "content, embeds, polls and stickers are off in a Components V2 message"
            )
        if len(everything) > COMPONENTS:
            problems.append(f"{len(everything)} components; {COMPONENTS} are the most")
        texts = sum(length(item["content"]) for item in everything if item["type"] == 10)
        if texts > COMPONENTS_TEXT:
            problems.append(f"{texts} characters of text; {COMPONENTS_TEXT} are the most")
        if not components:
            problems.append("a Components V2 message without components")
    else:
        if layout:
            problems.append("Components V2 without the flag for them")
        if len(components) > 5:
            problems.append("more than 5 action rows")
        if not editing and not (content or embeds or components or body.get("attachments")):
            problems.append("an empty message")
    if length(content) > CONTENT:
        problems.append(f"content over {CONTENT} characters")
    problems.extend(_embed_problems(embeds))
    problems.extend(components_problems(components))
    mentions = body.get("allowed_mentions")
    if mentions is None and (content or everything):
        problems.append("no allowed_mentions: every mention in it would ping")
    return problems


def _embed_problems(embeds: list[Json]) -> Iterator[str]:
    total = 0
    for embed in embeds:
        parts = [
            embed.get("title"),
            embed.get("description"),
            (embed.get("footer") or {}).get("text"),
            (embed.get("author") or {}).get("name"),
        ]
        for each in embed.get("fields", []):
            parts += [each["name"], each["value"]]
        total += sum(length(part) for part in parts if part)
    if total > EMBED_TEXT:
        yield f"embeds hold {total} characters; {EMBED_TEXT} are the most"


def modal_problems(data: Json) -> list[str]:
    """Return the faults of a modal."""
    problems = list(components_problems(data.get("components", [])))
    if not 1 <= len(data.get("components", [])) <= 5:
        problems.append("a modal has 1 to 5 components")
    if not data.get("custom_id"):
        problems.append("a modal needs a custom_id")
    if not 1 <= length(data.get("title", "")) <= 45:
        problems.append("a modal's title has 1 to 45 characters")
    problems.extend(
        "a label is over 45 characters"
        for item in data.get("components", [])
        if length(item.get("label", "")) > 45
    )
    return problems


def choices_problems(choices: list[Json]) -> list[str]:
    """Return the faults of the choices that an autocomplete offers."""
    problems = ["more than 25 choices"] if len(choices) > 25 else []
    for choice in choices:
        problems.extend(
            f"a choice's {key} has 1 to 100 characters"
            for key in ("name", "value")
            if not 1 <= length(str(choice.get(key, ""))) <= 100
        )
    return problems


def _options_problems(options: list[Json], path: str) -> Iterator[str]:
    optional = False
    names = Counter(option["name"] for option in options)
    yield from (f"{path}: two options called {name!r}" for name, n in names.items() if n > 1)
    for option in options:
        here = f"{path} {option['name']}"
        if not NAMES.match(option["name"]) or option["name"] != option["name"].lower():
            yield f"{here}: not a name for an option"
        if not 1 <= len(option.get("description", "")) <= 100:
            yield f"{here}: a description has 1 to 100 characters"
        if option.get("choices") and option.get("autocomplete"):
            yield f"{here}: choices together with autocomplete"
        yield from (f"{here}: {fault}" for fault in choices_problems(option.get("choices") or []))
        if option["type"] not in (1, 2):
            if option.get("required") and optional:
                yield f"{here}: a required option after an optional one"
            optional = optional or not option.get("required")
        yield from _options_problems(option.get("options") or [], here)


def _size(part: Any) -> int:
    """The characters of names, descriptions and values in a command, as Discord counts them."""
    if isinstance(part, dict):
        own = sum(len(str(part.get(key) or "")) for key in ("name", "description", "value"))
        return own + sum(
            _size(inner) for key in ("options", "choices") for inner in part.get(key) or []
        )
    return 0


def commands_problems(commands: list[Json]) -> list[str]:
    """Return the faults of an application's commands, all of them together."""
    problems: list[str] = []
    names = Counter((command.get("type", 1), command["name"]) for command in commands)
    problems += [f"two commands called {name!r}" for (_, name), n in names.items() if n > 1]
    for kind, most in ((1, 100), (2, 15), (3, 15)):
        if sum(command.get("type", 1) == kind for command in commands) > most:
            problems.append(f"more than {most} commands of type {kind}")
    for command in commands:
        name = command["name"]
        if command.get("type", 1) == 1:
            if not NAMES.match(name) or name != name.lower():
                problems.append(f"{name}: not a name for a slash command")
            if not 1 <= len(command.get("description") or "") <= 100:
                problems.append(f"{name}: a description has 1 to 100 characters")
            problems.extend(_options_problems(command.get("options") or [], name))
        elif command.get("description"):
            problems.append(f"{name}: a message command has no description")
        if _size(command) > 8000:
            problems.append(f"{name}: over 8,000 characters")
    return problems

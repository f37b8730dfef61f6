"""A message's payload as a web page that looks like Discord's client."""

from __future__ import annotations

from html import escape

from tests.loopback.markdown import Node, parse
from tests.loopback.world import Json, Message

STYLE = """
* { box-sizing: border-box; }
body { margin: 0; background: #313338; color: #dbdee1;
       font: 16px/1.375 "gg sans", "Noto Sans", "DejaVu Sans", sans-serif; }
.message { display: flex; gap: 16px; padding: 16px; width: 100%; max-width: 720px; }
.message > div:last-child { min-width: 0; }
.face { width: 40px; height: 40px; border-radius: 50%; background: #2a7f9e; flex: none;
        display: flex; align-items: center; justify-content: center; font-size: 22px; color: #fff; }
.used { font-size: 13px; color: #949ba4; margin-bottom: 2px; }
.used b { color: #c9cdfb; font-weight: 500; }
.name { font-weight: 500; color: #f2f3f5; }
.app { background: #5865f2; color: #fff; font-size: 10px; border-radius: 4px; padding: 1px 5px;
       vertical-align: 2px; margin: 0 4px; }
.time { font-size: 12px; color: #949ba4; }
.container { margin-top: 6px; width: 600px; max-width: 100%; background: #2b2d31;
             border: 1px solid #3f4147; border-left: 4px solid; border-radius: 8px; padding: 16px; }
.text { white-space: pre-wrap; overflow-wrap: anywhere; }
.rule { border: 0; border-top: 1px solid #46484f; margin: 12px 0; }
.gap { height: 8px; }
.tap { color: #c9cdfb; background: #3c4270; border-radius: 3px; padding: 0 2px; }
.row { display: flex; flex-wrap: wrap; gap: 8px; margin-top: 12px; }
.button { height: 32px; padding: 0 14px; border-radius: 8px; font-size: 14px; font-weight: 500;
          display: inline-flex; align-items: center; color: #fff; background: #4e5058; }
.button.blue { background: #5865f2; } .button.red { background: #da373c; }
.menu { height: 40px; padding: 0 12px; border-radius: 8px; border: 1px solid #46484f; flex: 1;
        display: flex; align-items: center; justify-content: space-between; color: #949ba4;
        background: #1e1f22; font-size: 14px; min-width: 0; }
.row + .text { margin-top: 14px; }
.menu b { font-weight: 400; min-width: 0; white-space: nowrap; overflow: hidden;
          text-overflow: ellipsis; }
@media (max-width: 520px) {
  .message { gap: 12px; padding: 12px; } .container { padding: 12px; }
  .button { padding: 0 12px; }
}
.small { font-size: 13px; color: #949ba4; display: block; }
.small code { font-size: 12px; }
h1, h2, h3 { margin: 4px 0 6px; color: #f2f3f5; font-weight: 600; }
h1 { font-size: 24px; } h2 { font-size: 20px; } h3 { font-size: 17px; }
code { background: #1e1f22; border-radius: 4px; padding: 1px 4px; font-size: 14px;
       font-family: "DejaVu Sans Mono", monospace; }
ul { margin: 4px 0; padding-left: 22px; } b { color: #f2f3f5; font-weight: 700; }
.only { margin-top: 6px; font-size: 12px; color: #949ba4; }
"""

_TAGS = {"bold": "b", "italic": "i", "underline": "u", "strike": "s", "quote": "blockquote"}
_STYLES = {1: "blue", 2: "grey", 4: "red", 5: "grey"}


def page(message: Message, used: str, width: int) -> str:
    """The page, so many pixels wide; ``used`` is what the person typed."""
    body = "".join(_component(component) for component in message.components)
    only = '<div class="only">👁 Only you can see this · Dismiss message</div>'
    return (
        f"<!doctype html><meta charset=utf-8><style>{STYLE} body {{ width: {width}px; }}</style>"
        f'<div class="message"><div class="face">❝</div><div>'
        f'<div class="used">Ada used <b>{escape(used)}</b></div>'
        '<span class="name">articlebot</span><span class="app">APP</span>'
        '<span class="time">Today at 19:04</span>'
        f"{body}{only if message.ephemeral else ''}</div></div>"
        "<script>document.title = document.querySelector('.message').offsetHeight</script>"
    )


def _component(component: Json) -> str:
    kind = component["type"]
    inside = "".join(_component(each) for each in component.get("components", ()))
    if kind == 17:
        colour = f"#{component.get('accent_color') or 0x3F4147:06x}"
        return f'<div class="container" style="border-left-color:{colour}">{inside}</div>'
    if kind == 10:
        return f'<div class="text">{_html(parse(component["content"]))}</div>'
    if kind == 14:
        return '<hr class="rule">' if component.get("divider", True) else '<div class="gap"></div>'
    if kind == 1:
        return f'<div class="row">{inside}</div>'
    if kind in (3, 5, 6, 7, 8):
        taken = [each["label"] for each in component.get("options", ()) if each.get("default")]
        shown = escape(", ".join(taken) or component.get("placeholder") or "Make a selection")
        return f'<span class="menu"><b>{shown}</b>⌄</span>'
    arrow = " ↗" if component.get("style") == 5 else ""
    style = _STYLES[component["style"]]
    emoji = (component.get("emoji") or {}).get("name") or ""
    shown = " ".join(filter(None, (emoji, component.get("label"))))
    return f'<span class="button {style}">{escape(shown)}{arrow}</span>'


def _html(nodes: tuple[Node, ...]) -> str:
    return "".join(map(_node, nodes))


def _node(node: Node) -> str:
    inside = _html(node.children)
    if node.kind == "text":
        return escape(node.text)
    if node.kind == "subtext":
        return f'<span class="small">{inside}</span>'
    if node.kind == "heading":
        return f"<h3>{inside}</h3>"
    if node.kind == "list":
        return f"<ul><li>{inside}</li></ul>"
    if node.kind.startswith("code"):
        return f"<code>{escape(node.text)}</code>"
    if node.kind == "mention" and node.text.startswith("</"):  # a command that can be tapped
        return f'<span class="tap">{escape(node.text[1:].partition(":")[0])}</span>'
    tag = _TAGS.get(node.kind, "mark")  # what should not be there is seen at once
    return f"<{tag}>{inside or escape(node.text)}</{tag}>"

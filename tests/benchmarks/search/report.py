"""Reports of measurements: a table in Markdown, and a plot."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

Results = Mapping[str, Any]


def table(results: Results) -> str:
    """One table a size, ratios to our engine in brackets, and one of the whole way."""
    parts = [f"Measured on {results['machine']}; times in ms, ratios to ours in brackets.\n"]
    rows = results["engines"]
    for passages, stops in dict.fromkeys((row["passages"], row["stop_words"]) for row in rows):
        own = [r for r in rows if r["passages"] == passages and r["stop_words"] == stops]
        parts.append(_size_table(own, passages, stops))
    if results["whole"]:
        parts.append(whole_table(results["whole"]))
    return "\n".join(parts)


def whole_table(rows: Iterable[dict[str, Any]]) -> str:
    """A table of the whole way, a line for each size."""
    return (
        "| `python -m bot ask` | index built, passages/s | fresh process to its answer | "
        "one question, everything: p50 / p99 |\n| --- | --- | --- | --- |\n"
    ) + "".join(
        f"| {row['passages']:,} passages in {row['files']:,} files "
        f"| {row['passages'] / row['build_seconds']:,.0f} | {_ms(row['fresh'])} "
        f"| {_ms(row['p50'])} / {_ms(row['p99'])} |\n"
        for row in rows
    )


def _size_table(rows: list[dict[str, Any]], passages: int, stops: bool) -> str:
    title = f"{passages:,} passages" + (", every stop word kept" if stops else "")
    lines = [
        f"| {title} | p50 | p99 | questions | build, passages/s | memory for it, MB "
        "| disk, B/passage | memory, MB | one added and asked | one removed and asked "
        "| first answer of a process |",
        "| --- " * 11 + "|",
    ]
    ours = next((row for row in rows if row["engine"] == "ours"), None)
    for row in rows:
        cells = [
            row["engine"],
            _with_ratio(row, ours, "p50"),
            _with_ratio(row, ours, "p99"),
            str(row["questions"]),
            f"{passages / row['build_seconds']:,.0f}",
            f"{row['build_bytes'] / 1e6:,.0f}",
            f"{row['disk_bytes'] / passages:,.0f}",
            f"{row['memory_bytes'] / 1e6:,.1f}",
            _ms_or_rebuild(row["add_seconds"]),
            _ms_or_rebuild(row["remove_seconds"]),
            _ms(row["first_seconds"]),
        ]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def _ms_or_rebuild(seconds: float | None) -> str:
    return "rebuild" if seconds is None else _ms(seconds)


def _ms(seconds: float) -> str:
    return f"{seconds * 1e3:,.3g}" if seconds < 1 else f"{seconds * 1e3:,.0f}"


def _with_ratio(row: dict[str, Any], ours: dict[str, Any] | None, key: str) -> str:
    ratio = "" if ours is None or row is ours else f" ({row[key] / ours[key]:.2g})"
    return _ms(row[key]) + ratio


def plot(results: Results, file: Path) -> None:
    """Draw a question's cost over the size of the corpus, both logarithmic."""
    import matplotlib as mpl

    mpl.use("svg")
    from matplotlib import pyplot

    mpl.rcParams["svg.fonttype"] = "none"
    mpl.rcParams["svg.hashsalt"] = "search"
    figure, axes = pyplot.subplots(figsize=(8, 5))
    rows = [row for row in results["engines"] if not row["stop_words"]]
    for engine in dict.fromkeys(row["engine"] for row in rows):
        own = [row for row in rows if row["engine"] == engine]
        sizes = [row["passages"] for row in own]
        width = 3 if engine == "ours" else 1.2
        (line,) = axes.loglog(
            sizes, [row["p50"] * 1e3 for row in own], "o-", label=engine, linewidth=width
        )
        axes.loglog(sizes, [row["p99"] * 1e3 for row in own], ":", color=line.get_color())
    axes.set_xlabel("passages")
    axes.set_ylabel("ms a question (line: median, dots: 99th percentile)")
    axes.grid(visible=True, which="major", alpha=0.3)
    axes.legend()
    figure.tight_layout()
    figure.savefig(file, metadata={"Date": None})

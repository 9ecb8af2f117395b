"""Draws the table of `normalize.py` as an SVG of bars, for light and dark pages; no package is needed for so little."""

from html import escape

WIDTH, LEFT, RIGHT, TOP = 720, 190, 60, 62
BAR, GAP = 14, 14
COLOURS = {"avx512": "#1f6f8b", "avx2": "#5fa8a0", "scalar": "#b9c8a9"}

STYLE = """
text { font: 13px system-ui, sans-serif; fill: #24292f }
.title { font-weight: 600; font-size: 15px }
.small { font-size: 12px; fill: #57606a }
.axis { stroke: #8c959f; stroke-dasharray: 3 3 }
@media (prefers-color-scheme: dark) {
  text { fill: #e6edf3 } .small { fill: #9da7b1 } .axis { stroke: #6e7681 }
}
"""


def chart(levels: dict[str, list[dict[str, object]]]) -> str:
    """Bars of "times the speed of a copy" for each path and instruction set."""
    paths = [row for row in next(iter(levels.values())) if "translate" not in str(row["against"])]
    ratios = {
        (level, str(row["path"])): float(str(row["ratio"]))
        for level, rows in levels.items()
        for row in rows
        if "translate" not in str(row["against"])
    }
    most = max(1.0, *ratios.values())
    scale = (WIDTH - LEFT - RIGHT) / most
    parts, y = [], TOP
    for row in paths:
        name = str(row["path"])
        middle = y + BAR * len(levels) / 2 + 4
        parts.append(f'<text x="{LEFT - 10}" y="{middle:.0f}" text-anchor="end">{escape(name)}</text>')
        for level in levels:
            ratio = ratios[level, name]
            parts.append(
                f'<rect x="{LEFT}" y="{y}" width="{ratio * scale:.1f}" height="{BAR - 2}" fill="{COLOURS[level]}"/>'
                f'<text class="small" x="{LEFT + ratio * scale + 6:.1f}" y="{y + BAR - 3}">{ratio:.2f}</text>'
            )
            y += BAR
        y += GAP
    one = LEFT + scale
    axis = f'<line class="axis" x1="{one:.1f}" x2="{one:.1f}" y1="{TOP - 6}" y2="{y - GAP + 4}"/>'
    legend = "".join(
        f'<rect x="{LEFT + 110 * i}" y="34" width="12" height="12" fill="{COLOURS[level]}"/>'
        f'<text class="small" x="{LEFT + 110 * i + 18}" y="45">{escape(level)}</text>'
        for i, level in enumerate(levels)
    )
    title = "Speed of normalize, 1 = Python copying the same strings"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {y}" role="img" aria-label="{title}">'
        f"<style>{STYLE}</style>"
        f'<text class="title" x="{LEFT}" y="22">{title}</text>{legend}{axis}{"".join(parts)}</svg>\n'
    )

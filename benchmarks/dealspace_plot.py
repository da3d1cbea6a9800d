"""Draws docs/images/dealspace-speed.svg from out/dealspace-negmas.json, which dealspace_negmas writes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

DEALS = [10**k for k in range(3, 8)]
SECONDS = [10.0**k for k in range(-3, 4)]


def draw(rows: list[dict[str, Any]]) -> str:
    """Return an SVG of CPU seconds by size, one panel a number of actors."""
    import altair as alt
    import vl_convert

    points = [
        {"deals": r["deals"], "actors": f"{r['actors']} actors", "tool": tool, "seconds": max(r[key], 1e-3)}
        for r in rows
        for key, tool in (("ours", "detente"), ("negmas", "NegMAS 0.16.0"))
        if r[key] is not None
    ]
    chart = (
        alt.Chart(alt.Data(values=points))
        .mark_line(point=True)
        .encode(
            x=alt.X(
                "deals:Q",
                scale=alt.Scale(type="log"),
                title="deals",
                axis=alt.Axis(values=DEALS, format=".0e"),
            ),
            y=alt.Y(
                "seconds:Q", scale=alt.Scale(type="log"), title="CPU seconds", axis=alt.Axis(values=SECONDS)
            ),
            color=alt.Color("tool:N", title=None, legend=alt.Legend(orient="bottom")),
            strokeDash=alt.StrokeDash("tool:N", title=None),
            column=alt.Column("actors:N", title=None),
        )
        .properties(width=150, height=170)
    )
    return str(vl_convert.vegalite_to_svg(chart.to_json()))


if __name__ == "__main__":
    measured = json.loads(Path("out/dealspace-negmas.json").read_text("utf-8"))
    Path("docs/images/dealspace-speed.svg").write_text(draw(measured), "utf-8")

"""Layers are put on one another as the library of charts would do it."""

from __future__ import annotations

import altair as alt

from omi_build.charts.drawing import FONT, across, down, layered, values


def test_layers_are_those_of_the_library() -> None:
    """The same specification, in the same order, as `alt.layer` makes of several layers with data of their own."""
    bars = alt.Chart(values([{"a": 1, "b": 2}, {"a": 3, "b": 4}])).mark_bar(height=3).encode(x=across("a", 9))
    rule = alt.Chart(values([{"b": 5}])).mark_rule().encode(y=down("b", 7))
    words = bars.mark_text().encode(text="b:N").transform_filter("datum.b > 2")
    whole = {"width": 9, "height": 7, "padding": 4, "background": "white", "usermeta": {"texts": []}}
    made = (
        alt.layer(bars, rule, words)
        .properties(**whole)
        .configure(font=FONT, view=alt.ViewConfig(stroke=None))
        .to_dict(validate=False)
    )
    ours = layered([bars, rule, words], **whole)
    assert ours == made
    assert list(ours) == list(made)
    assert len(ours["datasets"]) == 2

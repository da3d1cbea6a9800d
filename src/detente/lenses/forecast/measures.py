"""The headline numbers of one issue's forecast, by name."""

from __future__ import annotations

from detente.lens import Measure
from detente.lenses.forecast.result import BAND, IssueForecast, Zone

HALF = "central 50% interval of the distribution given agreement"
UNIT = "points of 100"
ABOVE = "1 - distribution function of the mixture, given agreement, at"


def measures(found: IssueForecast) -> list[Measure]:
    """Return the median given agreement, the compromise, the sides, the pivot and the zone of an issue."""
    places = (f"issues.{found.issue}", "preferences", "actors")
    low, mid, high = found.quantiles[1:4]
    mean = found.anchors.compromise
    told = [
        Measure(
            f"median.{found.issue}",
            f"{found.name}: median outcome given agreement",
            mid,
            UNIT,
            low,
            high,
            HALF,
            "mixture of a lottery over positions and a truncated normal around the compromise",
            places,
        ),
        Measure(
            f"compromise.{found.issue}",
            f"{found.name}: mean weighted by capability x salience",
            mean.mid,
            UNIT,
            mean.low,
            mean.high,
            BAND,
            "sum of capability x salience x position over sum of capability x salience",
            places,
        ),
        Measure(
            f"above_middle.{found.issue}",
            f"{found.name}: chance above the middle of the scale given agreement",
            found.above_middle,
            "probability",
            formula=f"{ABOVE} 50",
            inputs=places,
        ),
        Measure(
            f"pivot_margin.{found.issue}",
            f"{found.name}: share of weight that must cross the median to move it",
            found.anchors.margin,
            "share of weight",
            formula="smaller of the two shares of weight that would have to cross the weighted median",
            inputs=places,
        ),
    ]
    if found.above_no_deal is not None:
        label = f"{found.name}: chance above what no deal brings, given agreement"
        told.append(
            Measure(
                f"above_no_deal.{found.issue}",
                label,
                found.above_no_deal,
                "probability",
                formula=f"{ABOVE} the position of no deal",
                inputs=(*places, "no_deal.options"),
            )
        )
    if found.zone is not None:
        told.append(_zone(found, found.zone, places))
    return told


def _zone(found: IssueForecast, zone: Zone, places: tuple[str, ...]) -> Measure:
    enough = " and enough of those a quorum counts" if zone.besides else ""
    return Measure(
        f"zone.{found.issue}",
        f"{found.name}: share of draws in which some outcome beats no deal for all required actors{enough}",
        zone.exists,
        "share of draws",
        formula=f"positions within square-root of loss over salience of every required actor{enough}",
        inputs=(*places, "no_deal", "quorum"),
    )

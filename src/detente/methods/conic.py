"""The Albers equal-area conic projection of the sphere, and areas in its plane.

Snyder, J. P. (1987), Map Projections: A Working Manual, USGS Professional Paper 1395,
pages 98-103 and 291-292.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

RADIUS = 6371.0072
"""Radius in kilometres of the sphere with the surface of the earth (Snyder 1987, page 16)."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Albers:
    """An equal-area conic projection with two standard parallels; all angles in degrees.

    Parameters
    ----------
    south, north : float
        Standard parallels; not opposite to each other.
    latitude, longitude : float
        Origin of the plane.
    radius : float
        Of the sphere; its unit is that of the plane.

    Raises
    ------
    ValueError
        If the standard parallels lie opposite to each other, or outside -90 to 90.

    Examples
    --------
    Snyder's own example, page 291:

    >>> x, y = Albers(29.5, 45.5, 23.0, -96.0, radius=1.0).project(-75.0, 35.0)
    >>> round(float(x), 7), round(float(y), 7)
    (0.295272, 0.2416774)
    """

    south: float
    north: float
    latitude: float
    longitude: float
    radius: float = RADIUS

    def __post_init__(self) -> None:
        if not (-90 <= self.south <= self.north <= 90) or abs(self.south + self.north) < 1e-9:
            raise ValueError(
                "standard parallels lie on -90 to 90, south first, and not opposite to each other"
            )

    def project(self, lon: ArrayLike, lat: ArrayLike) -> tuple[Floats, Floats]:
        """Return x (east) and y (north) of points given in degrees, in the unit of the radius."""
        low, high = np.radians((self.south, self.north))
        n = (np.sin(low) + np.sin(high)) / 2
        c = np.cos(low) ** 2 + 2 * n * np.sin(low)
        rho = self.radius * np.sqrt(c - 2 * n * np.sin(np.radians(np.asarray(lat, float)))) / n
        rho0 = self.radius * np.sqrt(c - 2 * n * np.sin(np.radians(self.latitude))) / n
        east = (np.asarray(lon, float) - self.longitude + 180) % 360 - 180
        theta = n * np.radians(east)
        return rho * np.sin(theta), rho0 - rho * np.cos(theta)


def fitted(lon: ArrayLike, lat: ArrayLike) -> Albers:
    """Return the projection for a region: standard parallels a sixth in from its edges (Snyder, page 99).

    Near the equator, where they would lie opposite to each other, both are moved a degree to the north.
    """
    west, east = float(np.min(lon)), float(np.max(lon))
    south, north = float(np.min(lat)), float(np.max(lat))
    inset = (north - south) / 6
    shift = 1.0 if abs(south + north) < 1e-6 else 0.0
    low, high = min(south + inset + shift, 89.0), min(north - inset + shift, 89.0)
    return Albers(low, high, (south + north) / 2, (west + east) / 2)


def authalic(lat: ArrayLike) -> Floats:
    """Return the latitude on the sphere at which areas are those of the WGS 84 ellipsoid (Snyder, 3-18).

    Parameters
    ----------
    lat : array_like
        Geodetic latitude, degrees.

    Examples
    --------
    >>> round(float(authalic(45.0)), 4)
    44.8717
    """
    e2 = 0.00669437999014
    first = e2 / 3 + 31 * e2**2 / 180 + 59 * e2**3 / 560
    second = 17 * e2**2 / 360 + 61 * e2**3 / 1260
    phi = np.radians(np.asarray(lat, float))
    beta: Floats = np.degrees(phi - first * np.sin(2 * phi) + second * np.sin(4 * phi))
    return beta


def surface(x: ArrayLike, y: ArrayLike) -> float:
    """Return the area inside a closed ring in the plane, whichever way round it runs.

    Examples
    --------
    >>> surface([0, 2, 2, 0, 0], [0, 0, 1, 1, 0])
    2.0
    """
    a, b = np.asarray(x, float), np.asarray(y, float)
    return float(abs(np.sum(a[:-1] * b[1:] - a[1:] * b[:-1])) / 2)

"""Spatial bargaining: where positions, power and salience point on a scale from 0 to 100.

`anchors` and `mixture` carry the headline of the forecast; `nash` adds a finite no deal; `pce`, `eum`, `smp`
and `exchange` are challenge and trading models shown as exploratory; `scoring` holds all of them to account.
"""

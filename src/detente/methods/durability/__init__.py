"""How long deals hold: hazards in pieces of time, ratios for a deal's terms, reference models, estimation.

`pieces` holds the default engine, `ratios` what a deal's terms do to its hazard, `references` the measured
classes of past ceasefires, `weibull` and `cox` the second engines, `estimate` the fitting of a user's own
data (needs the extra `fit`), `precedents` past halts by name.
"""

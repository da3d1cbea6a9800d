"""Why a deal both sides prefer to war may still not be kept: closed forms on bargaining and commitment.

Each file holds one model and its source: `powell` (power that shifts), `fearon` (one offer under
uncertainty), `attrition` (who gives up first), `learning` (fighting until beliefs meet), `battles` (a
front as a random walk).
"""

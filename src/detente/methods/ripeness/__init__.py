"""Time in a war: pace of a front, economies under pressure, worth of no deal, and when a deal is ripe."""

"""Whether a deal passes at home: gates, routes, and the chance that some route stays open.

`worlds` draws the futures every gate shares, `gates` and `referendum` hold what a deal must pass, `ladder`
puts gates into routes and counts. `constants` lists every number that is not the analyst's, with its source.
"""

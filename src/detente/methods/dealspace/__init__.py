"""The exact deal space: utilities in whole units, every acceptable deal counted, the best ones proved.

Start with `utilities_of` (utilities), then `solve` (solutions), `pareto_front` (front), `scan` and
`count_by_coalition` (convolution), `presolve`, `unlock`, `adjusted_winner`.
"""

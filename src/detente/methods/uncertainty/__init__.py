"""What uncertain inputs do to a number: spread, rank indices, crossings, value of knowing, scenario boxes.

Everything here works on a sample of inputs and outputs, whatever model made them.
"""

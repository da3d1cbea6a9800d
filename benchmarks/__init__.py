"""Speed, as ratios within one run: `make bench` prints all, `python -m benchmarks NAME` a part."""

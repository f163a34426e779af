"""What EthnoKit costs, measured beside what a person would use instead. Run: ``python -m benchmarks``."""

"""EthnoKit: from fieldwork to print, for qualitative ethnographic research."""

__version__ = "0.1.0"

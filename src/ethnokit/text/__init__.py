"""Text as EthnoKit counts in it: decoding, positions, YAML with places, schema, segments."""

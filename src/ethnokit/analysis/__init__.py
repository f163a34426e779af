"""Tables over what people coded: pure functions of a study, or of evidence already cut to an audience."""

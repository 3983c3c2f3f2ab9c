"""Names in published lists, matched to known enterprises; never a guess."""

"""Awards (兑付): from a determination to the day it is approved, with 公示 in between."""

"""The registry (一企一档): enterprises, facts and the rosters that they are known from."""

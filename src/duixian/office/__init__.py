"""The office (办公端): from a list to money in the enterprise's account, with registry, awards, treasury, accounts and an API."""

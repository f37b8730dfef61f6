"""``chat``: a session at a terminal that takes the slash commands of the Discord bot."""

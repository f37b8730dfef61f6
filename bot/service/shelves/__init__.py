"""The shelves of everyone and of each tenant, and the resolver of titles and slugs.

Who asks them, and what is answered, is `bot.service.answers`'; stores and indexes are handed in.
"""

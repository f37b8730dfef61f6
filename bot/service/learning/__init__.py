"""Learning from what people ask: misses and the gaps they show, votes, kept answers, messages to
those who wait for an answer, and previews of the answers that a change would change.

Nothing here makes an answer: that is `bot.service.answers`'.
"""

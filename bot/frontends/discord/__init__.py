"""The Discord front-end: slash commands that answer with a quotation.

    cards/, pure, without discord.py but for components.py:
    escaping.py            text from outside, made safe for Discord
    quoting.py             a quotation with its answer sentence in bold, within a budget
    cards.py               the content of a message, as data
    components.py          cards as the JSON of Discord's components
    choices.py             titles offered while somebody types
    rendering.py           answers and misses as cards
    article_cards.py       the list of articles, one of them, the help as cards
    answer_buttons.py      the buttons and the menu under an answer
    why.py                 "Why this passage?" as a card
    stale_notes.py         notes for buttons whose answer is gone

    commands/:
    commands.py            the slash commands for everybody, and the message command
    buttons.py             pressed buttons and menus
    voting.py              votes for an answer, and the other matches
    messages.py            mentions, replies and posts that the bot answers
    privacy_command.py     /privacy: what is kept, and the erasure of one's own
    permitting.py          who may change a server's shelf
    settings_command.py    /library settings: the panel
    library_commands.py    /library: add, remove, role
    uploads.py             /library add: the form, and what is made of it
    keeping_command.py     /library answer: the passages that editors keep as answers
    gaps_command.py        /library gaps: what was asked and not answered
    gap_menus.py           the menus under it, by which an answer is kept for a gap

    what both need:
    interactions.py        acknowledging, delivering, failing
    reply_cards.py         from the service's answers to cards
    server_rules.py        a server's settings, as its members meet them
    teller.py              "Tell me": the button, and the message once there is an answer

    the client:
    answering_client.py    the connection, and the answers under way
    client.py              events
    periodic_tasks.py      what is done from time to time
    lost_settings.py       channels and roles of the settings that were deleted
    command_registration.py
                           the commands, given to Discord in its users' languages
    gateway_share.py       this process's share of the shards
    gateway_figures.py     figures about the connection
    run_bot.py             from settings and a token to a client that runs

Answers, titles, records, cooldowns and each server's own articles are `bot.service`'s.

Decisions:

- **Components V2, not embeds.** A container gives the quotation its own text with nothing but the
  article's words in it, a rule between quotation and citation, and buttons inside the same frame;
  an embed's description would put quotation and citation into one text that a reader copies
  together, and its fields break into columns on a phone.
- **An answer that takes more than a moment is deferred and edited in**, and each at once while many
  are under way. Discord waits 3 seconds for the first response, 15 minutes for the edit: however
  long the queue, nobody sees "The application did not respond". Searching runs in one worker
  thread (Python runs one at a time anyhow), in the order of the questions, and waits while a first
  response is on its way; changes of the shelves run in another, so that nobody who asks waits for
  them.
- **One button class.** A custom_id holds a key, what to do and which match; everything else lies
  in the records, so that a button works after a restart, and a forged id leads to nothing: a
  record is only found from the server it belongs to.
- **AutoShardedClient**, for Discord demands shards from 2,500 servers on, and because it asks
  ``GET /gateway/bot`` for the gateway's address, which is what `[discord] api_url` needs.
"""

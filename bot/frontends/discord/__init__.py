"""The Discord front-end: slash commands that answer with a quotation.

    escaping.py         text from outside, made safe for Discord: pure
    quoting.py          a quotation with its answer sentence in bold, within a budget: pure
    cards.py            what a message shows, as data: pure
    choices.py          titles offered while somebody types: pure
    rendering.py        answers, misses, articles, help as cards: pure
    article_cards.py    the list of articles, one of them, the help as cards: pure
    answer_buttons.py   the buttons and the menu under an answer: pure
    why.py              "Why this passage?" as a card: pure
    replies.py          from the service's answers to cards; knows no discord.py either
    layout.py           cards as discord.py's components
    interactions.py     acknowledging, delivering, failing
    buttons.py          what happens when a button is pressed
    voting.py           votes for an answer, and the other matches
    messages.py         mentions, replies and posts that the bot answers
    server_rules.py     a server's settings, as its members meet them
    settings_command.py /library settings: the panel
    telling.py          "Tell me": the button, and the message once there is an answer
    privacy_command.py  /privacy: what is kept, and the erasure of one's own
    commands.py         the slash commands for everybody, and the message command
    permitting.py       who may change a server's shelf
    uploads.py          /library add: the form, and what is made of it
    library_commands.py /library: add, remove, role
    keeping_command.py  /library answer: the passages that editors keep as answers
    gaps_command.py     /library gaps: what was asked and not answered
    gap_menus.py        the menus under it, by which an answer is kept for a gap
    client.py           the client: events, synchronising, what is done from time to time, leaving
    run.py              from settings and a token to a client that runs; the invitation links

Answers, titles, records, cooldowns and each server's own articles are `bot.service`'s.

Decisions:

- **Components V2, not embeds.** A container gives the quotation its own text with nothing but the
  article's words in it, a rule between quotation and citation, and buttons inside the same frame;
  an embed's description would put quotation and citation into one text that a reader copies
  together, and its fields break into columns on a phone.
- **Every answer is deferred at once and edited in.** Discord waits 3 seconds for the first
  response, 15 minutes for the edit: however long the queue, nobody sees "The application did not
  respond". Searching runs in one worker thread (Python runs one at a time anyhow), in the order
  of the questions, and waits while an acknowledgement is on its way; changes of the shelves run
  in another, so that nobody who asks waits for them.
- **One button class.** A custom_id holds a key, what to do and which match; everything else lies
  in the records, so that a button works after a restart, and a forged id leads to nothing: a
  record is only found from the server it belongs to.
- **AutoShardedClient**, for Discord demands shards from 2,500 servers on, and because it asks
  ``GET /gateway/bot`` for the gateway's address, which is what `[discord] api_url` needs.
"""

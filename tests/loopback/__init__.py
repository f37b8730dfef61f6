"""A Discord of our own, on 127.0.0.1: REST and gateway as far as this bot needs them.

The real discord.py client talks to it over real sockets. What the bot sends is checked against
Discord's own OpenAPI description where that is at hand (`specification`), and against the rules
that the description leaves out (`rules`).

    world.py           who and what there is: people, servers, channels, messages, interactions
    rules.py           what Discord refuses though its specification allows it
    specification.py   Discord's OpenAPI description, as a validator
    faults.py          outages on demand
    rest.py            the HTTP half
    gateway.py         the WebSocket half
    service.py         both together, with what there is
    server.py          the same, and what a person at a Discord client can do
    markdown.py        how Discord's client reads a text
"""

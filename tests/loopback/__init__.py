"""A Discord of our own, on 127.0.0.1: REST and gateway as far as this bot needs them.

The real discord.py client talks to it over real sockets. What the bot sends is checked against
Discord's own OpenAPI description where that is at hand (`specification`), and against the rules
that the description leaves out (`rules`).

    world.py           people, servers, channels, messages, interactions
    rules.py           Discord's rules that its specification does not give
    specification.py   Discord's OpenAPI description, as a validator
    faults.py          outages on demand
    rest.py            the HTTP half
    guarded_requests.py its requests recorded, checked, and failed on demand
    gateway.py         the WebSocket half
    service.py         both together, over a world
    server.py          the same, and what a person at a Discord client can do
    markdown.py        Discord's Markdown, as its client reads it
"""

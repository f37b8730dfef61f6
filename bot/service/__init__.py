"""The service: what every front-end shares.

Rooms, each built on those below it:

    presentation/  JSON views, links to pages, the table of a chat's commands
    learning/      misses and gaps, votes, kept answers, previews of changes
    examples/      example questions
    answers/       the one place that makes an answer
    shelves/       the shelves of tenants, titles and slugs
    events/        the stream of events, and the log
    records/       what survives a restart and is not rebuilt from articles
    operations/    cooldowns, sharding, health, waiting for servers

`privacy` reads and erases what they hold of a person; all are given `tenants` and `ports`.

A front-end turns a request into calls of the service, and its results into its own look. The
service is handed its parts (`bot.service.ports`) by `bot.wiring` and imports no front-end.
"""

"""The service: what every front-end shares.

Tenants and their shelves, the one place that makes an answer, titles and slugs, records that
outlive a restart, cooldowns, JSON views and the stream of events. A front-end turns a request into
calls of the service, and its results into its own look. The service is handed its parts
(`bot.service.ports`) by `bot.wiring` and imports no front-end.
"""

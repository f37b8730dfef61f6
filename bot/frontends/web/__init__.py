"""The pages on which articles are read and citations checked, and the JSON interface.

    marking.py           marked text as runs, not as markup: pure
    answer_views.py, article_views.py, shown_sources.py
                         what a page shows, as plain data: pure
    templating.py        from a view to bytes; templates/ and static/ beside it
    parameters.py        what a request says, read strictly
    faults.py            what a request is refused for
    pages.py, api.py     the handlers; openapi.py describes the interface
    site.py              what the handlers are given
    workers.py           the threads in which all work is done
    hardening.py         around every request: bounds, headers, failures
    observing.py         endpoints for an operator's machines
    request_limits.py    how often an address may ask
    client_connections.py, request_connections.py
                         connections, bounded; client_addresses.py says whose a request is
    page_tags.py         entity tags, by which a client has a page already
    application.py       all of it put together
    serving.py           the socket
    run_pages.py, worker_processes.py
                         the program, in one process or several

An address as a path, and signed links to servers' own articles, are
`bot.service.presentation.page_links` and `bot.service.presentation.signed_links`: the front-ends
for chats link here.

Decisions:

- **No script.** A passage is scrolled to by its fragment (``#cited``), and where the link has none
  by ``autofocus``. The fragment names the passage, not a paragraph's number, so that a link leads
  to words that have moved. The verdict stands right above the passage, where it is seen.
- **The event loop reads requests and nothing else.** Answers and pages are made in worker threads,
  and how many may wait is bounded.
- **A server's article and what never was are refused with the same bytes.** The public handlers
  are given a library that does not hold servers' articles at all.
- **An article's page has an ETag that is known before it is made**: a hash of the article's file
  version, the verdict, the language and the program. Other pages' are hashes of their bodies.
"""

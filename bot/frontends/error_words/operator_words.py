"""Messages for the operator: settings, Discord's connection, the server of the pages."""

from __future__ import annotations

from collections.abc import Mapping

MESSAGES: Mapping[str, str] = {
    "discord.api_url": (
        "[discord] api_url is {value!a}; it has to be an address with the API's version, like "
        "{example}"
    ),
    "discord.closed": "Discord closed the connection for good (code {number})",
    "discord.empty_token": "{path}: there is no token in it; one is made at {portal}",
    "discord.error": "Discord at {url} answers with an error: {reason}",
    "discord.exposed_token": (
        "{path}: others can read the token in it; chmod 600 it, and reset the token at {portal} "
        "if they may have"
    ),
    "discord.intents_refused": (
        "Discord refuses the connection's intents; look at your application at {portal}"
    ),
    "discord.lost_share": (
        "another process has taken this one's share of Discord's shards; start it again, and it "
        "waits as a spare"
    ),
    "discord.no_token": (
        "there is no Discord token: make one at {portal} (your application, Bot, Reset Token) and "
        "put it into the environment as DISCORD_TOKEN, or into a file that [discord] token_file "
        "names"
    ),
    "discord.token_no_text": "{path}: the token cannot be read (it is no text)",
    "discord.token_refused": (
        "Discord refuses the token from {source}; make a new one at {portal} (your application, "
        "Bot, Reset Token) and put it there"
    ),
    "discord.unreachable": "Discord cannot be reached at {url}: {reason}",
    "discord.unreadable_token": "{path}: the token cannot be read ({reason})",
    "opensearch.address": (
        "[search] opensearch holds no addresses of nodes; write them as http://host:9200, "
        "user and password into the environment as OPENSEARCH_USER and OPENSEARCH_PASSWORD"
    ),
    "opensearch.authority_missing": (
        "[search] opensearch_ca names {path}, where no file is; name the file with the "
        "certificates of the authority"
    ),
    "opensearch.credentials": (
        "the environment holds no whole credentials for OpenSearch; set OPENSEARCH_USER and "
        "OPENSEARCH_PASSWORD, or OPENSEARCH_API_KEY alone"
    ),
    "opensearch.no_address": (
        '[search] engine is "opensearch"; name its nodes with [search] opensearch = '
        '["http://host:9200"]'
    ),
    "opensearch.without_database": (
        '[search] engine is "opensearch", which is filled from a PostgreSQL database; name one '
        "with [storage] postgres"
    ),
    "reader.listen": (
        '[reader] listen is {value!a}; it has to be an address and a port, like "127.0.0.1:8080"'
    ),
    "reader.no_host": (
        "[reader] listen: {host!a} is no host; it has to be an address and a port, like "
        '"127.0.0.1:8080"'
    ),
    "reader.not_served": "the pages cannot be served; the line above says why",
    "reader.port_taken": (
        "[reader] listen: {endpoint} cannot be listened at ({reason}); choose another port, or "
        "end the program that has it"
    ),
    "reader.proxy": (
        "[reader] proxies names {value!a}; it has to be an address or a network, like "
        '"127.0.0.1" or "10.0.0.0/8"'
    ),
    "reader.public_path": (
        "[reader] public_url is {value!a}; the pages have to be at the top of a host, not under "
        "{path!a}"
    ),
    "reader.public_url": (
        "[reader] public_url is {value!a}; it has to be the pages' address from outside, like "
        '"https://articles.example.org"'
    ),
    "settings.boolean": "{location}: {key} is {value}; it has to be true or false",
    "settings.choice": "{location}: {key} is {value}; it has to be one of: {choices}",
    "settings.folder": (
        "{location}: {key} is {value}; it has to be a folder that is there; make {folder}, or name "
        "another with --corpus"
    ),
    "settings.home": "{location}: {key} is {value}; it has to be a path in a home that is there",
    "settings.host": (
        "{key} holds {value!a}; it has to be a host's name, without a port, or a network"
    ),
    "settings.huge_number": "{location}: {key} is a huge number; it has to be a smaller one",
    "settings.link": "{location}: {key} is {value}; it has to be a link, https://...",
    "settings.list": "{location}: {key} is {value}; it has to be a list, [...]",
    "settings.misspelt": "{location}: {key} is no setting; did you mean {close}?",
    "settings.no_toml": "{path}: this is no TOML: {reason}",
    "settings.not_utf8": "{path}:{line}: this is not UTF-8 text; save it as UTF-8",
    "settings.number": "{location}: {key} is {value}; it has to be a number",
    "settings.path": "{location}: {key} is {value}; it has to be a path in quotes",
    "settings.range": (
        "{location}: {key} is {value}; it has to be a number from {least:g} to {greatest:g}"
    ),
    "settings.section": "{location}: {key} is {value}; it has to be a section, [{key}]",
    "settings.text": "{location}: {key} is {value}; it has to be a text in quotes",
    "settings.twice": "{location}: {key} is there a second time; take one of them out",
    "settings.unknown": "{location}: {key} is no setting; there are: {known}",
    "settings.unreadable": "{path}: the settings cannot be read ({reason})",
    "settings.whole_number": "{location}: {key} is {value}; it has to be a whole number",
    "storage.address": (
        "{source} is no address of a PostgreSQL database; write postgresql://user@host/database"
    ),
    "storage.file_readable": (
        "{path}: others can read the password in it; chmod 600 it, and change the password if "
        "they may have"
    ),
    "storage.file_unreadable": "{path}: the address of the database cannot be read ({reason})",
    "storage.several_addresses": (
        "[storage] names postgres and postgres_file; leave one of them out"
    ),
}

"""The search cluster: out of reach, refusing, being made anew.

For each code its message; see `bot.frontends.error_words`.
"""

from __future__ import annotations

from collections.abc import Mapping

MESSAGES: Mapping[str, str] = {
    "search.authority": (
        "{path}: holds no certificates ({reason}); [search] opensearch_ca names the file of the "
        "authority that signed the nodes'"
    ),
    "search.certificate": (
        "{url}: its certificate is not trusted; name the file of the authority that signed it "
        "with [search] opensearch_ca"
    ),
    "search.changed": "the articles change faster than they can be read; ask again in a moment",
    "search.damaged": "{article}: the search cluster does not hold what was written to it",
    "search.denied": (
        "the search cluster refuses the credentials (status {status}); set OPENSEARCH_USER and "
        "OPENSEARCH_PASSWORD, or OPENSEARCH_API_KEY"
    ),
    "search.lagging": (
        "the article is kept, and will be found once the search cluster has taken it up"
    ),
    "search.read_only": (
        "the search cluster takes no changes ({reason}); free space on its disks, then they are "
        "taken up by themselves"
    ),
    "search.rebuilding": "the search index is being built; ask again in a few minutes",
    "search.refused": "the search cluster refuses a request (status {status}: {reason})",
    "search.shared": (
        "no article can be left out of a search cluster, which others ask, too; evaluate with "
        '[search] engine = "bm25"'
    ),
    "search.unreachable": (
        "the search cluster does not answer ({reason}); nothing was searched, and it is asked "
        "again with the next question"
    ),
    "search.version": (
        "the search cluster is {found}; this program works with OpenSearch {least} to {greatest}"
    ),
}

"""The steps from each version of the tables to the next, in SQL.

A step that was released is never changed; a new one goes to the end. During an update two versions
of the program work side by side, so a step only adds: what it makes useless is dropped by a step of
a later release, which names the oldest version of the program that can work with it
(`Step.oldest`).
"""

from __future__ import annotations

from typing import NamedTuple


class Step(NamedTuple):
    """One step from a version of the tables to the next."""

    statements: str
    oldest: int = 1
    """The least number of steps that a program must know to work with the tables afterwards."""


_ARTICLES = """
CREATE TABLE state (
    single boolean PRIMARY KEY DEFAULT true CHECK (single),
    identity text NOT NULL,
    version bigint NOT NULL DEFAULT 0
);
COMMENT ON TABLE state IS
    'One row: the database''s own name, and the number of changes of articles so far.';
CREATE TABLE shelf (
    tenant text COLLATE "C" PRIMARY KEY,
    version bigint NOT NULL,
    kept bigint NOT NULL DEFAULT 0
);
COMMENT ON TABLE shelf IS
    'Who has articles (the empty name is everyone), and the last change of them and of the kept
     answers.';
CREATE TABLE article (
    tenant text COLLATE "C" NOT NULL,
    slug text COLLATE "C" NOT NULL,
    path text COLLATE "C" NOT NULL,
    data bytea NOT NULL,
    digest text NOT NULL,
    written timestamptz NOT NULL DEFAULT clock_timestamp(),
    version bigint NOT NULL,
    PRIMARY KEY (tenant, slug)
);
COMMENT ON TABLE article IS
    'The articles: each the bytes of its file (head and text), their SHA-256, and its version.';
CREATE TABLE outbox (
    tenant text COLLATE "C" NOT NULL,
    slug text COLLATE "C" NOT NULL,
    version bigint NOT NULL UNIQUE,
    kind text NOT NULL CHECK (kind IN ('put', 'remove', 'erase')),
    PRIMARY KEY (tenant, slug)
);
COMMENT ON TABLE outbox IS
    'The last change of each article, in the order of their versions.';
CREATE TABLE consumer (
    name text PRIMARY KEY,
    version bigint NOT NULL,
    at timestamptz NOT NULL
);
COMMENT ON TABLE consumer IS 'How far each copy of the articles has come in the outbox.';
"""

_KEPT_PAIRS = """
CREATE SEQUENCE kept_version;
CREATE TABLE kept_pair (
    tenant text COLLATE "C" NOT NULL,
    question_key text COLLATE "C" NOT NULL,
    version bigint NOT NULL,
    question text NOT NULL,
    address text NOT NULL,
    kept_by text NOT NULL,
    kept_at text NOT NULL,
    PRIMARY KEY (tenant, question_key)
);
COMMENT ON TABLE kept_pair IS 'The passages that editors keep for questions.';
"""

_RECORDS = """
CREATE TABLE kept_answer (
    key text COLLATE "C" PRIMARY KEY,
    created double precision NOT NULL,
    tenant text COLLATE "C" NOT NULL,
    channel bigint NOT NULL,
    asker bigint NOT NULL,
    question text NOT NULL,
    article text,
    private boolean NOT NULL,
    addresses text NOT NULL,
    earlier text NOT NULL DEFAULT '[]'
);
CREATE INDEX kept_answer_created ON kept_answer (created);
CREATE INDEX kept_answer_place ON kept_answer (tenant, channel, created);
COMMENT ON TABLE kept_answer IS 'The answers given, for the buttons under them.';
CREATE TABLE tenant (
    name text COLLATE "C" PRIMARY KEY,
    role bigint,
    removed double precision
);
COMMENT ON TABLE tenant IS 'The Discord servers: the role that may change articles, and since when
     one has removed the bot (seconds since 1970).';
CREATE TABLE synchronised (
    scope text COLLATE "C" PRIMARY KEY,
    digest text NOT NULL
);
COMMENT ON TABLE synchronised IS 'The commands that Discord was given, by their digests.';
CREATE TABLE miss (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    created double precision NOT NULL,
    tenant text COLLATE "C" NOT NULL,
    asker text NOT NULL,
    question text,
    words text NOT NULL,
    language text NOT NULL,
    verdict text NOT NULL,
    nearest text NOT NULL,
    unknown text NOT NULL,
    asks text
);
CREATE INDEX miss_created ON miss (created);
CREATE INDEX miss_tenant ON miss (tenant, id);
COMMENT ON TABLE miss IS 'Questions that the articles did not answer.';
"""

_VOTES = """
CREATE TABLE vote (
    answer text COLLATE "C" NOT NULL,
    voter bigint NOT NULL,
    tenant text COLLATE "C" NOT NULL,
    created double precision NOT NULL,
    address text NOT NULL,
    helpful boolean NOT NULL,
    PRIMARY KEY (answer, voter)
);
CREATE INDEX vote_voter ON vote (voter);
CREATE INDEX vote_tenant ON vote (tenant, created);
COMMENT ON TABLE vote IS 'Votes for answers, one of each person.';
ALTER TABLE kept_answer ADD COLUMN verdict text NOT NULL DEFAULT '';
"""

_SHARING = """
CREATE TABLE secret (name text PRIMARY KEY, value bytea NOT NULL);
COMMENT ON TABLE secret IS 'What all processes know and nobody else, such as the key of the links.';
CREATE TABLE division (shards int NOT NULL, processes int NOT NULL);
COMMENT ON TABLE division IS 'One row: how many shards Discord has, shared by how many processes.';
CREATE TABLE slot (number int PRIMARY KEY, holder text NOT NULL);
COMMENT ON TABLE slot IS 'The process that took each share of the shards last.';
CREATE TABLE identify (bucket int PRIMARY KEY, at timestamptz NOT NULL);
COMMENT ON TABLE identify IS 'The last turn to identify with Discord, taken or to come, by bucket.';
CREATE UNLOGGED TABLE claim (
    event bigint PRIMARY KEY,
    at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX claim_at ON claim (at);
COMMENT ON TABLE claim IS 'The events of Discord that a process has taken on, for some minutes.';
CREATE UNLOGGED TABLE cooldown (
    owner text COLLATE "C" PRIMARY KEY,
    full_at double precision NOT NULL
);
COMMENT ON TABLE cooldown IS 'Token buckets, each as the time at which it is full again (seconds
     since 1970).';
CREATE FUNCTION take_tokens(owners text[], pauses float8[], bursts int[], at float8)
RETURNS float8 LANGUAGE plpgsql AS $$
-- Take a token of each bucket if all have one, and return 0; else the seconds to wait.
DECLARE
    moment float8;
    until float8[];
    found float8;
    wait float8 := 0;
BEGIN
    FOR n IN 1 .. cardinality(owners) LOOP
        INSERT INTO cooldown VALUES (owners[n], 0) ON CONFLICT DO NOTHING;
        SELECT full_at INTO found FROM cooldown WHERE owner = owners[n] FOR UPDATE;
        until[n] := found;
    END LOOP;
    moment := coalesce(at, extract(epoch FROM clock_timestamp()));
    FOR n IN 1 .. cardinality(owners) LOOP
        wait := greatest(wait, until[n] - moment - pauses[n] * (bursts[n] - 1));
    END LOOP;
    IF wait <= 0 THEN
        FOR n IN 1 .. cardinality(owners) LOOP
            UPDATE cooldown SET full_at = greatest(moment, until[n]) + pauses[n]
                WHERE owner = owners[n];
        END LOOP;
    END IF;
    RETURN wait;
END $$;
"""

_TELLS = """
CREATE TABLE tell (
    key text COLLATE "C" PRIMARY KEY,
    created double precision NOT NULL,
    tenant text COLLATE "C" NOT NULL,
    channel bigint NOT NULL,
    person bigint NOT NULL,
    question text NOT NULL,
    article text,
    earlier text NOT NULL,
    direct boolean NOT NULL
);
CREATE INDEX tell_person ON tell (person);
COMMENT ON TABLE tell IS 'Who wants to be told when a question is answered.';
CREATE INDEX kept_answer_asker ON kept_answer (asker);
"""

_SERVER_SETTINGS = """
CREATE TABLE server_settings (
    tenant text COLLATE "C" PRIMARY KEY,
    settings text NOT NULL
);
COMMENT ON TABLE server_settings IS 'Where and how the bot answers in each server, as JSON.';
"""

_MIRROR = """
CREATE TABLE mirrored (slug text COLLATE "C" PRIMARY KEY, digest text NOT NULL);
COMMENT ON TABLE mirrored IS 'The articles that the mirror of a folder wrote, by their SHA-256.';
"""

_SETTINGS_VERSION = """
CREATE TABLE settings_version (
    single boolean PRIMARY KEY DEFAULT true CHECK (single),
    version bigint NOT NULL DEFAULT 0
);
COMMENT ON TABLE settings_version IS
    'One row: a number that grows whenever a server''s settings change.';
INSERT INTO settings_version DEFAULT VALUES;
CREATE FUNCTION count_settings_change() RETURNS trigger LANGUAGE plpgsql AS $$
-- For versions of the program, too, that know nothing of the number.
BEGIN
    EXECUTE format('UPDATE %I.settings_version SET version = version + 1', TG_TABLE_SCHEMA);
    PERFORM pg_notify('articlebot_changes', '');
    RETURN NULL;
END $$;
CREATE TRIGGER count_change AFTER INSERT OR UPDATE OR DELETE ON server_settings
    FOR EACH STATEMENT EXECUTE FUNCTION count_settings_change();
"""

_ASKER_KEYS = """
CREATE TABLE asker_key (day bigint PRIMARY KEY, key text NOT NULL);
COMMENT ON TABLE asker_key IS 'The key of a day, under which people that ask have names.';
"""

_LANGUAGES = """
ALTER TABLE shelf ADD COLUMN languages text[] NOT NULL DEFAULT '{}';
COMMENT ON COLUMN shelf.languages IS
    'Languages that its articles were found to be in: a process that asks it for the first time
     reads the question in these.';
"""

STEPS: tuple[Step, ...] = (
    Step(_ARTICLES),
    Step(_KEPT_PAIRS),
    Step(_RECORDS),
    Step(_VOTES),
    Step(_SHARING),
    Step(_TELLS),
    Step(_SERVER_SETTINGS),
    Step(_MIRROR),
    Step(_SETTINGS_VERSION),
    Step(_ASKER_KEYS),
    Step(_LANGUAGES),
)

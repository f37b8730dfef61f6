"""Messages about what is kept on disk: the folder of articles, the index, the records."""

from __future__ import annotations

from collections.abc import Mapping

MESSAGES: Mapping[str, str] = {
    "back_up.changed": "{path}: it is damaged: files in it are not as they were written",
    "back_up.cut_off": (
        "{path}: the file is cut off before its end; copy the back-up again, or restore another"
    ),
    "back_up.damaged_database": "{path}: {name} in it is damaged ({reason})",
    "back_up.damaged_file": "{path}: {name} in it is damaged",
    "back_up.database": (
        "{location}: articles and records lie in this database; `pg_dump --schema=articlebot` "
        "backs them up"
    ),
    "back_up.exists": "{path}: it exists already; name another file, or give --force",
    "back_up.in_the_way": (
        "{path}: there is something here already; move it away, or give --force, which keeps it "
        "beside"
    ),
    "back_up.is_folder": "{path}: this is a folder; name a file in it",
    "back_up.no_back_up": "{path}: this is no back-up, or it is damaged ({reason})",
    "back_up.no_file": "{path}: it holds {name!a}, which is no file",
    "back_up.no_folder": "{path}: there is no such folder; make it, or name another",
    "back_up.other_format": "{path}: this is no back-up, or one of another version's format",
    "back_up.stranger": "{path}: it holds {name!a}, which belongs nowhere",
    "back_up.unmakeable": "{path}: the back-up cannot be made ({reason})",
    "back_up.unreadable": "{path}: it cannot be read ({reason})",
    "back_up.unrestorable": "{path}: cannot be restored ({reason})",
    "corpus.missing": (
        "{path}: there is no folder of articles here; make it, or name another with --corpus DIR"
    ),
    "corpus.unreadable": (
        "{path}: the folder of articles cannot be read ({reason}); make it, or name another with "
        "--corpus DIR"
    ),
    "data.in_use": (
        "{path}: another `run` answers with this data; end it first, or set [discord] data to "
        "another folder"
    ),
    "data.unwritable": (
        "{path}: cannot be written ({reason}); set [discord] data to a folder that can be"
    ),
    "file.unlockable": "{path}: cannot be locked ({reason})",
    "file.unremovable": "{path}: cannot be removed ({reason})",
    "file.unwritable": "{path}: cannot be written ({reason})",
    "index.cut_short": "{folder}: a file of the index was cut short",
    "index.damaged": "{folder}: the index is damaged ({reason})",
    "index.fault_damaged": "{slug}: its fault is not what was indexed",
    "index.file_missing": "{path}: the file is missing",
    "index.gone": "{folder}: the index is gone",
    "index.head_damaged": "{slug}: its head is not what was indexed",
    "index.locked": (
        "{path}: another process has been writing the index for {seconds:.0f} s; wait for it, or "
        "end it"
    ),
    "index.log_damaged": "{slug}: the log of recent articles is damaged",
    "index.no_merge_process": "no process could be started to merge the index ({reason})",
    "index.no_space": (
        "{folder}: the index folder cannot be written ({reason}); free some space, or set "
        "[search] cache to another"
    ),
    "index.other_format": "{folder}: the index is of another format",
    "index.other_maker": "{folder}: the index was made with {made_with}",
    "index.passage_damaged": "{slug}: passage {number} is not what was indexed",
    "index.passage_missing": "{slug}: passage {number} is missing",
    "index.passages_missing": "{slug}: some of its passages are missing",
    "index.process_died": (
        "a process that read articles broke down, perhaps for want of memory; set [search] "
        "build_memory_mb to less, and do it again: what is done is kept"
    ),
    "index.read_only": (
        "{folder}: the index cannot be written here; set [search] cache to a folder that can"
    ),
    "index.remade_for_a_moment": "the index is being made anew; ask again in a moment",
    "index.remade_for_minutes": (
        "the index cannot be read and is being rebuilt; ask again in a few minutes"
    ),
    "index.removals_damaged": "{file}: its list of removed articles is damaged",
    "index.segment_damaged": "{folder}: a segment is damaged",
    "index.segment_missing": "{folder}: a segment's file is missing",
    "index.token_damaged": "the engine's token is damaged",
    "index.unfinished": "{folder}: the index is being made; ask again in some minutes",
    "index.unmerged": "{folder}: the index could not be merged; free some space",
    "index.unreadable": (
        "{path}: the index cannot be read ({reason}); set [search] cache to a folder that can"
    ),
    "index.unusable": "{folder}: the index cannot be used ({reason})",
    "index.unwritable": (
        "{folder}: the index folder cannot be written ({reason}); set [search] cache to one that "
        "can"
    ),
    "kept.busy": "{path}: another process is changing the kept answers",
    "kept.unreadable": "{path}: {problem}",
    "links.exposed_key": (
        "{path}: others can read the key of the signed links; delete it (links made so far then "
        "end), or chmod 600 it"
    ),
    "links.no_key": "{path}: this is no key; delete it, and a new one is made",
    "links.unusable_key": "{path}: the key of the signed links cannot be read or made ({reason})",
    "records.foreign": (
        "{path}: another program's database lies here; set [discord] data to another folder"
    ),
    "records.newer": (
        "{path}: its format is {found}, and this program knows {known} at the most; run the later "
        "version that wrote it, or move the file away"
    ),
    "records.unknown_table": (
        "{location}: there is no table {name} of records; the database is of another version"
    ),
    "records.unlike_tables": (
        "the records' table {name} has other columns there; bring both to one version first"
    ),
    "records.unopenable": (
        "{path}: cannot be opened ({reason}); set [discord] data to a folder that can be written"
    ),
    "records.unusable": "{path}: cannot be used ({reason})",
    "segment.checksum": "{file}: the segment cannot be used, its checksum is wrong",
    "segment.dictionary": "{file}: the segment cannot be used, its dictionary's checksum is wrong",
    "segment.no_segment": "{file}: the segment cannot be used, it is no segment, or cut short",
    "segment.postings": "{file}: the segment cannot be used, its postings' checksum is wrong",
    "segment.short": "{file}: the segment cannot be used, it is cut short",
    "segment.unreadable": "{file}: the segment cannot be used, it cannot be read ({reason})",
    "shards.divided": (
        "other processes divide Discord's shards among {processes}, and this one among {wanted}; "
        "set [discord] processes to one number everywhere, or end the others first"
    ),
    "storage.newer": (
        "{location}: its tables have taken {found} steps, and this program knows {known}; run the "
        "later version that made them"
    ),
    "storage.no_database": (
        "no database is named; name one with [storage] postgres, or with DATABASE_URL"
    ),
    "storage.no_driver": (
        "a PostgreSQL database needs psycopg ({reason}); "
        'install it with: pip install "articlebot[cluster]"'
    ),
    "storage.refused": "{location}: the storage refuses what was asked of it ({reason})",
    "storage.unreachable": "the storage is not reachable ({location}: {reason})",
    "tenant.unmakeable_folder": (
        "{path}: cannot be made ({reason}); set [discord] data to a folder that can be written"
    ),
}

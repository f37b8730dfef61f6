"""Records for tests of what stands before them: everything in dicts."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Callable

from bot.service.records import Chat, GivenAnswer, Records
from bot.service.records.asker_names import name_of
from bot.service.records.given_answers import DAY
from bot.service.records.recorded_misses import MOST_MISSES, Miss, RecordedMiss
from bot.service.records.server_settings import ServerSettings
from bot.service.records.tells import Tell
from bot.service.records.votes import VoteCounts, VotedDown
from bot.service.tenants import EVERYONE, Tenant


class FakeGivenAnswers:
    """`bot.service.records.given_answers.GivenAnswers` in memory.

    It passes their contract suite."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._kept: dict[str, tuple[float, GivenAnswer]] = {}
        self._made = 0

    def keep(
        self,
        chat: Chat,
        asker: int,
        question: str,
        article: str | None,
        addresses: tuple[str, ...],
        *,
        private: bool,
        earlier: tuple[str, ...] = (),
        verdict: str = "",
    ) -> GivenAnswer:
        self._made += 1
        key, question = f"key-{self._made}", question.encode("utf-8", "replace").decode()
        kept = GivenAnswer(
            key, chat, asker, question, article, private, addresses, earlier, verdict
        )
        self._kept[key] = self._clock(), kept
        return kept

    def get(self, key: str, chat: Chat) -> GivenAnswer | None:
        _, kept = self._kept.get(key, (0.0, None))
        return kept if kept is not None and kept.chat == chat else None

    def latest(
        self, chat: Chat, asker: int, seconds: float, *, anyones: bool
    ) -> GivenAnswer | None:
        since = self._clock() - seconds
        found = [
            (made, kept)
            for made, kept in self._kept.values()
            if kept.chat == chat and made >= since
            if kept.asker == asker or (anyones and not kept.private)
        ]
        return max(found, key=lambda item: item[0])[1] if found else None

    def all(self) -> list[tuple[float, GivenAnswer]]:
        """Each answer, with the time at which it was given."""
        return list(self._kept.values())

    def by_key(self, key: str) -> GivenAnswer | None:
        return self._kept[key][1] if key in self._kept else None

    def forget(self, key: str) -> None:
        self._kept.pop(key, None)

    def number_of(self, asker: int) -> int:
        return sum(given.asker == asker for _, given in self._kept.values())

    def forget_asker(self, asker: int) -> int:
        theirs = [key for key, (_, given) in self._kept.items() if given.asker == asker]
        for key in theirs:
            del self._kept[key]
        return len(theirs)

    def forget_older(self, days: float) -> int:
        before = self._clock() - days * DAY
        old = [key for key, (made, _) in self._kept.items() if made < before]
        for key in old:
            del self._kept[key]
        return len(old)

    def forget_tenant(self, tenant: Tenant) -> None:
        for key, (_, kept) in list(self._kept.items()):
            if kept.chat.tenant == tenant:
                del self._kept[key]

    def tenants(self) -> set[Tenant]:
        return {kept.chat.tenant for _, kept in self._kept.values()} - {EVERYONE}


class FakeMemberships:
    """`bot.service.records.memberships.Memberships` in memory. It passes their contract suite."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._roles: dict[Tenant, int | None] = {}
        self._removed: dict[Tenant, float] = {}

    def join(self, tenant: Tenant) -> None:
        if self._removed.pop(tenant, None) is not None:
            self._roles[tenant] = None

    def leave(self, tenant: Tenant) -> None:
        self._roles.pop(tenant, None)
        self._removed.setdefault(tenant, self._clock())

    def present(self) -> set[Tenant]:
        return self._roles.keys() - self._removed.keys()

    def has_left(self, tenant: Tenant) -> bool:
        return tenant in self._removed

    def left_longer(self, days: float) -> list[Tenant]:
        before = self._clock() - days * DAY
        return sorted(tenant for tenant, removed in self._removed.items() if removed < before)

    def forget(self, tenant: Tenant) -> None:
        self._roles.pop(tenant, None)
        self._removed.pop(tenant, None)

    def role(self, tenant: Tenant) -> int | None:
        return self._roles.get(tenant)

    def set_role(self, tenant: Tenant, role: int | None) -> None:
        self._roles[tenant] = role


class FakeRegistrations:
    """`bot.service.records.registrations.Registrations` in memory. It passes their contract
    suite."""

    def __init__(self) -> None:
        self._digests: dict[str, str] = {}

    def digest(self, scope: str) -> str | None:
        return self._digests.get(scope)

    def put(self, scope: str, digest: str) -> None:
        self._digests[scope] = digest

    def scopes(self) -> list[str]:
        return sorted(self._digests)

    def forget(self, scope: str) -> None:
        self._digests.pop(scope, None)


class FakeMisses:
    """`bot.service.records.recorded_misses.Misses` in memory. It passes their contract suite."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._kept: list[RecordedMiss] = []

    def keep(self, miss: Miss, asker: str) -> None:
        if miss.question is not None:
            miss = miss._replace(question=miss.question.encode("utf-8", "replace").decode())
        self._kept.insert(0, RecordedMiss(miss, asker, self._clock()))

    def since(self, when: float, tenant: Tenant) -> list[RecordedMiss]:
        return [each for each in self._kept if each.miss.tenant == tenant and each.when >= when]

    def tenants(self) -> list[Tenant]:
        return sorted({each.miss.tenant for each in self._kept})

    def forget_older(self, days: float, most: int = MOST_MISSES) -> int:
        before, count = self._clock() - days * DAY, len(self._kept)
        young = [each for each in self._kept if each.when >= before]
        seen: Counter[Tenant] = Counter()
        self._kept = []
        for each in young:
            seen[each.miss.tenant] += 1
            if seen[each.miss.tenant] <= most:
                self._kept.append(each)
        return count - len(self._kept)

    def forget_tenant(self, tenant: Tenant) -> None:
        self._kept = [each for each in self._kept if each.miss.tenant != tenant]


class FakeVotes:
    """`bot.service.records.votes.Votes` in memory. It passes their contract suite."""

    def __init__(self, clock: Callable[[], float], answers: FakeGivenAnswers) -> None:
        self._clock = clock
        self._answers = answers
        self._votes: dict[tuple[str, int], tuple[float, Tenant, str, bool]] = {}

    def put(self, given: GivenAnswer, index: int, voter: int, *, helpful: bool) -> None:
        address = given.addresses[index] if index < len(given.addresses) else ""
        vote = self._clock(), given.chat.tenant, address, helpful
        self._votes[given.key, voter] = vote

    def counts(self, key: str) -> VoteCounts:
        votes = [vote[3] for (answer, _), vote in self._votes.items() if answer == key]
        return VoteCounts(sum(votes), len(votes) - sum(votes))

    def voted_down(self, when: float, tenant: Tenant) -> list[VotedDown]:
        found = []
        for (key, voter), (created, whose, address, helpful) in sorted(self._votes.items()):
            given = self._answers.by_key(key)
            if given is not None and whose == tenant and created >= when and not helpful:
                found.append(VotedDown(given.question, given.earlier, address, voter, created))
        return sorted(found, key=lambda vote: -vote.when)

    def well_received(self, most: int) -> list[GivenAnswer]:
        found = []
        for made, given in self._answers.all():
            votes = self.counts(given.key)
            is_good = given.verdict == "answer" and not given.private
            if is_good and votes.helpful >= votes.unhelpful:
                found.append((made, given))
        return [given for _, given in sorted(found, key=lambda each: (-each[0], each[1].key))][
            :most
        ]

    def tenants(self) -> list[Tenant]:
        return sorted({vote[1] for vote in self._votes.values() if self.voted_down(0.0, vote[1])})

    def number_of(self, voter: int) -> int:
        return sum(who == voter for _, who in self._votes)

    def forget_voter(self, voter: int) -> int:
        return self._forget(lambda who, _, __: who == voter)

    def forget_older(self, days: float) -> int:
        before = self._clock() - days * DAY
        return self._forget(lambda _, created, __: created < before)

    def forget_tenant(self, tenant: Tenant) -> None:
        self._forget(lambda _, __, whose: whose == tenant)

    def _forget(self, is_meant: Callable[[int, float, Tenant], bool]) -> int:
        meant = [at for at, vote in self._votes.items() if is_meant(at[1], vote[0], vote[1])]
        for at in meant:
            del self._votes[at]
        return len(meant)


class FakeTells:
    """`bot.service.records.tells.Tells` in memory. It passes their contract suite."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._tells: dict[str, tuple[float, Tell]] = {}
        self._made = 0

    def put(self, given: GivenAnswer, person: int, *, direct: bool) -> Tell:
        chat, question = given.chat, given.question
        same = (chat.tenant, person, question)
        self._forget(lambda _, each: (each.chat.tenant, each.person, each.question) == same)
        self._made += 1
        key = f"tell-{self._made:04}"
        tell = Tell(key, chat, person, question, given.article, given.earlier, direct)
        self._tells[key] = self._clock(), tell
        return tell

    def open(self) -> list[Tell]:
        return [tell for _, tell in sorted(self._tells.values(), key=lambda item: item[0])]

    def of(self, person: int) -> list[Tell]:
        return [tell for tell in self.open() if tell.person == person]

    def forget(self, key: str) -> bool:
        return self._forget(lambda _, tell: tell.key == key) > 0

    def forget_person(self, person: int) -> int:
        return self._forget(lambda _, tell: tell.person == person)

    def forget_older(self, days: float) -> int:
        before = self._clock() - days * DAY
        return self._forget(lambda created, _: created < before)

    def forget_tenant(self, tenant: Tenant) -> None:
        self._forget(lambda _, tell: tell.chat.tenant == tenant)

    def _forget(self, is_meant: Callable[[float, Tell], bool]) -> int:
        meant = [key for key, held in self._tells.items() if is_meant(*held)]
        for key in meant:
            del self._tells[key]
        return len(meant)


class FakeServerSettings:
    """`bot.service.records.server_settings.AllServerSettings` in memory. It passes their contract
    suite."""

    def __init__(self) -> None:
        self._settings: dict[Tenant, ServerSettings] = {}

    def get(self, tenant: Tenant) -> ServerSettings:
        return self._settings.get(tenant, ServerSettings())

    def put(self, tenant: Tenant, settings: ServerSettings) -> None:
        self._settings[tenant] = settings

    def forget_tenant(self, tenant: Tenant) -> None:
        self._settings.pop(tenant, None)


class FakeAskerNames:
    """Implements `bot.service.records.AskerNames`."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._keys: dict[int, bytes] = {}

    def of(self, person: str) -> str:
        self.forget_past()
        key = self._keys.setdefault(int(self._clock() // DAY), secrets.token_bytes(32))
        return name_of(person, key)

    def forget_past(self) -> None:
        today = int(self._clock() // DAY)
        self._keys = {day: key for day, key in self._keys.items() if day >= today}


def fake_records(clock: Callable[[], float]) -> Records:
    """All records in memory."""
    answers = FakeGivenAnswers(clock)
    return Records(
        answers,
        FakeMemberships(clock),
        FakeRegistrations(),
        FakeMisses(clock),
        FakeAskerNames(clock),
        FakeVotes(clock, answers),
        FakeTells(clock),
        FakeServerSettings(),
        lambda: None,
    )

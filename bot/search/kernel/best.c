/* The best passages of a segment: the part of a question that touches every posting.

   The segment is gone through in windows of passages, whose sums lie in the processor's nearest
   cache. In each, the terms' impacts, times their weights, are added up (Buckley and Lewit,
   "Optimization of inverted vector searches", SIGIR 1985); a term that has an entry for every
   passage is only looked up, once it cannot make one of the best of a passage that has none of
   the others (MaxScore: Turtle and Flood, "Query evaluation: strategies and optimizations",
   1995). A sum is a little more than its score, and it is known how much more at the most: so
   the passages are found that may be among the best, and these few are scored exactly, as
   bot/core/relevance/term_scoring.py says.

   Nothing is allocated here, and nothing is kept from one call to the next. */

#include "candidates.h"

/* By measurement at a million passages: */
#define WINDOW 8192u        /* passages whose sums stay in the cache */
#define SPARSE (WINDOW / 4) /* with fewer sums than this, each is looked at, and not all there are */
#define SAMPLE (WINDOW / 8) /* passages that stand for those of a window */
#define FEW (SAMPLE / 128)  /* of them, for which to look a term up is faster than to add it up */
#define BLOCK 16u           /* passages of which hardly ever one is considered */
#define LINE 64u            /* bytes that come from memory together */

ALWAYS_INLINE uint32_t add_gaps(struct question *q, uint32_t number, struct range window,
                                uint32_t touched, uint32_t width)
{
    const struct term *term = q->terms + number;
    const uint8_t *gaps = bytes_at(term->gaps), *impacts = bytes_at(term->impacts);
    struct cursor at = skip_gaps(term, q->added[number], window.first, width);
    uint32_t weight = q->weights[number];
    while (at.passage < window.end) {
        uint32_t offset = at.passage - window.first, impact = impacts[at.entry];
        uint32_t sum = q->sums[offset];
        q->touched[touched] = (uint16_t)offset;
        touched += !sum & (impact != 0);
        q->sums[offset] = sum + weight * impact;
        at.entry++;
        at.passage = next_passage(at, gaps, width, term->entries);
    }
    q->added[number] = at;
    return touched;
}

static uint32_t add_list(struct question *q, uint32_t number, struct range window, uint32_t touched)
{
    switch (q->terms[number].width) {
    case 1:
        return add_gaps(q, number, window, touched, 1);
    case 2:
        return add_gaps(q, number, window, touched, 2);
    default:
        return add_gaps(q, number, window, touched, 4);
    }
}

ALWAYS_INLINE void add_dense(struct question *q, uint32_t number, struct range window)
{
    const uint8_t *restrict impacts = bytes_at(q->terms[number].impacts) + window.first;
    uint32_t *restrict sums = q->sums;
    uint16_t weight = (uint16_t)q->weights[number];
    for (uint32_t ahead = WINDOW; ahead < 2 * WINDOW; ahead += LINE)
        __builtin_prefetch(impacts + ahead);
    for (uint32_t offset = 0; offset < window.end - window.first; offset++)
        sums[offset] += (uint16_t)(impacts[offset] * weight);
}

/* How many sums are this high. They are less than 2^31, and numbers with a sign are compared many at
   a time on every processor. */
ALWAYS_INLINE uint32_t count_from(const uint32_t *sums, uint32_t size, uint32_t least)
{
    uint32_t count = 0;
    for (uint32_t at = 0; at < size; at++)
        count += (int32_t)sums[at] >= (int32_t)least;
    return count;
}

/* Few passages of the window have any of the lists' terms. */
static void search_touched(struct question *q, struct range window, uint32_t touched)
{
    uint32_t first = q->found;
    for (uint32_t at = 0; at < touched; at++) {
        uint32_t offset = q->touched[at], sum = q->sums[offset];
        q->sums[offset] = 0;
        if (sum + q->rest[q->lists] >= q->least)
            consider(q, q->lists, window.first + offset, sum);
    }
    sort_from(q, first);
}

/* Whether to look the terms up from this one on, for the passages whose sums are high enough, is
   faster than to add this one up for all. A part of the window tells. */
ALWAYS_INLINE int is_looked_up(const struct question *q, uint32_t number, uint32_t size)
{
    if (number == q->count)
        return 1;
    return q->rest[number] < q->least && count_from(q->sums, size < SAMPLE ? size : SAMPLE,
                                                    q->least - q->rest[number]) <= FEW;
}

/* Many do, or may be among the best without. */
ALWAYS_INLINE void search_all(struct question *q, struct range window)
{
    uint32_t number = q->lists, size = window.end - window.first;
    while (!is_looked_up(q, number, size))
        add_dense(q, number++, window);
    for (uint32_t start = 0; start < size; start += BLOCK) {
        uint32_t end = start + BLOCK < size ? start + BLOCK : size;
        if (!count_from(q->sums + start, end - start, q->least - q->rest[number]))
            continue;
        for (uint32_t offset = start; offset < end; offset++)
            if (q->sums[offset] + q->rest[number] >= q->least)
                consider(q, number, window.first + offset, q->sums[offset]);
    }
    __builtin_memset(q->sums, 0, size * sizeof *q->sums);
}

#ifdef __x86_64__
/* The same for a processor that adds and compares eight numbers at a time: most do, not all. */
__attribute__((target("avx2"))) static void search_all_by_eights(struct question *q,
                                                                 struct range window)
{
    search_all(q, window);
}
#define HAS_EIGHTS __builtin_cpu_supports("avx2")
#else
#define search_all_by_eights search_all
#define HAS_EIGHTS 0
#endif

static void search_window(struct question *q, struct range window)
{
    uint32_t touched = 0;
    for (uint32_t number = 0; number < q->lists; number++)
        touched = add_list(q, number, window, touched);
    if (touched < SPARSE && q->rest[q->lists] < q->least)
        search_touched(q, window, touched);
    else if (HAS_EIGHTS)
        search_all_by_eights(q, window);
    else
        search_all(q, window);
}

/* ---- what Python calls --------------------------------------------------------------------- */

/* How many bytes of space a question takes; they are to be on a border of 8 bytes, and those of
   the sums, which come first, 0. */
EXPORTED uint64_t space_for(uint32_t terms, uint32_t limit)
{
    return 4ull * WINDOW + 16ull * limit + 32ull * (terms + 1) + 2ull * (WINDOW + 8);
}

/* How many passages there is to be room for. */
EXPORTED uint32_t room_for(uint32_t limit)
{
    return limit + 2 * WINDOW;
}

/* Find the `limit` best passages of these ranges, in order, with their scores; returns how many
   there are. `threshold` is the least score that is of any use. */
EXPORTED uint32_t best(const struct segment *segment, const struct term *terms, uint32_t count,
                       double average_length, uint32_t limit, double threshold,
                       const struct range *ranges, uint32_t range_count, uint8_t *space,
                       uint32_t *passages, uint32_t *sums, double *scores)
{
    struct question q = {
        .segment = segment,
        .terms = terms,
        .count = count,
        .average_length = average_length,
        .limit = limit,
        .passages = passages,
        .candidate_sums = sums,
        .scores = scores,
        .room = room_for(limit),
    };
    q.sums = (uint32_t *)space;
    q.highest = (uint64_t *)(q.sums + WINDOW);
    q.best = q.highest + limit;
    q.gives = (double *)(q.best + limit);
    q.added = (struct cursor *)(q.gives + count);
    q.scored = q.added + count;
    q.weights = (uint32_t *)(q.scored + count);
    q.rest = q.weights + count;
    q.touched = (uint16_t *)(q.rest + count + 1);
    while (q.lists < count && terms[q.lists].width)
        q.lists++;
    weigh(&q, threshold);
    if (q.least > q.rest[0]) /* the threshold is another segment's, of terms that are not in this one */
        return 0;
    for (const struct range *range = ranges; range < ranges + range_count; range++) {
        for (uint32_t first = range->first; first < range->end; first += WINDOW) {
            uint32_t left = range->end - first;
            if (q.room - q.found < WINDOW) /* where very many sums are alike, only scores tell */
                keep_best(&q);
            search_window(&q, (struct range){first, first + (left < WINDOW ? left : WINDOW)});
        }
    }
    keep_best(&q);
    return q.found;
}

/* How many passages of these ranges hold the term. */
EXPORTED uint32_t count_in(const struct term *term, const struct range *ranges, uint32_t range_count)
{
    const uint8_t *impacts = bytes_at(term->impacts);
    struct cursor at = first_cursor(term);
    uint32_t count = 0;
    for (const struct range *range = ranges; range < ranges + range_count; range++) {
        uint32_t first = (at = skip_to(term, at, range->first)).entry;
        uint32_t end = (at = skip_to(term, at, range->end)).entry;
        for (uint32_t entry = first; entry < end; entry++)
            count += impacts[entry] != 0;
    }
    return count;
}

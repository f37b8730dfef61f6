/* The passages that may be among a question's best: they are collected with their sums, which are
   quickly added up, and scored exactly only once they are many, or all there are. */

#ifndef CANDIDATES_H
#define CANDIDATES_H

#include "heap.h"
#include "question.h"

static inline void collect(struct question *q, uint32_t passage, uint32_t sum)
{
    q->passages[q->found] = passage;
    q->candidate_sums[q->found] = sum;
    q->found++;
    if (push(q->highest, &q->highest_count, q->limit, sum))
        raise_least(q, ((double)q->highest[0] - q->slack) * q->lower);
}

static inline void keep(struct question *q, uint32_t to, uint32_t from)
{
    q->passages[to] = q->passages[from];
    q->candidate_sums[to] = q->candidate_sums[from];
    q->scores[to] = q->scores[from];
}

/* Score what is not scored yet, but for those whose sums are too low by now. */
static inline void score_all(struct question *q)
{
    uint32_t kept = 0, known = q->known, found = q->found;
    q->known = 0;
    for (uint32_t at = 0; at < found; at++) {
        if (q->candidate_sums[at] < q->least)
            continue;
        keep(q, kept, at);
        if (at >= known) {
            q->scores[kept] = score(q->segment, q->terms, q->count, q->average_length,
                                    q->passages[kept], q->scored, q->gives);
            if (push(q->best, &q->scored_count, q->limit, bits_of(q->scores[kept])))
                raise_least(q, number_of(q->best[0]) * q->sum_of_score);
        }
        kept++;
    }
    q->found = q->known = kept;
}

/* Score all, and keep no more than are asked for: of equals, the first. */
static inline void keep_best(struct question *q)
{
    score_all(q);
    if (q->found <= q->limit)
        return;
    uint32_t better = 0, kept = 0;
    for (uint32_t at = 0; at < q->found; at++)
        better += bits_of(q->scores[at]) > q->best[0];
    uint32_t ties = q->limit - better;
    for (uint32_t at = 0; at < q->found; at++) {
        uint64_t bits = bits_of(q->scores[at]);
        if (bits > q->best[0] || (bits == q->best[0] && ties && ties--))
            keep(q, kept++, at);
    }
    q->found = q->known = kept;
}

/* Take up the passage if it may be among the best, given what the terms before this one make. */
static inline void consider(struct question *q, uint32_t number, uint32_t passage, uint32_t sum)
{
    for (; number < q->count && sum + q->rest[number] >= q->least; number++)
        sum += q->weights[number] * bytes_at(q->terms[number].impacts)[passage];
    if (number == q->count && sum >= q->least)
        collect(q, passage, sum);
}

/* Put those candidates in order: a list's stand in order already, but one list's behind the other's.
   (Shell's sort, with Knuth's gaps: "The Art of Computer Programming" 3, 5.2.1.) */
static inline void sort_from(struct question *q, uint32_t first)
{
    for (uint32_t gap = 364; gap; gap /= 3) {
        for (uint32_t at = first + gap; at < q->found; at++) {
            uint32_t passage = q->passages[at], sum = q->candidate_sums[at], to = at;
            for (; to >= first + gap && q->passages[to - gap] > passage; to -= gap) {
                q->passages[to] = q->passages[to - gap];
                q->candidate_sums[to] = q->candidate_sums[to - gap];
            }
            q->passages[to] = passage;
            q->candidate_sums[to] = sum;
        }
    }
}

#endif

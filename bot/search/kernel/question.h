/* A question to a segment: what its terms weigh, and from which sum on a passage may be among the
   best.

   A sum is of whole steps: of each term in the passage the impact, times the term's weight. With
   `step` what one of them is worth, and `growth` the average length now as a multiple of what it was
   when the impacts were counted,

       step * min(growth, 1) * (sum - slack) <= score <= step * max(growth, 1) * sum

   for the impacts are rounded up, and so are the weights; and with another average length no term
   gives more than `growth` times what it gave, or less, in whichever way it changed. */

#ifndef QUESTION_H
#define QUESTION_H

#include "postings.h"
#include "scoring.h"

#define MOST_OF_DENSE 257    /* times STEPS it is the largest number of 16 bits */
#define MOST_TOGETHER 8e6    /* times STEPS, and one more for each of 400,000 terms, it is less than 2^31 */
#define EXACTLY (1 - 1e-9)  /* what 64 bits may make of a bound, and more */

struct question {
    const struct segment *segment;
    const struct term *terms; /* lists of gaps first, then dense postings, which have an entry for every
                                 passage: those of the highest idf first */
    uint32_t count, lists;
    double average_length; /* now */
    uint32_t limit;
    uint32_t *weights; /* of each term: what one step of its impact adds to a sum */
    uint32_t *rest;    /* of each term: what it and those behind it add to a sum, at the most */
    struct cursor *added, *scored; /* of each term: how far it was added up, and scored */
    double *gives;                /* of each term, in one passage */
    uint32_t *sums;               /* of a window's passages; 0 between windows */
    uint16_t *touched;            /* which of them are more */
    uint64_t *highest, *best;     /* heaps of the highest sums so far, and of the bits of the best
                                     scores; the least comes first */
    uint32_t highest_count, scored_count;
    double slack;        /* what rounding may have added to a sum */
    double lower;        /* times a sum without it: the least sum of a passage that scores as much */
    double sum_of_score; /* the least sum of a passage that scores 1 */
    uint32_t least;      /* the least sum of a passage that may be among the best */
    /* the passages that may be, in order, with their sums, and the first ones' scores */
    uint32_t *passages, *candidate_sums;
    double *scores;
    uint32_t found, known, room;
};

static inline void raise_least(struct question *q, double sum)
{
    sum *= EXACTLY;
    if (sum > q->least)
        q->least = sum < INT32_MAX ? (uint32_t)sum : INT32_MAX; /* more than any sum */
}

static inline void weigh(struct question *q, double threshold)
{
    double unit, step, total = 0, growth = q->average_length / q->segment->average_length;
    for (uint32_t number = 0; number < q->count; number++)
        total += q->terms[number].idf;
    unit = total / MOST_TOGETHER;
    if (q->lists < q->count && q->terms[q->lists].idf / MOST_OF_DENSE > unit)
        unit = q->terms[q->lists].idf / MOST_OF_DENSE; /* of dense postings, the first have the most */
    q->rest[q->count] = 0;
    q->slack = 0;
    for (uint32_t number = q->count; number--;) {
        double exact = q->terms[number].idf / unit;
        uint32_t weight = (uint32_t)exact;
        weight += weight < exact && (number < q->lists || weight < MOST_OF_DENSE);
        q->weights[number] = weight;
        q->rest[number] = q->rest[number + 1] + STEPS * weight;
        q->slack += (STEPS + 1) * (weight - exact > 0 ? weight - exact : 0) + exact;
        q->added[number] = q->scored[number] = first_cursor(q->terms + number);
    }
    step = unit * (q->segment->k1 + 1) / STEPS;
    q->lower = growth < 1 ? growth : 1 / growth;
    q->sum_of_score = 1 / (step * (growth < 1 ? 1 : growth));
    q->least = 1;
    raise_least(q, threshold * q->sum_of_score);
}

#endif

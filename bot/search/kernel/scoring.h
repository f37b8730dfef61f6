/* What a passage scores, exactly: see bot/core/relevance/term_scoring.py and bot/search/segments/impacts.py. */

#ifndef SCORING_H
#define SCORING_H

#include "postings.h"

#include <float.h>

#if FLT_EVAL_METHOD != 0 && FLT_EVAL_METHOD != 1
#error "numbers that are kept longer than 64 bits are rounded twice: scores would not be those of Python"
#endif

#define STEPS 255        /* an impact is so many parts of the most that a term can give */
#define MOST_PARTIALS 40 /* more than a sum of numbers between 2^-1022 and 2^1023 ever has */

/* What of a segment's file is in memory as long as it is open. */
struct segment {
    uint64_t lengths;       /* how many terms each passage holds */
    uint64_t exceptions_at; /* the offsets of some impacts in the file, in order, 8 bytes each */
    uint64_t exceptions;    /* the frequencies behind them, 4 bytes each */
    double average_length;  /* when it was written: what impacts were counted with */
    double k1, b;
    uint32_t length_width;
    uint32_t exception_count;
};
LAID_OUT(segment, average_length, 24)
LAID_OUT(segment, length_width, 48)
OF_SIZE(segment, 56)

static inline double norm_of(const struct segment *segment, double length, double average_length)
{
    return segment->k1 * (1 - segment->b + segment->b * length / average_length);
}

/* The frequency behind an impact where it has one of its own in the file's table; 0 elsewhere. */
static inline uint32_t exception(const struct segment *segment, uint64_t offset)
{
    uint32_t first = 0, end = segment->exception_count;
    while (first < end) {
        uint32_t middle = first + (end - first) / 2;
        uint64_t own = number_at(bytes_at(segment->exceptions_at) + 8ull * middle, 8);
        if (own == offset)
            return (uint32_t)number_at(bytes_at(segment->exceptions) + 4ull * middle, 4);
        if (own < offset)
            first = middle + 1;
        else
            end = middle;
    }
    return 0;
}

/* The sum, rounded once, whatever the order (Shewchuk, "Adaptive precision floating-point
   arithmetic and fast robust geometric predicates", 1997), as Python's math.fsum does: of equal
   scores the order of the terms must not make two. */
static inline double exact_sum(const double *values, uint32_t count)
{
    double partials[MOST_PARTIALS];
    uint32_t size = 0;
    for (uint32_t at = 0; at < count; at++) {
        double high = values[at];
        uint32_t kept = 0;
        for (uint32_t i = 0; i < size; i++) {
            double low = partials[i];
            if (__builtin_fabs(low) > __builtin_fabs(high)) {
                double swap = low;
                low = high;
                high = swap;
            }
            double sum = high + low, error = low - (sum - high);
            if (error != 0)
                partials[kept++] = error;
            high = sum;
        }
        partials[kept++] = high;
        size = kept;
    }
    double total = 0, lost = 0;
    while (size && lost == 0) {
        double high = total, low = partials[--size];
        total = high + low;
        lost = low - (total - high);
    }
    /* of two numbers that are as near, the rest says which it is */
    if (size && ((lost < 0 && partials[size - 1] < 0) || (lost > 0 && partials[size - 1] > 0))) {
        double other = total + 2 * lost;
        if (other - total == 2 * lost)
            total = other;
    }
    return total;
}

/* What the passage scores, given so many terms; `cursors` is how far each was gone before, and
   `gives` room for a number of each. */
static inline double score(const struct segment *segment, const struct term *terms, uint32_t count,
                           double average_length, uint32_t passage, struct cursor *cursors,
                           double *gives)
{
    const uint8_t *length_at = bytes_at(segment->lengths) + (uint64_t)passage * segment->length_width;
    double length = (double)number_at(length_at, segment->length_width);
    double norm = norm_of(segment, length, average_length);
    double norm_before = norm_of(segment, length, segment->average_length);
    uint32_t matched = 0;
    for (uint32_t number = 0; number < count; number++) {
        struct cursor at = cursors[number] = skip_to(terms + number, cursors[number], passage);
        const uint8_t *impact = bytes_at(terms[number].impacts) + at.entry;
        if (at.passage != passage || !*impact)
            continue;
        double frequency = exception(segment, terms[number].impacts_at + at.entry);
        if (frequency == 0) {
            uint64_t below = (uint64_t)(norm_before * (*impact - 1) / (STEPS + 1 - *impact));
            frequency = (double)(below + 1);
        }
        gives[matched++] = terms[number].idf * (segment->k1 + 1) * (frequency / (frequency + norm));
    }
    return exact_sum(gives, matched);
}

#endif

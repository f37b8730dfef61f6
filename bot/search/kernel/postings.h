/* What a segment's postings look like to the kernel; see bot/search/segments/segment.py.

   Addresses are 64 bits wide on every machine, so that Python packs them alike everywhere. */

#ifndef POSTINGS_H
#define POSTINGS_H

#include "bytes.h"

#define END UINT32_MAX /* the passage behind the last one */

struct term {
    uint64_t gaps;    /* from each entry's passage to the next; none where every passage has an entry */
    uint64_t impacts; /* of each entry; 0 where it is no posting */
    uint64_t impacts_at; /* their offset in the file, by which exceptions are known */
    double idf;
    uint32_t entries;
    uint32_t width; /* of a gap, in bytes: 1, 2 or 4, and 0 where there are none */
};
LAID_OUT(term, idf, 24)
LAID_OUT(term, width, 36)
OF_SIZE(term, 40)

struct range { /* passages, from the first to before the end */
    uint32_t first, end;
};
LAID_OUT(range, end, 4)
OF_SIZE(range, 8)

struct cursor { /* an entry of a term, and its passage: END behind the last entry */
    uint32_t entry, passage;
};

ALWAYS_INLINE const uint8_t *bytes_at(uint64_t address)
{
    return (const uint8_t *)(uintptr_t)address;
}

ALWAYS_INLINE uint32_t next_passage(struct cursor at, const uint8_t *gaps, uint32_t width,
                                    uint32_t entries)
{
    return at.entry < entries ? at.passage + (uint32_t)number_at(gaps + (uint64_t)at.entry * width, width)
                              : END;
}

/* Go to the first entry from this passage on, by gaps of a width that is known when this is compiled. */
ALWAYS_INLINE struct cursor skip_gaps(const struct term *term, struct cursor at, uint32_t passage,
                                     uint32_t width)
{
    const uint8_t *gaps = bytes_at(term->gaps);
    while (at.passage < passage) {
        at.entry++;
        at.passage = next_passage(at, gaps, width, term->entries);
    }
    return at;
}

ALWAYS_INLINE struct cursor first_cursor(const struct term *term)
{
    struct cursor at = {0, 0};
    if (term->width)
        at.passage = next_passage(at, bytes_at(term->gaps), term->width, term->entries);
    return at;
}

static inline struct cursor skip_to(const struct term *term, struct cursor at, uint32_t passage)
{
    switch (term->width) {
    case 0:
        at.entry = at.passage = passage;
        return at;
    case 1:
        return skip_gaps(term, at, passage, 1);
    case 2:
        return skip_gaps(term, at, passage, 2);
    default:
        return skip_gaps(term, at, passage, 4);
    }
}

#endif

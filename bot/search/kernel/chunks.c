/* The chunks of texts, what stands between white space, looked up by their bytes.

   A text of a thousand words has some five hundred different chunks, and nearly all of them were
   met before: so a table knows what stands for each, and only those that are new are handed to
   Python. A chunk's case, and the signs around it, are stripped first where they change nothing,
   so that fewer are new.

   The table keeps a chunk in one of the four slots that its hash names; where all are taken, it
   takes the place of the one that was put first. See bot/search/segments/chunks.py. */

#include "bytes.h"

#include <stddef.h>

#define WORDS 3
#define LONGEST 23 /* bytes of a chunk that is kept: the last byte of the words is its length */
#define WAYS 4
#define AT_ONCE 32 /* chunks: to have the table's memory come while others are read */
#define ABSENT UINT32_MAX
#define GOLDEN 0x9E3779B97F4A7C15u /* Knuth's multiplicative hashing, "The Art of Computer
                                      Programming" 3, 6.4: 2^64 over the golden ratio */
#define PENDING INT32_MIN /* and a number: what is to stand for a chunk that is new */

/* What a byte may be. */
#define SPACE 1
#define SEPARATOR 2 /* a space that ends a text */
#define LETTER 4    /* or a digit, of ASCII */
#define SIGN 8      /* that may stand around letters and change nothing */

struct slot {
    uint64_t words[WORDS]; /* the chunk's bytes; 0 where there is none */
    int32_t code;          /* what stands for it */
    uint32_t unused;
};
LAID_OUT(slot, code, 24)
OF_SIZE(slot, 32)

struct new_chunk {
    uint32_t start, length; /* in the text, in bytes */
    uint32_t set;           /* of the slots that it may be in, the first; ABSENT for a long one */
};
LAID_OUT(new_chunk, set, 8)
OF_SIZE(new_chunk, 12)

struct looked_up {
    uint32_t found, new_chunks;
};
LAID_OUT(looked_up, new_chunks, 4)
OF_SIZE(looked_up, 8)

/* The words of the letters from the start on; `lower` has a bit for each that makes lower case. */
ALWAYS_INLINE void read_words(uint64_t words[WORDS], const uint8_t *start, uint32_t length,
                              uint64_t lower)
{
    for (uint32_t at = 0; at < WORDS; at++) {
        uint32_t left = length > 8 * at ? length - 8 * at : 0;
        words[at] = left ? number_at(start + 8 * at, 8) | lower : 0;
        if (left < 8)
            words[at] &= ((uint64_t)1 << 8 * left) - 1;
    }
    words[WORDS - 1] |= (uint64_t)length << 56;
}

ALWAYS_INLINE uint32_t set_of(const uint64_t words[WORDS], uint32_t bits)
{
    uint64_t key = words[0] * GOLDEN;
    for (uint32_t at = 1; at < WORDS; at++)
        key = (key ^ key >> 32 ^ words[at]) * GOLDEN;
    return (uint32_t)(key >> 32 >> (32 - bits)) * WAYS; /* in two steps, for 0 bits are none of 64 */
}

/* The slot of the chunk, where it has one in its set. */
ALWAYS_INLINE const struct slot *find(const struct slot *set, const uint64_t words[WORDS])
{
    for (uint32_t way = 0; way < WAYS; way++) {
        const uint64_t *own = set[way].words;
        if (own[0] == words[0] && own[1] == words[1] && own[2] == words[2])
            return set + way;
    }
    return NULL;
}

static void put(struct slot *set, const uint64_t words[WORDS], int32_t code)
{
    for (uint32_t way = WAYS - 1; way; way--)
        set[way] = set[way - 1];
    __builtin_memcpy(set->words, words, sizeof set->words);
    set->code = code;
}

/* A chunk on its way. */
struct chunk {
    uint64_t words[WORDS];
    uint32_t start, length;
    uint32_t set; /* ABSENT for a long one */
    int32_t owner;
};

/* The chunk that begins at this byte; returns the byte behind it. */
static uint32_t read_chunk(struct chunk *chunk, const uint8_t *text, uint32_t start,
                           const uint8_t *classes, uint32_t bits)
{
    uint32_t at = start, all = 0, class, inside = 0;
    for (; !((class = classes[text[at]]) & (SPACE | SEPARATOR)); at++)
        all |= class;
    uint32_t first = start, end = at;
    uint64_t lower = 0;
    if (all == LETTER || all == (LETTER | SIGN)) {
        while (classes[text[first]] == SIGN)
            first++;
        while (classes[text[end - 1]] == SIGN)
            end--;
        for (uint32_t inner = first; all & SIGN && inner < end; inner++)
            inside |= classes[text[inner]] & SIGN;
        if (inside) {
            first = start;
            end = at;
        } else {
            lower = 0x2020202020202020u; /* digits have it already */
        }
    }
    chunk->start = start;
    chunk->length = at - start;
    chunk->set = ABSENT;
    if (end - first <= LONGEST) {
        read_words(chunk->words, text + first, end - first, lower);
        chunk->set = set_of(chunk->words, bits);
    }
    return at;
}

/* Look up every chunk of the texts, between which stands a separator each. `classes` says of each
   byte what it is, and the last ones of the text are to be a separator and 24 more. The table has
   4 << bits slots. Of each chunk whose code is not `nothing`, the code goes to `codes` and the
   number of its text to `owners`; for a new one the number among `new_chunks`, from PENDING on. */
EXPORTED struct looked_up look_up(struct slot *table, uint32_t bits, const uint8_t *text, uint32_t size,
                                  const uint8_t *classes, int32_t nothing, int32_t *codes,
                                  int32_t *owners, struct new_chunk *new_chunks)
{
    struct looked_up counts = {0, 0};
    struct chunk some[AT_ONCE];
    int32_t owner = 0;
    for (uint32_t at = 0; at < size;) {
        uint32_t count = 0;
        while (at < size && count < AT_ONCE) {
            uint32_t class = classes[text[at]];
            if (class & (SPACE | SEPARATOR)) {
                owner += class == SEPARATOR;
                at++;
                continue;
            }
            struct chunk *chunk = some + count++;
            chunk->owner = owner;
            at = read_chunk(chunk, text, at, classes, bits);
            if (chunk->set != ABSENT) {
                __builtin_prefetch(table + chunk->set);
                __builtin_prefetch(table + chunk->set + WAYS / 2);
            }
        }
        for (const struct chunk *chunk = some; chunk < some + count; chunk++) {
            const struct slot *known =
                chunk->set == ABSENT ? NULL : find(table + chunk->set, chunk->words);
            int32_t code = known ? known->code : PENDING + (int32_t)counts.new_chunks;
            codes[counts.found] = code;
            owners[counts.found] = chunk->owner;
            counts.found += code != nothing;
            if (known)
                continue;
            new_chunks[counts.new_chunks++] =
                (struct new_chunk){chunk->start, chunk->length, chunk->set};
            if (chunk->set != ABSENT)
                put(table + chunk->set, chunk->words, code);
        }
    }
    return counts;
}

/* Let these codes stand for the new chunks. */
EXPORTED void settle(struct slot *table, const struct new_chunk *new_chunks, uint32_t count,
                     const int32_t *codes)
{
    for (uint32_t at = 0; at < count; at++) {
        if (new_chunks[at].set == ABSENT)
            continue;
        struct slot *set = table + new_chunks[at].set;
        for (uint32_t way = 0; way < WAYS; way++)
            if (set[way].code == PENDING + (int32_t)at)
                set[way].code = codes[at];
    }
}

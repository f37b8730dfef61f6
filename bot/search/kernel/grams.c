/* The character n-grams of a question, looked for in the sentences of a passage.

   Every n-gram is looked for at every byte at once: those that begin with the same three bytes are
   in one list, and most bytes of a text begin none. UTF-8 is compared byte by byte, in which a
   character never begins inside another. See bot/search/compiled_grams.py. */

#include "bytes.h"

#define FIRST 3u        /* bytes; no n-gram is shorter */
#define LISTS 1024u
#define SHIFT 22u       /* leaves the highest bits of 32, a number below LISTS */
#define GOLDEN 0x9E3779B1u /* 2^32 over the golden ratio, see chunks.c */
#define SENTENCE_ENDS '\n'

struct gram {
    double share;
    uint32_t start, length; /* in the letters, in bytes */
};
LAID_OUT(gram, length, 12)
OF_SIZE(gram, 16)

struct gram_state {
    uint32_t next; /* the next n-gram of its list and 1; 0 for the last */
    uint32_t seen; /* the last sentence that holds it, counted from 1 */
};
LAID_OUT(gram_state, seen, 4)
OF_SIZE(gram_state, 8)

ALWAYS_INLINE uint32_t list_of(const uint8_t *bytes)
{
    return ((bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16) * GOLDEN) >> SHIFT;
}

/* Write for each sentence of the text, which ends with a line feed, what the n-grams that stand in
   it share, added one after the other in their order; returns how many sentences there are. No more
   than `room` are written. `states` are those of the n-grams, all 0. */
EXPORTED uint32_t share_grams(const struct gram *grams, uint32_t count, const uint8_t *letters,
                              const uint8_t *text, uint32_t size, struct gram_state *states,
                              double *shares, uint32_t room)
{
    uint32_t lists[LISTS] = {0}, sentence = 0;
    for (uint32_t number = count; number--;) {
        uint32_t *list = lists + list_of(letters + grams[number].start);
        states[number].next = *list;
        *list = number + 1;
    }
    for (uint32_t at = 0; at < size; at++) {
        if (text[at] == SENTENCE_ENDS) {
            double share = 0;
            for (uint32_t number = 0; number < count; number++)
                if (states[number].seen == sentence + 1)
                    share += grams[number].share;
            if (sentence < room)
                shares[sentence] = share;
            sentence++;
            continue;
        }
        if (size - at < FIRST)
            continue;
        for (uint32_t number = lists[list_of(text + at)]; number;) {
            const struct gram *gram = grams + --number;
            if (gram->length <= size - at &&
                !__builtin_memcmp(letters + gram->start, text + at, gram->length))
                states[number].seen = sentence + 1;
            number = states[number].next;
        }
    }
    return sentence;
}

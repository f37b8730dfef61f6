/* What stands of a question in the blocks of passages, and what it weighs: the same as
   bot/core/relevance/found_terms.py finds, numbers added in the same order. See
   bot/search/compiled_terms.py. */

#include "bytes.h"

#define MOST 64u  /* stems, and words, of a question */
#define SLOTS 256u /* a power of two, of which at most a quarter is taken */
#define NONE 0xFFu

struct asked {
    double total, average_length, average_sentence, k1, b;
    uint32_t stems, words, terms, pairs, near_pairs, reach, passes_stops, padding;
};
LAID_OUT(asked, stems, 40)
LAID_OUT(asked, padding, 68)
OF_SIZE(asked, 72)

/* Of a stem or a word where its letters are, and how many; of a term its stem; of a pair its two
   stems. */
struct weight {
    double share;
    uint32_t one, other;
};
LAID_OUT(weight, other, 12)
OF_SIZE(weight, 16)

struct block {
    uint32_t passage, first, end; /* its sentences, counted in the passage */
};
OF_SIZE(block, 12)

struct weighed {
    double words, phrases, sentence;
    uint64_t held; /* a bit for each stem that stands there */
};
LAID_OUT(weighed, held, 24)
OF_SIZE(weighed, 32)

struct known {
    const struct weight *weights;
    const uint8_t *letters;
    uint8_t slots[SLOTS];
};

ALWAYS_INLINE uint32_t hash_of(const uint8_t *bytes, uint32_t size)
{
    uint32_t hash = 2166136261u; /* FNV-1a */
    while (size--)
        hash = (hash ^ *bytes++) * 16777619u;
    return hash ^ hash >> 16;
}

static void learn(struct known *known, const struct weight *weights, uint32_t count,
                  const uint8_t *letters)
{
    known->weights = weights;
    known->letters = letters;
    __builtin_memset(known->slots, NONE, SLOTS);
    for (uint32_t number = 0; number < count; number++) {
        uint32_t at = hash_of(letters + weights[number].one, weights[number].other) % SLOTS;
        while (known->slots[at] != NONE)
            at = (at + 1) % SLOTS;
        known->slots[at] = (uint8_t)number;
    }
}

ALWAYS_INLINE uint8_t place_of(const struct known *known, const uint8_t *bytes, uint32_t size)
{
    uint32_t at = hash_of(bytes, size) % SLOTS;
    for (uint8_t number; (number = known->slots[at]) != NONE; at = (at + 1) % SLOTS) {
        const struct weight *weight = known->weights + number;
        if (weight->other == size && !__builtin_memcmp(known->letters + weight->one, bytes, size))
            return number;
    }
    return NONE;
}

ALWAYS_INLINE double length_norm(const struct asked *asked, uint32_t length, double average)
{
    return asked->k1 * (1 - asked->b + asked->b * length / average);
}

/* BM25 of one sentence; `matched` are the stems of its `count` tokens that the question has. */
static double weigh_sentence(const struct weight *stems, const uint8_t *matched, uint32_t count,
                             double norm)
{
    uint32_t times[MOST] = {0};
    double sum = 0;
    for (uint32_t at = 0; at < count; at++)
        times[matched[at]]++;
    for (uint32_t at = 0; at < count; at++) {
        uint32_t *here = times + matched[at];
        if (*here)
            sum += stems[matched[at]].share * *here / (*here + norm);
        *here = 0;
    }
    return sum;
}

/* The shares of those of the weights that occur `times`, saturated. */
static double saturated(const struct weight *weights, uint32_t count, const uint32_t *times,
                        int by_stem, double norm)
{
    double sum = 0;
    for (uint32_t number = 0; number < count; number++) {
        uint32_t here = times[by_stem ? weights[number].one : number];
        if (here)
            sum += weights[number].share * here / (here + norm);
    }
    return sum;
}

static double share_of(const struct weight *pairs, uint32_t count, const uint64_t *found)
{
    double sum = 0;
    for (uint32_t number = 0; number < count; number++)
        if (found[pairs[number].one] >> pairs[number].other & 1)
            sum += pairs[number].share;
    return sum;
}

/* Tell for each token which of the stems it has, and where it has one, which of the words. Returns 0
   if the text does not hold as many tokens. */
static int read_tokens(const struct known *stems, const struct known *words, const uint8_t *text,
                       uint32_t length, uint32_t size, uint8_t *its_stem, uint8_t *its_word)
{
    const uint8_t *at = text, *behind = text + length;
    uint32_t token = 0;
    for (; at < behind && token < size; token++) {
        const uint8_t *end = __builtin_memchr(at, '\n', (size_t)(behind - at));
        const uint8_t *word = end ? end + 1 : behind;
        const uint8_t *word_end =
            word < behind ? __builtin_memchr(word, '\n', (size_t)(behind - word)) : NULL;
        if (!word_end)
            return 0;
        its_stem[token] = place_of(stems, at, (uint32_t)(end - at));
        its_word[token] = its_stem[token] == NONE
                              ? NONE
                              : place_of(words, word, (uint32_t)(word_end - word));
        at = word_end + 1;
    }
    return at == behind && token == size;
}

/* Leave out the stop words, as if none stood there; returns how many tokens are left. `stops` are
   those of all tokens from `start` on. */
static uint32_t without_stops(const uint8_t *stops, uint32_t start, uint32_t *offsets,
                              uint8_t *matched, uint32_t count)
{
    uint32_t kept = 0, gone = 0, next = start;
    for (uint32_t each = 0; each < count; each++) {
        for (; next < offsets[each]; next++)
            gone += stops[next];
        if (stops[offsets[each]])
            continue;
        matched[kept] = matched[each];
        offsets[kept++] = offsets[each] - gone;
    }
    return kept;
}

/* The pairs that are neighbours, and those that are near each other, in equal parts. */
static double weigh_phrases(const struct asked *asked, const struct weight *pairs,
                            const uint32_t *offsets, const uint8_t *matched, uint32_t count)
{
    uint64_t near[MOST] = {0}, adjacent[MOST] = {0};
    for (uint32_t last = 1; last < count; last++)
        for (uint32_t each = last; each-- && offsets[last] - offsets[each] <= asked->reach;) {
            near[matched[each]] |= (uint64_t)1 << matched[last];
            if (offsets[last] - offsets[each] == 1)
                adjacent[matched[each]] |= (uint64_t)1 << matched[last];
        }
    return (share_of(pairs, asked->pairs, adjacent) +
            share_of(pairs + asked->pairs, asked->near_pairs, near)) /
           2;
}

/* Weigh `count` blocks, in the order of their passages. The text has a line for the stem and one
   for the word of each token; `stops` says of each whether it is a stop word; `ends` are those of
   each passage's sentences, in tokens, and `sentences` says how many these are. `offsets` has room
   for each of the `size` tokens, and `tokens` for three bytes of each. Returns the number of tokens;
   0 if the text holds others. */
EXPORTED uint32_t weigh_terms(const struct asked *asked, const struct weight *weights,
                              const uint8_t *letters, const uint8_t *text, uint32_t length,
                              const uint8_t *stops, uint32_t size, const uint32_t *ends,
                              const uint32_t *sentences, const struct block *blocks, uint32_t count,
                              uint32_t *offsets, uint8_t *tokens, struct weighed *weighed)
{
    const struct weight *stems = weights, *words = stems + asked->stems,
                        *terms = words + asked->words, *pairs = terms + asked->terms;
    struct known known_stems, known_words;
    uint8_t *its_stem = tokens, *its_word = tokens + size, *matched = tokens + 2 * size;
    uint32_t passage = 0;
    learn(&known_stems, stems, asked->stems, letters);
    learn(&known_words, words, asked->words, letters);
    if (!read_tokens(&known_stems, &known_words, text, length, size, its_stem, its_word))
        return 0;
    for (uint32_t number = 0; number < count; number++) {
        const struct block *block = blocks + number;
        struct weighed *own = weighed + number;
        uint32_t times[MOST] = {0}, written[MOST] = {0}, found = 0, content = 0;
        for (; passage < block->passage; passage++) {
            uint32_t gone = sentences[passage] ? ends[sentences[passage] - 1] : 0;
            ends += sentences[passage];
            its_stem += gone;
            its_word += gone;
            stops += gone;
        }
        uint32_t start = block->first ? ends[block->first - 1] : 0, from = start;
        own->held = 0;
        own->sentence = 0;
        for (uint32_t sentence = block->first; sentence < block->end; sentence++) {
            uint32_t first = found, end = ends[sentence];
            for (uint32_t each = from; each < end; each++) {
                uint8_t stem = its_stem[each];
                content += !stops[each];
                if (stem == NONE)
                    continue;
                matched[found] = stem;
                offsets[found++] = each;
                times[stem]++;
                own->held |= (uint64_t)1 << stem;
                if (its_word[each] != NONE)
                    written[its_word[each]]++;
            }
            if (found > first) {
                double norm = length_norm(asked, end - from, asked->average_sentence);
                double value = weigh_sentence(stems, matched + first, found - first, norm);
                own->sentence = value > own->sentence ? value : own->sentence;
            }
            from = end;
        }
        double norm = length_norm(asked, content, asked->average_length);
        double by_stem = saturated(terms, asked->terms, times, 1, norm);
        double by_word = saturated(words, asked->words, written, 0, norm);
        own->words = (by_stem / asked->total + by_word) / 2;
        if (asked->passes_stops)
            found = without_stops(stops, start, offsets, matched, found);
        own->phrases = weigh_phrases(asked, pairs, offsets, matched, found);
    }
    return size;
}

/* Numbers as they lie in files and texts, structures as they lie in memory, and how a function is
   called from outside. */

#ifndef BYTES_H
#define BYTES_H

#include <stddef.h>
#include <stdint.h>

/* Python writes and reads the bytes of some structures; tests/search/kernel compares these layouts
   with the formats that it does so by. */
#define OF_SIZE(structure, bytes)                                                                  \
    _Static_assert(sizeof(struct structure) == bytes, "Python packs " #structure " otherwise");
#define LAID_OUT(structure, member, bytes)                                                         \
    _Static_assert(offsetof(struct structure, member) == bytes,                                    \
                   "Python packs " #structure "." #member " elsewhere");

#define EXPORTED __attribute__((visibility("default")))
#define ALWAYS_INLINE static inline __attribute__((always_inline))

/* A file's numbers lie wherever they come to lie. */
ALWAYS_INLINE uint64_t number_at(const uint8_t *bytes, uint32_t width)
{
    uint16_t two;
    uint32_t four;
    uint64_t eight;
    switch (width) {
    case 1:
        return *bytes;
    case 2:
        __builtin_memcpy(&two, bytes, sizeof two);
        return two;
    case 4:
        __builtin_memcpy(&four, bytes, sizeof four);
        return four;
    default:
        __builtin_memcpy(&eight, bytes, sizeof eight);
        return eight;
    }
}

#endif

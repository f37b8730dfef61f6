/* Numbers as they lie in files and texts, and how a function is called from outside. */

#ifndef BYTES_H
#define BYTES_H

#include <stdint.h>

#ifdef _WIN32
#define EXPORTED __declspec(dllexport)
#else
#define EXPORTED __attribute__((visibility("default")))
#endif
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

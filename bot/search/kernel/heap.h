/* A heap of the highest values there were so far, the least of them first. */

#ifndef HEAP_H
#define HEAP_H

#include <stdint.h>

static inline void sift_down(uint64_t *heap, uint32_t size, uint32_t at)
{
    uint64_t value = heap[at];
    for (uint32_t child; (child = 2 * at + 1) < size; at = child) {
        if (child + 1 < size && heap[child + 1] < heap[child])
            child++;
        if (heap[child] >= value)
            break;
        heap[at] = heap[child];
    }
    heap[at] = value;
}

/* Hold this value too, or instead of the least; whether there are now as many as may be. */
static inline int push(uint64_t *heap, uint32_t *size, uint32_t limit, uint64_t value)
{
    if (*size == limit) {
        if (value > heap[0]) {
            heap[0] = value;
            sift_down(heap, limit, 0);
        }
        return 1;
    }
    uint32_t at = (*size)++;
    for (; at && heap[(at - 1) / 2] > value; at = (at - 1) / 2)
        heap[at] = heap[(at - 1) / 2];
    heap[at] = value;
    return *size == limit;
}

/* Positive numbers are in the order of their bits. */
static inline uint64_t bits_of(double number)
{
    uint64_t bits;
    __builtin_memcpy(&bits, &number, sizeof bits);
    return bits;
}

static inline double number_of(uint64_t bits)
{
    double number;
    __builtin_memcpy(&number, &bits, sizeof number);
    return number;
}

#endif

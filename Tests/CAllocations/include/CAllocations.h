// Counts what is taken from the heap, thread by thread, for tests that say that nothing is.

#ifndef CALLOCATIONS_H
#define CALLOCATIONS_H

#include <stdbool.h>
#include <stdint.h>

/// Whether allocations can be counted in this build.
bool allocations_are_counted(void);

/// How often the calling thread has taken memory from the heap.
uint64_t allocations_of_this_thread(void);

/// How much memory of the heap is in use, by all threads. [bytes]
uint64_t allocated_bytes(void);

#endif

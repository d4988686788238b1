// What libFuzzer offers beside calling us back; it is there in builds with '--sanitize fuzzer' alone
// (https://llvm.org/docs/LibFuzzer.html#mutators).
#pragma once
#include <stddef.h>
#include <stdint.h>

/// Changes an input in place, and returns how long it is now.
size_t LLVMFuzzerMutate(uint8_t *bytes, size_t count, size_t capacity);

// What libFuzzer offers to a program that has its own main; it is there in builds with
// '--sanitize fuzzer' alone (https://llvm.org/docs/LibFuzzer.html#using-libfuzzer-as-a-library).
#pragma once
#include <stddef.h>
#include <stdint.h>

/// Reads inputs until it is told to stop, and ends with an exit code.
int LLVMFuzzerRunDriver(int *argc, char ***argv, int (*read)(const uint8_t *bytes, size_t count));

/// Changes an input in place, and returns how long it is now.
size_t LLVMFuzzerMutate(uint8_t *bytes, size_t count, size_t capacity);

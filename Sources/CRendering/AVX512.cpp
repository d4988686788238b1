#include "Renderer.hpp"

#ifdef __x86_64__
#define LEVEL avx512
#define WIDTH 16
#pragma clang attribute push( \
    __attribute__((target("avx2,avx512f,avx512bw,avx512dq,avx512vl"))), apply_to = function)
#include "Level.hpp"
#pragma clang attribute pop
#endif

#include "Renderer.hpp"

#ifdef __x86_64__
#define LEVEL avx2
#define WIDTH 8
#pragma clang attribute push(__attribute__((target("avx2"))), apply_to = function)
#include "Level.hpp"
#pragma clang attribute pop
#endif

// Numbers side by side, and their elementary functions.
//
// One source, compiled for three generations of processors and chosen when the program is loaded.
// The bits are the same: lanes hold separate sums, whatever their number, and nothing is contracted.
#ifndef CLEARNING_LANES_H
#define CLEARNING_LANES_H

#include <stdint.h>
#include <string.h>

#pragma STDC FP_CONTRACT OFF

// The thread sanitizer starts too late for this way of choosing. Compilers halve the widest registers
// unless told that they are wanted.
#if defined(__x86_64__) && defined(__linux__) && !__has_feature(thread_sanitizer)
#define EVERY_PROCESSOR \
  __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default"), \
                 min_vector_width(512)))
#else
#define EVERY_PROCESSOR
#endif
#define INLINE static inline __attribute__((always_inline))
#define UNROLL _Pragma("unroll")

typedef float lanes __attribute__((vector_size(32), aligned(4)));
typedef float wide __attribute__((vector_size(64), aligned(4)));
#define COUNT(type) ((long)(sizeof(type) / sizeof(float)))
// How many numbers a group has, and how many groups a function takes at most.
enum { WIDTH = COUNT(lanes), WIDE = COUNT(wide), MOST = 8 };

// `yes` where the mask is set, `no` elsewhere.
#define CHOOSE(group, bits, mask, yes, no) \
  ((group)(((bits)(yes) & (mask)) | ((bits)(no) & ~(mask))))

// x, but no less than `low` and no more than `high`; what is no number stays none.
#define BETWEEN(group, bits, low, high, x) \
  CHOOSE(group, bits, (x) < (low), low, CHOOSE(group, bits, (x) > (high), high, x))

// Functions of groups of lanes, several at once so that a processor need not wait for any one. Groups are
// not passed by value: how that is done depends on the processor.
//
// exp x = 2^n exp(r), |r| <= ln(2) / 2, by Taylor's series up to r^7.
// tanh x = 1 - 2 / (exp(2x) + 1). Near 0 the difference of numbers near 1 costs relative precision, not
// absolute.
#define FUNCTIONS(suffix, group, bits)                                                           \
  typedef int32_t bits __attribute__((vector_size(sizeof(group)), aligned(4)));                  \
                                                                                                 \
  INLINE void exponential_##suffix(int count, group *x) {                                        \
    group p[MOST], r[MOST];                                                                      \
    bits power[MOST];                                                                            \
    UNROLL for (int i = 0; i < count; i++) {                                                     \
      const group shift = (group){0} + 0x1.8p23f;                                                \
      const group n = (x[i] * 1.44269504f + shift) - shift;                                      \
      r[i] = (x[i] - n * 0.693145752f) - n * 1.42860677e-6f;                                     \
      power[i] = (__builtin_convertvector(n, bits) + 127) << 23;                                 \
      p[i] = r[i] * (1.0f / 5040) + 1.0f / 720;                                                  \
    }                                                                                            \
    UNROLL for (int i = 0; i < count; i++) p[i] = p[i] * r[i] + 1.0f / 120;                      \
    UNROLL for (int i = 0; i < count; i++) p[i] = p[i] * r[i] + 1.0f / 24;                       \
    UNROLL for (int i = 0; i < count; i++) p[i] = p[i] * r[i] + 1.0f / 6;                        \
    UNROLL for (int i = 0; i < count; i++) p[i] = p[i] * r[i] + 0.5f;                            \
    UNROLL for (int i = 0; i < count; i++) p[i] = p[i] * r[i] + 1.0f;                            \
    UNROLL for (int i = 0; i < count; i++) p[i] = p[i] * r[i] + 1.0f;                            \
    UNROLL for (int i = 0; i < count; i++) {                                                     \
      group scale;                                                                               \
      memcpy(&scale, &power[i], sizeof scale);                                                   \
      x[i] = p[i] * scale;                                                                       \
    }                                                                                            \
  }                                                                                              \
                                                                                                 \
  INLINE void tanh_##suffix(int count, group *x) {                                               \
    UNROLL for (int i = 0; i < count; i++) {                                                     \
      const group end = (group){0} + 9.0f;                                                       \
      x[i] = 2.0f * BETWEEN(group, bits, -end, end, x[i]);                                       \
    }                                                                                            \
    exponential_##suffix(count, x);                                                              \
    UNROLL for (int i = 0; i < count; i++) x[i] = 1.0f - 2.0f / (x[i] + 1.0f);                   \
  }

FUNCTIONS(lanes, lanes, lane_bits)
FUNCTIONS(wide, wide, wide_bits)

#endif

#include "CLearning.h"

#include <stdint.h>
#include <string.h>

#pragma STDC FP_CONTRACT OFF

// One source, compiled for three generations of processors and chosen when the program is loaded.
// The bits are the same: lanes hold separate sums, whatever their number, and nothing is contracted.
// The thread sanitizer starts too late for this way of choosing.
#if defined(__x86_64__) && defined(__linux__) && !__has_feature(thread_sanitizer)
#define EVERY_PROCESSOR \
  __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#define WIDE_REGISTERS __attribute__((min_vector_width(512)))
#else
#define EVERY_PROCESSOR
#define WIDE_REGISTERS
#endif
#define INLINE static inline __attribute__((always_inline))

typedef float lanes __attribute__((vector_size(32), aligned(4)));
typedef float wide __attribute__((vector_size(64), aligned(4)));
typedef int32_t bits __attribute__((vector_size(32), aligned(4)));
#define COUNT(type) ((long)(sizeof(type) / sizeof(float)))
enum { WIDTH = COUNT(lanes), WIDE = COUNT(wide) };

// A tile of C, `height` rows of one group of lanes, held in registers while the depth is walked.
#define TILE(name, height, group)                                                                \
  INLINE void name(                                                                              \
      long depth, const float *a, long a_row, long a_column, const float *b, long b_row,         \
      const float *first, long first_row, float *c, long c_row) {                                \
    group sum[height];                                                                           \
    _Pragma("unroll") for (int i = 0; i < height; i++)                                           \
      sum[i] = first ? *(const group *)(first + i * first_row) : (group){0};                     \
    for (long k = 0; k < depth; k++) {                                                           \
      const group right = *(const group *)(b + k * b_row);                                       \
      _Pragma("unroll") for (int i = 0; i < height; i++)                                         \
        sum[i] += a[i * a_row + k * a_column] * right;                                           \
    }                                                                                            \
    _Pragma("unroll") for (int i = 0; i < height; i++) *(group *)(c + i * c_row) = sum[i];       \
  }

TILE(tile_4_wide, 4, wide)
TILE(tile_1_wide, 1, wide)
TILE(tile_4, 4, lanes)
TILE(tile_1, 1, lanes)

// All rows of the columns from j on, as many as a group has lanes.
#define COLUMN(tile4, tile1)                                                                     \
  {                                                                                              \
    const float *from = first ? first + j : 0;                                                   \
    long i = 0;                                                                                  \
    for (; i + 4 <= rows; i += 4)                                                                \
      tile4(                                                                                     \
          depth, a + i * a_row, a_row, a_column, b + j, b_row, from ? from + i * first_row : 0,  \
          first_row, c + i * c_row + j, c_row);                                                  \
    for (; i < rows; i++)                                                                        \
      tile1(                                                                                     \
          depth, a + i * a_row, a_row, a_column, b + j, b_row, from ? from + i * first_row : 0,  \
          first_row, c + i * c_row + j, c_row);                                                  \
  }

// Compilers halve the widest registers unless told that they are wanted.
EVERY_PROCESSOR WIDE_REGISTERS void learning_multiply(
    long rows, long columns, long depth, const float *a, long a_row, long a_column, const float *b,
    long b_row, const float *first, long first_row, float *c, long c_row) {
  long j = 0;
  for (; j + WIDE <= columns; j += WIDE) COLUMN(tile_4_wide, tile_1_wide)
  for (; j < columns; j += WIDTH) COLUMN(tile_4, tile_1)
}

EVERY_PROCESSOR void learning_add_rows(long rows, long columns, const float *a, float *sums) {
  for (long i = 0; i < rows; i++)
    for (long j = 0; j < columns; j++) sums[j] += a[i * columns + j];
}

// `yes` where the mask is set, `no` elsewhere.
#define CHOOSE(mask, yes, no) ((lanes)(((bits)(yes) & (mask)) | ((bits)(no) & ~(mask))))

// tanh x = 1 - 2 / (exp(2x) + 1), with exp(2x) = 2^n exp(r), |r| <= ln(2) / 2, and Taylor's series of
// exp up to r^7. Near 0 the difference of numbers near 1 costs relative precision, not absolute.
INLINE void tanh_lanes(float *values) {
  lanes x = *(const lanes *)values;
  const lanes zero = {0};
  x = CHOOSE(x < zero - 9.0f, zero - 9.0f, x);
  x = CHOOSE(x > zero + 9.0f, zero + 9.0f, x);
  const lanes y = 2.0f * x;
  const lanes shift = zero + 0x1.8p23f;
  const lanes n = (y * 1.44269504f + shift) - shift;
  const lanes r = (y - n * 0.693145752f) - n * 1.42860677e-6f;
  lanes p = r * (1.0f / 5040) + 1.0f / 720;
  p = p * r + 1.0f / 120;
  p = p * r + 1.0f / 24;
  p = p * r + 1.0f / 6;
  p = p * r + 0.5f;
  p = p * r + 1.0f;
  p = p * r + 1.0f;
  const bits power = (__builtin_convertvector(n, bits) + 127) << 23;
  lanes scale;
  memcpy(&scale, &power, sizeof scale);
  *(lanes *)values = 1.0f - 2.0f / (p * scale + 1.0f);
}

EVERY_PROCESSOR void learning_tanh(long count, float *x) {
  long i = 0;
  for (; i + WIDTH <= count; i += WIDTH) tanh_lanes(x + i);
  if (i == count) return;
  float rest[WIDTH] = {0};
  memcpy(rest, x + i, (size_t)(count - i) * sizeof(float));
  tanh_lanes(rest);
  memcpy(x + i, rest, (size_t)(count - i) * sizeof(float));
}

EVERY_PROCESSOR void learning_tanh_gradient(long count, const float *y, float *g) {
  for (long i = 0; i < count; i++) g[i] *= 1.0f - y[i] * y[i];
}

EVERY_PROCESSOR void learning_adam(
    long count, const float *gradient, float scale, float beta1, float beta2, float rate,
    float second_correction, float epsilon, float *m, float *v, float *x) {
  for (long i = 0; i < count; i++) {
    const float g = scale * gradient[i];
    m[i] = beta1 * m[i] + (1.0f - beta1) * g;
    v[i] = beta2 * v[i] + (1.0f - beta2) * g * g;
    x[i] -= rate * m[i] / (__builtin_sqrtf(v[i] * second_correction) + epsilon);
  }
}

EVERY_PROCESSOR void learning_add(long count, const float *b, float *a) {
  for (long i = 0; i < count; i++) a[i] += b[i];
}

EVERY_PROCESSOR float learning_square_sum(long count, const float *x) {
  lanes sums = {0};
  long i = 0;
  for (; i + WIDTH <= count; i += WIDTH) {
    const lanes y = *(const lanes *)(x + i);
    sums += y * y;
  }
  float sum = 0;
  for (int j = 0; j < WIDTH; j++) sum += sums[j];
  for (; i < count; i++) sum += x[i] * x[i];
  return sum;
}

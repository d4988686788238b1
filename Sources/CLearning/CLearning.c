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
#else
#define EVERY_PROCESSOR
#endif
#define INLINE static inline __attribute__((always_inline))

typedef float lanes __attribute__((vector_size(32), aligned(4)));
typedef int32_t bits __attribute__((vector_size(32), aligned(4)));
enum { WIDTH = sizeof(lanes) / sizeof(float) };

// A tile of C, `height` x `width` groups of lanes, held in registers while the depth is walked.
#define TILE(name, height, width)                                                                \
  INLINE void name(                                                                              \
      long depth, const float *a, long a_row, long a_column, const float *b, long b_row,         \
      const float *first, long first_row, float *c, long c_row) {                                \
    lanes sum[height][width];                                                                    \
    _Pragma("unroll") for (int i = 0; i < height; i++)                                           \
    _Pragma("unroll") for (int j = 0; j < width; j++)                                            \
      sum[i][j] = first ? *(const lanes *)(first + i * first_row + j * WIDTH) : (lanes){0};      \
    for (long k = 0; k < depth; k++) {                                                           \
      lanes right[width];                                                                        \
      _Pragma("unroll") for (int j = 0; j < width; j++)                                          \
        right[j] = *(const lanes *)(b + k * b_row + j * WIDTH);                                  \
      _Pragma("unroll") for (int i = 0; i < height; i++) {                                       \
        const float left = a[i * a_row + k * a_column];                                          \
        _Pragma("unroll") for (int j = 0; j < width; j++) sum[i][j] += left * right[j];          \
      }                                                                                          \
    }                                                                                            \
    _Pragma("unroll") for (int i = 0; i < height; i++)                                           \
    _Pragma("unroll") for (int j = 0; j < width; j++)                                            \
      *(lanes *)(c + i * c_row + j * WIDTH) = sum[i][j];                                         \
  }

TILE(tile_4x2, 4, 2)
TILE(tile_4x1, 4, 1)
TILE(tile_1x2, 1, 2)
TILE(tile_1x1, 1, 1)

// Where the sums of a tile begin.
#define FIRST(i, j) (first ? first + (i) * first_row + (j) : (const float *)0)

EVERY_PROCESSOR void learning_multiply(
    long rows, long columns, long depth, const float *a, long a_row, long a_column, const float *b,
    long b_row, const float *first, long first_row, float *c, long c_row) {
  long j = 0;
  for (; j + 2 * WIDTH <= columns; j += 2 * WIDTH) {
    long i = 0;
    for (; i + 4 <= rows; i += 4)
      tile_4x2(
          depth, a + i * a_row, a_row, a_column, b + j, b_row,
          FIRST(i, j), first_row, c + i * c_row + j, c_row);
    for (; i < rows; i++)
      tile_1x2(
          depth, a + i * a_row, a_row, a_column, b + j, b_row,
          FIRST(i, j), first_row, c + i * c_row + j, c_row);
  }
  for (; j < columns; j += WIDTH) {
    long i = 0;
    for (; i + 4 <= rows; i += 4)
      tile_4x1(
          depth, a + i * a_row, a_row, a_column, b + j, b_row,
          FIRST(i, j), first_row, c + i * c_row + j, c_row);
    for (; i < rows; i++)
      tile_1x1(
          depth, a + i * a_row, a_row, a_column, b + j, b_row,
          FIRST(i, j), first_row, c + i * c_row + j, c_row);
  }
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

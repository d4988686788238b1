// Products of matrices, tile by tile.

#include "CLearning.h"
#include "Lanes.h"

// What becomes of the sums of a tile before they are stored.
enum finish { AS_THEY_ARE, TANH, TANH_SLOPE };

// C = F + A B, finished; see `learning_multiply`. Y, where tanh gave it, has the rows of C.
struct product {
  long depth;
  const float *a;
  long a_row, a_column;
  const float *b;
  long b_row;
  const float *first;
  long first_row;
  const float *y;
  float *c;
  long c_row;
};

// The rows of C from i on and its columns from j on, `height` of one group of lanes, which stay in
// registers while the depth is walked.
#define TILE(name, height, group, suffix)                                                        \
  INLINE void name(enum finish finish, const struct product *m, long i, long j) {                \
    group sum[height];                                                                           \
    UNROLL for (int row = 0; row < height; row++)                                                \
      sum[row] =                                                                                 \
          m->first ? *(const group *)(m->first + (i + row) * m->first_row + j) : (group){0};     \
    const float *a = m->a + i * m->a_row;                                                        \
    for (long k = 0; k < m->depth; k++) {                                                        \
      const group right = *(const group *)(m->b + k * m->b_row + j);                             \
      UNROLL for (int row = 0; row < height; row++)                                              \
        sum[row] += a[row * m->a_row + k * m->a_column] * right;                                 \
    }                                                                                            \
    if (finish == TANH) tanh_##suffix(height, sum);                                              \
    UNROLL for (int row = 0; row < height; row++) {                                              \
      const long place = (i + row) * m->c_row + j;                                               \
      if (finish == TANH_SLOPE) {                                                                \
        const group y = *(const group *)(m->y + place);                                          \
        sum[row] *= 1.0f - y * y;                                                                \
      }                                                                                          \
      *(group *)(m->c + place) = sum[row];                                                       \
    }                                                                                            \
  }

TILE(tile_4_wide, 4, wide, wide)
TILE(tile_1_wide, 1, wide, wide)
TILE(tile_8_lanes, 8, lanes, lanes)
TILE(tile_1_lanes, 1, lanes, lanes)

INLINE void multiply(enum finish finish, long rows, long columns, struct product m) {
  long j = 0;
  for (; j + WIDE <= columns; j += WIDE) {
    long i = 0;
    for (; i + 4 <= rows; i += 4) tile_4_wide(finish, &m, i, j);
    for (; i < rows; i++) tile_1_wide(finish, &m, i, j);
  }
  if (j == columns) return;
  long i = 0;
  for (; i + 8 <= rows; i += 8) tile_8_lanes(finish, &m, i, j);
  for (; i < rows; i++) tile_1_lanes(finish, &m, i, j);
}

EVERY_PROCESSOR void learning_multiply(
    long rows, long columns, long depth, const float *a, long a_row, long a_column, const float *b,
    long b_row, const float *first, long first_row, float *c, long c_row) {
  const struct product m = {depth, a, a_row, a_column, b, b_row, first, first_row, 0, c, c_row};
  multiply(AS_THEY_ARE, rows, columns, m);
}

EVERY_PROCESSOR void learning_multiply_tanh(
    long rows, long columns, long depth, const float *a, long a_row, const float *b, long b_row,
    const float *first, long first_row, float *c, long c_row) {
  const struct product m = {depth, a, a_row, 1, b, b_row, first, first_row, 0, c, c_row};
  multiply(TANH, rows, columns, m);
}

EVERY_PROCESSOR void learning_multiply_tanh_slope(
    long rows, long columns, long depth, const float *a, long a_row, const float *b, long b_row,
    const float *y, float *c, long c_row) {
  const struct product m = {depth, a, a_row, 1, b, b_row, 0, 0, y, c, c_row};
  multiply(TANH_SLOPE, rows, columns, m);
}

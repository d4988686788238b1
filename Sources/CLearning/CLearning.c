#include "CLearning.h"

#include "Lanes.h"

EVERY_PROCESSOR void learning_add_rows(long rows, long columns, const float *a, float *sums) {
  long j = 0;
  for (; j + 4 * WIDE <= columns; j += 4 * WIDE) {
    wide sum[4];
    UNROLL for (int k = 0; k < 4; k++) sum[k] = *(const wide *)(sums + j + k * WIDE);
    for (long i = 0; i < rows; i++)
      UNROLL for (int k = 0; k < 4; k++) sum[k] += *(const wide *)(a + i * columns + j + k * WIDE);
    UNROLL for (int k = 0; k < 4; k++) *(wide *)(sums + j + k * WIDE) = sum[k];
  }
  for (; j < columns; j += WIDTH) {
    lanes sum = *(const lanes *)(sums + j);
    for (long i = 0; i < rows; i++) sum += *(const lanes *)(a + i * columns + j);
    *(lanes *)(sums + j) = sum;
  }
}

EVERY_PROCESSOR void learning_gather(
    long count, const long *rows, const float *from, long stride, long width, float *to) {
  // Rows are far apart, and asked for so many before they are needed.
  enum { AHEAD = 16, LINE = 64 / sizeof(float) };
  for (long i = 0; i < count; i++) {
    const float *later = from + rows[i + AHEAD < count ? i + AHEAD : count - 1] * stride;
    for (long place = 0; place < width; place += LINE) __builtin_prefetch(later + place);
    const float *row = from + rows[i] * stride;
    for (long j = 0; j < width; j++) to[i * width + j] = row[j];
  }
}

EVERY_PROCESSOR void learning_adam(
    long count, const float *gradient, float scale, float beta1, float beta2, float rate,
    float second_correction, float epsilon, float *m, float *v, float *x) {
  long i = 0;
  for (; i + WIDE <= count; i += WIDE) {
    const wide g = scale * *(const wide *)(gradient + i);
    const wide mean = beta1 * *(const wide *)(m + i) + (1.0f - beta1) * g;
    const wide square = beta2 * *(const wide *)(v + i) + (1.0f - beta2) * g * g;
    *(wide *)(m + i) = mean;
    *(wide *)(v + i) = square;
    *(wide *)(x + i) -=
        rate * mean / (__builtin_elementwise_sqrt(square * second_correction) + epsilon);
  }
  for (; i < count; i++) {
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

// The inner loops of learning, as plain C: products of small matrices, Adam.
//
// Rules: matrices are row-major, of single precision; nothing allocates or fails; nothing is
// contracted and no libm function is called, so that bits depend neither on the processor nor on how
// the rows are split into calls. Each sum runs over its terms in order. The Swift module `Learning`
// is the only one that imports this header.
#ifndef CLEARNING_H
#define CLEARNING_H

#pragma clang assume_nonnull begin

/// C = F + A B, or C = A B without an F.
///
/// A is rows x depth, with `a_row` and `a_column` numbers from one element to the next; B is depth x
/// columns, C and F rows x columns, with `b_row`, `c_row` and `first_row` numbers from one row to the
/// next. F may be C, or one row for all with a `first_row` of 0. `columns` is a multiple of 8.
void learning_multiply(
    long rows, long columns, long depth, const float *a, long a_row, long a_column, const float *b,
    long b_row, const float *_Nullable first, long first_row, float *c, long c_row);

/// C = tanh(F + A B), with an error of 3e-7 at most; see `learning_multiply`.
void learning_multiply_tanh(
    long rows, long columns, long depth, const float *a, long a_row, const float *b, long b_row,
    const float *first, long first_row, float *c, long c_row);

/// C = A B (1 - Y^2), by elements: the gradient before tanh from the one after it, A B, where tanh gave
/// Y, whose rows stand as those of C; see `learning_multiply`.
void learning_multiply_tanh_slope(
    long rows, long columns, long depth, const float *a, long a_row, const float *b, long b_row,
    const float *y, float *c, long c_row);

/// sums += the sums of the columns of A, of which there are a multiple of 8.
void learning_add_rows(long rows, long columns, const float *a, float *sums);

/// TO = the rows of `from` with these numbers, of which the first `width` elements are taken; `stride`
/// numbers lie from one row to the next there, `width` in TO.
void learning_gather(
    long count, const long *rows, const float *from, long stride, long width, float *to);

/// One step of Adam: m, v and x take in the gradient, scaled by `scale`.
void learning_adam(
    long count, const float *gradient, float scale, float beta1, float beta2, float rate,
    float second_correction, float epsilon, float *m, float *v, float *x);

/// The sum of the squares of x, in eight sums that are then added in order.
float learning_square_sum(long count, const float *x);

/// a += b.
void learning_add(long count, const float *b, float *a);

#pragma clang assume_nonnull end

#endif

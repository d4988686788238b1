// The operations of IEEE 754 on several lanes at once, each a single one of the compiler's.
//
// The standard library's vectors go lane by lane where their type is a parameter, as in our formulas, and
// leave it to the optimiser to put the lanes together again, which it does in part.
//
// Masks have all bits of a lane set where they are true.

#pragma once

typedef double SwiftletDouble4 __attribute__((ext_vector_type(4)));
typedef unsigned long long SwiftletBits4 __attribute__((ext_vector_type(4)));
typedef long SwiftletInt4 __attribute__((ext_vector_type(4)));
typedef float SwiftletFloat4 __attribute__((ext_vector_type(4)));
typedef float SwiftletFloat8 __attribute__((ext_vector_type(8)));
typedef int SwiftletInt8 __attribute__((ext_vector_type(8)));
typedef int SwiftletInt4OfFloats __attribute__((ext_vector_type(4)));

// Whether four numbers in double precision fit a register.
#ifdef __AVX__
#define SWIFTLET_HAS_WIDE_REGISTERS 1
#else
#define SWIFTLET_HAS_WIDE_REGISTERS 0
#endif

#define SWIFTLET_LANES(Result, name) \
  static inline __attribute__((always_inline, const, swift_name(name))) Result

#define SWIFTLET_OPERATIONS(Numbers, Number, Mask) \
  SWIFTLET_LANES(Numbers, "splat(_:)") Numbers##Splat(Number a) { return (Numbers)a; } \
  SWIFTLET_LANES(Numbers, "sum(_:_:)") Numbers##Sum(Numbers a, Numbers b) { return a + b; } \
  SWIFTLET_LANES(Numbers, "difference(_:_:)") Numbers##Difference(Numbers a, Numbers b) { \
    return a - b; \
  } \
  SWIFTLET_LANES(Numbers, "product(_:_:)") Numbers##Product(Numbers a, Numbers b) { return a * b; } \
  SWIFTLET_LANES(Numbers, "quotient(_:_:)") Numbers##Quotient(Numbers a, Numbers b) { \
    return a / b; \
  } \
  SWIFTLET_LANES(Numbers, "negative(_:)") Numbers##Negative(Numbers a) { return -a; } \
  SWIFTLET_LANES(Numbers, "magnitude(_:)") Numbers##Magnitude(Numbers a) { \
    return __builtin_elementwise_abs(a); \
  } \
  SWIFTLET_LANES(Numbers, "squareRoot(_:)") Numbers##SquareRoot(Numbers a) { \
    return __builtin_elementwise_sqrt(a); \
  } \
  SWIFTLET_LANES(Mask, "isLess(_:_:)") Numbers##IsLess(Numbers a, Numbers b) { \
    return __builtin_convertvector(a < b, Mask); \
  } \
  SWIFTLET_LANES(Mask, "isAtMost(_:_:)") Numbers##IsAtMost(Numbers a, Numbers b) { \
    return __builtin_convertvector(a <= b, Mask); \
  } \
  SWIFTLET_LANES(Numbers, "choose(where:_:otherwise:)") \
  Numbers##Choose(Mask mask, Numbers a, Numbers b) { return mask ? a : b; } \
  SWIFTLET_LANES(Mask, "both(_:_:)") Numbers##Both(Mask a, Mask b) { return a & b; } \
  SWIFTLET_LANES(Mask, "either(_:_:)") Numbers##Either(Mask a, Mask b) { return a | b; } \
  SWIFTLET_LANES(Mask, "opposite(_:)") Numbers##Opposite(Mask a) { return ~a; } \
  SWIFTLET_LANES(_Bool, "isAny(_:)") Numbers##IsAny(Mask a) { return __builtin_reduce_or(a) != 0; } \
  /* The bits of the numbers, shifted to the left. */ \
  SWIFTLET_LANES(Numbers, "shifted(_:left:)") Numbers##Shifted(Numbers a, int count) { \
    return (Numbers)((Mask)a << count); \
  }

SWIFTLET_OPERATIONS(SwiftletDouble4, double, SwiftletInt4)
SWIFTLET_OPERATIONS(SwiftletFloat8, float, SwiftletInt8)

SWIFTLET_LANES(SwiftletFloat4, "narrow(_:)") SwiftletNarrow(SwiftletDouble4 a) {
  return __builtin_convertvector(a, SwiftletFloat4);
}

SWIFTLET_LANES(SwiftletDouble4, "widen(_:)") SwiftletWiden(SwiftletFloat4 a) {
  return __builtin_convertvector(a, SwiftletDouble4);
}

// Numbers held between -1 and 1, and 0 for what is no number.

#define SWIFTLET_BOUNDED(Numbers, Mask) \
  SWIFTLET_LANES(Numbers, "bounded(_:)") Numbers##Bounded(Numbers a) { \
    const Numbers one = (Numbers)1.0f, raised = a < -one ? -one : a; \
    const Numbers bounded = one < raised ? one : raised; \
    return (Numbers)((Mask)bounded & (Mask)(a == a)); \
  }

SWIFTLET_BOUNDED(SwiftletFloat4, SwiftletInt4OfFloats)
SWIFTLET_BOUNDED(SwiftletFloat8, SwiftletInt8)

/// How many bits are set in each of four integers.
SWIFTLET_LANES(SwiftletDouble4, "countOfOnes(_:)") SwiftletCountOfOnes(SwiftletBits4 a) {
  // As the last bits of numbers between 2^52 and 2^53.
  const SwiftletBits4 shifted = __builtin_elementwise_popcount(a) | 0x4330000000000000ULL;
  return (SwiftletDouble4)shifted - 0x1p52;
}

// Halves of eight numbers.

SWIFTLET_LANES(SwiftletFloat4, "half(_:upper:)") SwiftletHalf(SwiftletFloat8 a, _Bool upper) {
  return upper ? a.hi : a.lo;
}

SWIFTLET_LANES(SwiftletFloat8, "joined(_:_:)") SwiftletJoined(SwiftletFloat4 a, SwiftletFloat4 b) {
  return __builtin_shufflevector(a, b, 0, 1, 2, 3, 4, 5, 6, 7);
}

// The least of some numbers, of which none is NaN.

SWIFTLET_LANES(double, "least(_:)") SwiftletLeastDouble(SwiftletDouble4 a) {
  double low = a.x < a.y ? a.x : a.y, high = a.z < a.w ? a.z : a.w;
  return low < high ? low : high;
}

SWIFTLET_LANES(float, "least(_:)") SwiftletLeast(SwiftletFloat8 a) {
  SwiftletFloat4 four = a.lo < a.hi ? a.lo : a.hi;
  SwiftletFloat4 two = four < four.zwxy ? four : four.zwxy;
  return two.x < two.y ? two.x : two.y;
}

/// Writes numbers row by row that stand column by column, `laneCount` rows side by side, a multiple of four: each row
/// from `stride` numbers behind the one before.
static inline __attribute__((swift_name("writeRows(_:columns:of:count:every:)"))) void
SwiftletWriteRows(float *rows, const float *columns, long laneCount, long count, long stride) {
  for (long lane = 0; lane < laneCount; lane += 4) {
    const float *from = columns + lane;
    float *to = rows + lane * stride;
    for (long column = 0; column < count && count < 4; column++)
      for (long row = 0; row < 4; row++) to[row * stride + column] = from[column * laneCount + row];
    for (long next = 0; next < count && count >= 4; next += 4) {
      // The last four may have some among them that are written already.
      const long column = next + 4 <= count ? next : count - 4;
      SwiftletFloat4 a, b, c, d;
      __builtin_memcpy(&a, from + column * laneCount, sizeof a);
      __builtin_memcpy(&b, from + (column + 1) * laneCount, sizeof b);
      __builtin_memcpy(&c, from + (column + 2) * laneCount, sizeof c);
      __builtin_memcpy(&d, from + (column + 3) * laneCount, sizeof d);
      const SwiftletFloat4 abLow = __builtin_shufflevector(a, b, 0, 4, 1, 5);
      const SwiftletFloat4 abHigh = __builtin_shufflevector(a, b, 2, 6, 3, 7);
      const SwiftletFloat4 cdLow = __builtin_shufflevector(c, d, 0, 4, 1, 5);
      const SwiftletFloat4 cdHigh = __builtin_shufflevector(c, d, 2, 6, 3, 7);
      a = __builtin_shufflevector(abLow, cdLow, 0, 1, 4, 5);
      b = __builtin_shufflevector(abLow, cdLow, 2, 3, 6, 7);
      c = __builtin_shufflevector(abHigh, cdHigh, 0, 1, 4, 5);
      d = __builtin_shufflevector(abHigh, cdHigh, 2, 3, 6, 7);
      __builtin_memcpy(to + column, &a, sizeof a);
      __builtin_memcpy(to + stride + column, &b, sizeof b);
      __builtin_memcpy(to + 2 * stride + column, &c, sizeof c);
      __builtin_memcpy(to + 3 * stride + column, &d, sizeof d);
    }
  }
}

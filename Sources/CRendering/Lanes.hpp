// Numbers side by side, a pixel or a ray each.

/// One number a pixel.
typedef float Floats __attribute__((ext_vector_type(WIDTH)));
/// One integer a pixel, or all bits set for true and none for false.
typedef int32_t Ints __attribute__((ext_vector_type(WIDTH)));
typedef uint32_t Words __attribute__((ext_vector_type(WIDTH)));

/// One number a ray.
typedef double Doubles __attribute__((ext_vector_type(WIDTH / 2)));
typedef int64_t LongInts __attribute__((ext_vector_type(WIDTH / 2)));
typedef int32_t HalfInts __attribute__((ext_vector_type(WIDTH / 2)));


#define INLINE static inline __attribute__((always_inline))

template <typename V, typename S>
INLINE V load(const S *from) {
  V value;
  __builtin_memcpy(&value, from, sizeof(V));
  return value;
}

template <typename V, typename S>
INLINE void store(S *to, V value) {
  __builtin_memcpy(to, &value, sizeof(V));
}

/// The first where the mask is true, the second elsewhere.
template <typename M, typename V>
INLINE V choose(M mask, V yes, V no) {
  return mask ? yes : no;
}

template <typename V>
INLINE V lesser(V a, V b) {
  return a < b ? a : b;
}

template <typename V>
INLINE V greater(V a, V b) {
  return a > b ? a : b;
}

template <typename V>
INLINE V root(V a) {
  return __builtin_elementwise_sqrt(a);
}

/// Whether a mask is true anywhere.
template <typename M>
INLINE bool any(M mask) {
  return __builtin_reduce_or(mask) != 0;
}

/// 0, 1, 2, … in the lanes.
INLINE Floats ramp() {
  Floats values;
  for (int lane = 0; lane < WIDTH; ++lane) values[lane] = float(lane);
  return values;
}

// Where rays meet solids, and the colours that they find there: the same formulas for pixels, in
// single precision, and for rays, in double.
//
// `Rays` gives the linear forms of a group of rays: `precise` to the last bits that matter, `quick`
// for what only bounds or shades. An inverse depth below 0 stands for a miss.

template <int frontCount>
struct Box {
  template <typename Rays>
  INLINE auto meet(const Element &, const Rays &rays) {
    auto entry = rays.precise(0);
    for (int i = 1; i < frontCount; ++i) entry = lesser(entry, rays.precise(i));
    auto exit = rays.quick(frontCount);
    for (int i = frontCount + 1; i < 6; ++i) exit = greater(exit, rays.quick(i));
    return choose(entry >= exit, entry, rays.all(-1));
  }

  template <typename Rays>
  INLINE Words colour(const Element &element, const Rays &rays, Floats nearness) {
    Words colours = element.faces[0] + Words{};
    for (int i = 1; i < frontCount; ++i) {
      colours = choose(rays.precise(i) == nearness, element.faces[i] + Words{}, colours);
    }
    return colours;
  }
};

struct Triangle {
  template <typename Rays>
  INLINE auto meet(const Element &, const Rays &rays) {
    const auto side = lesser(lesser(rays.quick(0), rays.quick(1)), rays.quick(2));
    return choose(side >= 0, rays.precise(3), rays.all(-1));
  }

  template <typename Rays>
  INLINE Words colour(const Element &element, const Rays &, Floats) {
    return element.faces[0] + Words{};
  }
};

/// Red, green and blue from 0 to 255 to a colour without holes.
INLINE Words packed(Floats red, Floats green, Floats blue) {
  const auto channel = [](Floats x) { return (Words)__builtin_convertvector(x + 0.5f, Ints); };
  return channel(red) | channel(green) << 8 | channel(blue) << 16 | 255u << 24;
}

/// The colour of a curved surface whose normal has the share `share` of the light's direction.
INLINE Words shaded(const Element &element, Floats share, float ambient) {
  const Floats lit = lesser(greater(share, Floats{}), Floats{} + 1.0f);
  const Floats light = ambient + (1 - ambient) * lit;
  return packed(element.colour[0] * light, element.colour[1] * light, element.colour[2] * light);
}

/// What the two solutions of a quadric are made of: w = (middle ± √discriminant) · inverseExcess.
template <typename V>
struct Quadric {
  V middle, root;
  decltype(V{} < V{}) isMet;
};

template <typename V>
INLINE Quadric<V> quadric(V middle, V discriminant) {
  return {middle, root(greater(discriminant, V{})), discriminant >= V{}};
}

struct Sphere {
  template <typename Rays>
  INLINE auto meet(const Element &element, const Rays &rays) {
    using Scalar = typename Rays::Scalar;
    const auto x = rays.precise(0), y = rays.precise(1), z = rays.precise(2);
    const auto discriminant
        = Scalar(element.squaredRadius) * rays.squaredLength() - (x * x + y * y + z * z);
    const auto found = quadric(rays.precise(3), discriminant);
    const auto entry = (found.middle + found.root) * Scalar(element.inverseExcess);
    return choose(found.isMet, entry, rays.all(-1));
  }

  template <typename Rays>
  INLINE Words colour(const Element &element, const Rays &rays, Floats nearness) {
    const Floats share = rays.quick(4) / nearness + float(element.lightOffset);
    return shaded(element, share, rays.ambient);
  }
};

struct Cylinder {
  template <typename Rays>
  INLINE auto meet(const Element &element, const Rays &rays) {
    using Scalar = typename Rays::Scalar;
    const auto x = rays.precise(0), y = rays.precise(1), moment = rays.precise(2);
    const auto square = x * x + y * y;
    const auto found
        = quadric(rays.precise(3), Scalar(element.squaredRadius) * square - moment * moment);
    const auto sum = found.middle + found.root;
    // Beside the axis a ray leaves at square / sum; along it, never.
    auto exit = greater(square / greater(sum, rays.all(1e-30)), rays.quick(6));
    auto entry = element.isOutside ? sum * Scalar(element.inverseExcess) : rays.all(1e30);
    const auto cap = rays.precise(5);
    if (element.isBeyondCap) {
      entry = lesser(entry, cap);
    } else {
      exit = greater(exit, cap);
    }
    const auto isMet = found.isMet & (entry >= exit);
    return choose(isMet, entry, rays.all(-1));
  }

  template <typename Rays>
  INLINE Words colour(const Element &element, const Rays &rays, Floats nearness) {
    const Floats share = rays.quick(4) / nearness + float(element.lightOffset);
    const Words side = shaded(element, share, rays.ambient);
    if (!element.isBeyondCap) return side;
    return choose(rays.precise(5) == nearness, element.faces[0] + Words{}, side);
  }
};

/// A ray enters a capsule through its side, or past the side's ends through the sphere there: each
/// sphere is inside of the endless side.
struct Capsule {
  template <typename Rays>
  INLINE auto meet(const Element &element, const Rays &rays) {
    using Scalar = typename Rays::Scalar;
    const auto half = Scalar(element.halfHeight), height = Scalar(element.height);
    const auto squaredRadius = Scalar(element.squaredRadius);
    const auto x = rays.precise(0), y = rays.precise(1), z = rays.precise(5);
    const auto moment = rays.precise(2), middle = rays.precise(3);
    const auto side = quadric(middle, squaredRadius * (x * x + y * y) - moment * moment);
    const auto entry = (side.middle + side.root) * Scalar(element.inverseExcess);
    // Heights along the axis, times w; from inside of the endless side, the viewer's own.
    const auto along = element.isOutside ? height * entry + z : rays.all(height);
    const auto end = element.isOutside ? half * entry : rays.all(half);
    const auto isUpper = along > 0;
    const auto centre = choose(isUpper, rays.all(half), rays.all(-half));
    const auto momentX = rays.precise(6) + centre * y, momentY = rays.precise(7) - centre * x;
    const auto cap = quadric(
        middle - (height - centre) * z,
        squaredRadius * rays.squaredLength()
            - (momentX * momentX + momentY * momentY + moment * moment));
    const auto excess = choose(
        isUpper, rays.all(Scalar(element.endExcess[0])), rays.all(Scalar(element.endExcess[1])));
    const auto isSide = (along <= end) & (-along <= end) & (entry > 0);
    const auto met = choose(isSide, entry, (cap.middle + cap.root) * excess);
    return choose(side.isMet & (isSide | cap.isMet), met, rays.all(-1));
  }

  template <typename Rays>
  INLINE Words colour(const Element &element, const Rays &rays, Floats nearness) {
    const float half = float(element.halfHeight);
    const Floats depth = 1.0f / nearness;
    const Floats along = rays.quick(5) * depth + float(element.height);
    const Floats held = lesser(greater(along, rays.all(-half)), rays.all(half));
    const Floats across = rays.quick(4) * depth + float(element.lightOffset);
    return shaded(element, across + (along - held) * float(element.lightUp), rays.ambient);
  }
};

/// x less the nearest whole number, from -0.5 to 0.5, for magnitudes below 2²².
INLINE Floats remainderOfNearest(Floats x) {
  constexpr float shift = 0x1.8p23f;
  return x - ((x + shift) - shift);
}

struct Plane {
  template <typename Rays>
  INLINE auto meet(const Element &, const Rays &rays) {
    return rays.precise(0);
  }

  /// Tiles change where half a coordinate passes a multiple of a half.
  template <typename Rays>
  INLINE Words colour(const Element &element, const Rays &rays, Floats nearness) {
    const Floats depth = 1.0f / nearness;
    const Floats x = remainderOfNearest(rays.quick(1) * depth);
    const Floats y = remainderOfNearest(rays.quick(2) * depth);
    const Floats contrast = lesser(element.contrast * (nearness * nearness), Floats{} + 1.0f);
    const Ints sign = ((Ints)x ^ (Ints)y) & INT32_MIN;
    const Floats offset = (Floats)((Ints)contrast | sign);
    const float *middle = element.colour, *half = element.halfDifference;
    return packed(
        middle[0] + half[0] * offset, middle[1] + half[1] * offset, middle[2] + half[2] * offset);
  }
};

/// Calls `body` with the formulas of an element's kind.
template <typename Body>
INLINE void withSurface(const Element &element, Body body) {
  switch (element.kind) {
    case Kind::box1: return body(Box<1>());
    case Kind::box2: return body(Box<2>());
    case Kind::box3: return body(Box<3>());
    case Kind::sphere: return body(Sphere());
    case Kind::cylinder: return body(Cylinder());
    case Kind::capsule: return body(Capsule());
    case Kind::triangle: return body(Triangle());
    case Kind::plane: return body(Plane());
  }
}

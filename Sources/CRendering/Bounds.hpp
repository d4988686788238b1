// Which pixels a thing may cover.

/// A range of the slopes of rays, grown point by point.
struct Slopes {
  double leastLeft = 1e30, mostLeft = -1e30, leastUp = 1e30, mostUp = -1e30;  // [–]

  void add(Vector p) {
    const double scale = 1 / p.forward;
    const double left = p.left * scale, up = p.up * scale;
    leastLeft = left < leastLeft ? left : leastLeft;
    mostLeft = left > mostLeft ? left : mostLeft;
    leastUp = up < leastUp ? up : leastUp;
    mostUp = up > mostUp ? up : mostUp;
  }

  /// Adds the part of an edge that is not nearer than `nearest`.
  void addEdge(Vector p, Vector q, double nearest) {
    if (p.forward >= nearest) add(p);
    if (q.forward >= nearest) add(q);
    if ((p.forward < nearest) == (q.forward < nearest)) return;
    const double share = (nearest - p.forward) / (q.forward - p.forward);
    Vector cut = p + share * (q - p);
    cut.forward = nearest;
    add(cut);
  }

  /// Writes down which pixels have their centres in here; false if none has.
  bool cover(Element &element, const View &view) const {
    constexpr double slack = 1e-3;  // for rounding [pixels]
    const auto held = [](double x, int most) {
      return x > 0 ? (x < most ? int32_t(x) : int32_t(most)) : 0;
    };
    const double perLeft = 1 / view.pixelWidth, perUp = 1 / view.pixelHeight;
    const int width = view.lens->width, height = view.lens->height;
    element.left = held((view.firstLeft - mostLeft) * perLeft + 1 - slack, width);
    element.right = held((view.firstLeft - leastLeft) * perLeft + 1 + slack, width);
    element.top = held((view.firstUp - mostUp) * perUp + 1 - slack, height);
    element.bottom = held((view.firstUp - leastUp) * perUp + 1 + slack, height);
    return element.left < element.right && element.top < element.bottom;
  }
};

/// The pixels of a box about a part's origin; false if it covers none.
INLINE bool coverBox(Element &element, const View &view, const Placed &part, cr_vector half) {
  const Vector x = half.x * part.axes.x, y = half.y * part.axes.y, z = half.z * part.axes.z;
  const double reach = std::fabs(x.forward) + std::fabs(y.forward) + std::fabs(z.forward);
  const double nearest = view.nearest;
  if (part.origin.forward + reach < nearest) return false;
  Vector corners[8];
  for (int i = 0; i < 8; ++i) {
    corners[i] = part.origin + (i & 1 ? 1.0 : -1.0) * x + (i & 2 ? 1.0 : -1.0) * y
        + (i & 4 ? 1.0 : -1.0) * z;
  }
  Slopes slopes;
  if (part.origin.forward - reach > nearest) {
    for (const Vector &corner : corners) slopes.add(corner);
  } else {
    for (int i = 0; i < 8; ++i) {
      for (int bit = 1; bit < 8; bit <<= 1) {
        if (!(i & bit)) slopes.addEdge(corners[i], corners[i | bit], nearest);
      }
    }
  }
  return slopes.cover(element, view);
}

/// The slopes between which a disc is seen, where it is not nearer than `nearest`.
///
/// The lines of sight touch it at its centre c turned by ±asin(r / |c|) and shortened to
/// √(|c|² - r²); where such a point is too near, the disc ends at the chord at `nearest`.
INLINE void boundDisc(
    double forward, double side, double radius, double nearest, double &least, double &most) {
  const double square = forward * forward + side * side;
  const double squaredTangent = square - radius * radius;
  const double tangent = root(squaredTangent > 0 ? squaredTangent : 0);
  const double gap = nearest - forward;
  const double squaredChord = radius * radius - gap * gap;
  const double chord = root(squaredChord > 0 ? squaredChord : 0);
  const auto slope = [&](double sign) {
    const double reach = forward * tangent - sign * side * radius;
    const double across = side * tangent + sign * forward * radius;
    const bool isSeen = squaredTangent > 0 && reach * tangent >= nearest * square;
    return isSeen ? across / reach : (side + sign * chord) / nearest;
  };
  least = slope(-1);
  most = slope(1);
}

/// The pixels of a sphere; false if it covers none.
INLINE bool coverSphere(Element &element, const View &view, Vector centre, double radius) {
  if (centre.forward + radius < view.nearest) return false;
  Slopes slopes;
  boundDisc(
      centre.forward, centre.left, radius, view.nearest, slopes.leastLeft, slopes.mostLeft);
  boundDisc(centre.forward, centre.up, radius, view.nearest, slopes.leastUp, slopes.mostUp);
  return slopes.cover(element, view);
}

/// The rows in which a plane may be seen: those where its inverse depth, affine in column and row,
/// is above 0 at an end; false if there are none.
INLINE bool coverPlane(Element &element, const View &view) {
  const int width = view.lens->width, height = view.lens->height;
  element.left = 0;
  element.right = width;
  element.top = height;
  element.bottom = 0;
  for (int column : {0, width - 1}) {
    const double first = element.constant[0] + element.perColumn[0] * column;
    const double last = first + element.perRow[0] * (height - 1);
    if (first <= 0 && last <= 0) continue;
    const int crossing = first > 0 == last > 0 ? 0 : int(first / (first - last) * (height - 1));
    const int top = first > 0 ? 0 : crossing;
    const int bottom = last > 0 || crossing + 2 > height ? height : crossing + 2;
    element.top = top < element.top ? top : element.top;
    element.bottom = bottom > element.bottom ? bottom : element.bottom;
  }
  return element.top < element.bottom;
}

// Meshes as a viewer has them: the triangles that face it.
//
// With a triangle's corners p, q and r from the viewer, a ray is inside of the edge from p to q
// where (p × q)·d has the sign of (p × q)·r, and meets the triangle's plane at w = n·d / n·p. Two
// triangles that share an edge take opposite numbers for it, so that no ray passes between them.

/// The corners of the mesh under way from the viewer, and on the image.
INLINE void placeCorners(
    Corners &corners, const View &view, const float *vertices, int count, const Placed &placed) {
  corners.resize(size_t(count));
  const auto place = [&](float *to, double origin, double x, double y, double z) {
    const float o = float(origin), a = float(x), b = float(y), c = float(z);
    const float *ys = vertices + count, *zs = ys + count;
    for (int i = 0; i < count; ++i) to[i] = o + (a * vertices[i] + b * ys[i] + c * zs[i]);
  };
  const Axes &axes = placed.axes;
  const Vector origin = placed.origin;
  float *forward = corners.forward.data(), *left = corners.left.data(), *up = corners.up.data();
  place(forward, origin.forward, axes.x.forward, axes.y.forward, axes.z.forward);
  place(left, origin.left, axes.x.left, axes.y.left, axes.z.left);
  place(up, origin.up, axes.x.up, axes.y.up, axes.z.up);
  if (!view.lens) return;
  float *column = corners.column.data(), *row = corners.row.data();
  const float perLeft = float(1 / view.pixelWidth), perUp = float(1 / view.pixelHeight);
  const float firstColumn = float(view.firstLeft / view.pixelWidth);
  const float firstRow = float(view.firstUp / view.pixelHeight);
  for (int i = 0; i < count; ++i) {
    const float scale = 1 / forward[i];
    column[i] = firstColumn - left[i] * scale * perLeft;
    row[i] = firstRow - up[i] * scale * perUp;
  }
}

INLINE float least(float a, float b, float c) {
  const float m = a < b ? a : b;
  return m < c ? m : c;
}

INLINE float most(float a, float b, float c) {
  const float m = a > b ? a : b;
  return m > c ? m : c;
}

/// The pixels of a triangle; false if it covers none.
INLINE bool coverTriangle(
    Element &element, const View &view, const Corners &corners, const int32_t *corner) {
  const int i = corner[0], j = corner[1], k = corner[2];
  const float *forward = corners.forward.data();
  const float nearest = float(view.nearest);
  if (least(forward[i], forward[j], forward[k]) > nearest) {
    constexpr float slack = 0.01f;  // for rounding [pixels]
    const auto held = [](float x, int most) {
      return x > 0 ? (x < float(most) ? int32_t(x) : int32_t(most)) : 0;
    };
    const float *column = corners.column.data(), *row = corners.row.data();
    const int width = view.lens->width, height = view.lens->height;
    element.left = held(least(column[i], column[j], column[k]) + (1 - slack), width);
    element.right = held(most(column[i], column[j], column[k]) + (1 + slack), width);
    element.top = held(least(row[i], row[j], row[k]) + (1 - slack), height);
    element.bottom = held(most(row[i], row[j], row[k]) + (1 + slack), height);
    return element.left < element.right && element.top < element.bottom;
  }
  if (most(forward[i], forward[j], forward[k]) < nearest) return false;
  Vector points[3];
  for (int n = 0; n < 3; ++n) {
    const int at = corner[n];
    points[n] = {forward[at], corners.left[size_t(at)], corners.up[size_t(at)]};
  }
  Slopes slopes;
  for (int n = 0; n < 3; ++n) slopes.addEdge(points[n], points[(n + 1) % 3], view.nearest);
  return slopes.cover(element, view);
}

/// A triangle; false if it faces away.
INLINE bool makeTriangle(
    Element &element, const Light &light, const cr_part &part, const Corners &corners,
    const int32_t *corner) {
  Vector points[3];
  for (int n = 0; n < 3; ++n) {
    const auto at = size_t(corner[n]);
    points[n] = {corners.forward[at], corners.left[at], corners.up[at]};
  }
  const Vector normal = cross(points[1] - points[0], points[2] - points[0]);
  const double volume = dot(normal, points[0]), square = dot(normal, normal);
  // n·p over |n| is the distance to the triangle's plane, negative in front of it.
  if (!(volume < 0 && volume * volume > touch * touch * square)) return false;
  clearForms(element);
  for (int n = 0; n < 3; ++n) {
    setForm(element, n, cross(points[(n + 1) % 3], points[n]));
  }
  setForm(element, 3, (1 / volume) * normal);
  element.kind = Kind::triangle;
  element.faces[0] = light.colour(part.colour, (1 / root(square)) * normal);
  return true;
}

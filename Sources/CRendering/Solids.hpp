// Solids as a viewer has them. Each function is false for a solid that the viewer does not see:
// one that it is inside of, or that is outside of the image.
//
// A viewer sees the outside of things alone. With the viewer at o and a face's outward normal n, at
// the signed distance s of the viewer, a ray enters or leaves through the face at w = -n·d / s.

/// The form of a flat face at the signed distance `distance` of the viewer; true for a face that
/// the viewer is in front of.
INLINE bool faceForm(Vector normal, double distance, Vector &form) {
  const bool isFront = distance > touch;
  const double depth = isFront ? distance : (-distance > touch ? distance : -touch);
  form = (-1 / depth) * normal;
  return isFront;
}

INLINE void setColour(Element &element, const cr_part &part) {
  for (int i = 0; i < 3; ++i) element.colour[i] = 255 * part.colour[i];
}

/// A box: the forms of its front faces first, then those of its other faces.
INLINE bool makeBox(
    Element &element, const View &view, const Light &light, const cr_part &part,
    const Placed &placed) {
  const cr_vector viewer = placed.viewer();
  const Vector axes[3] = {placed.axes.x, placed.axes.y, placed.axes.z};
  const double along[3] = {viewer.x, viewer.y, viewer.z};
  const double half[3] = {part.size.x, part.size.y, part.size.z};
  int front = 0, back = 5;
  for (int i = 0; i < 3; ++i) {
    for (double sign : {1.0, -1.0}) {
      const Vector normal = sign * axes[i];
      Vector form;
      if (faceForm(normal, sign * along[i] - half[i], form)) {
        element.faces[front] = light.colour(part.colour, normal);
        setForm(element, front++, form);
      } else {
        setForm(element, back--, form);
      }
    }
  }
  if (front == 0) return false;
  element.kind = front == 1 ? Kind::box1 : front == 2 ? Kind::box2 : Kind::box3;
  return !view.lens || coverBox(element, view, placed, part.size);
}

/// A sphere of radius r at c, met where k w² - 2 b w + d·d = 0 with k = c·c - r², b = c·d.
///
/// The discriminant b² - k d·d is computed as r² d·d - |c × d|², which does not cancel.
INLINE bool makeSphere(
    Element &element, const View &view, const Light &light, const cr_part &part, Vector centre) {
  const double radius = part.size.x, square = dot(centre, centre);
  const double reach = radius + touch;
  if (square <= reach * reach) return false;
  setForm(element, 0, {0, -centre.up, centre.left});
  setForm(element, 1, {centre.up, 0, -centre.forward});
  setForm(element, 2, {-centre.left, centre.forward, 0});
  setForm(element, 3, centre);
  setForm(element, 4, (1 / radius) * light.direction);
  element.kind = Kind::sphere;
  element.squaredRadius = radius * radius;
  element.inverseExcess = 1 / (square - radius * radius);
  element.lightOffset = -dot(centre, light.direction) / radius;
  setColour(element, part);
  return !view.lens || coverSphere(element, view, centre, radius);
}

/// The side of a cylinder or capsule about z: the sphere's formulas in x and y, and its light.
INLINE void makeSide(
    Element &element, const Light &light, const cr_part &part, const Placed &placed,
    cr_vector viewer) {
  const double radius = part.size.x, reach = radius + touch;
  const double square = viewer.x * viewer.x + viewer.y * viewer.y;
  const Axes &axes = placed.axes;
  const double lightX = dot(axes.x, light.direction) / radius;
  const double lightY = dot(axes.y, light.direction) / radius;
  setForm(element, 0, axes.x);
  setForm(element, 1, axes.y);
  setForm(element, 2, viewer.x * axes.y - viewer.y * axes.x);
  setForm(element, 3, -1.0 * (viewer.x * axes.x + viewer.y * axes.y));
  setForm(element, 4, lightX * axes.x + lightY * axes.y);
  element.squaredRadius = radius * radius;
  element.isOutside = square > reach * reach;
  element.inverseExcess = element.isOutside ? 1 / (square - radius * radius) : 0;
  element.lightOffset = viewer.x * lightX + viewer.y * lightY;
  setColour(element, part);
}

/// A cylinder: its side between its ends.
INLINE bool makeCylinder(
    Element &element, const View &view, const Light &light, const cr_part &part,
    const Placed &placed) {
  const cr_vector viewer = placed.viewer();
  const double radius = part.size.x, height = std::fabs(viewer.z);
  const Vector end = (viewer.z > 0 ? 1.0 : -1.0) * placed.axes.z;
  Vector near, far;
  element.isBeyondCap = faceForm(end, height - part.size.z, near);
  faceForm(-1.0 * end, -height - part.size.z, far);
  makeSide(element, light, part, placed, viewer);
  if (!element.isBeyondCap && !element.isOutside) return false;
  setForm(element, 5, near);
  setForm(element, 6, far);
  element.kind = Kind::cylinder;
  element.faces[0] = light.colour(part.colour, end);
  return !view.lens || coverBox(element, view, placed, {radius, radius, part.size.z});
}

/// A capsule: its side, and past the side's ends the sphere there.
INLINE bool makeCapsule(
    Element &element, const View &view, const Light &light, const cr_part &part,
    const Placed &placed) {
  const cr_vector viewer = placed.viewer();
  const double radius = part.size.x, half = part.size.z, reach = radius + touch;
  const double beyond = std::fabs(viewer.z) - half, gap = beyond > 0 ? beyond : 0;
  const double square = viewer.x * viewer.x + viewer.y * viewer.y;
  if (square + gap * gap <= reach * reach) return false;
  const Axes &axes = placed.axes;
  makeSide(element, light, part, placed, viewer);
  setForm(element, 5, axes.z);
  setForm(element, 6, viewer.y * axes.z - viewer.z * axes.y);
  setForm(element, 7, viewer.z * axes.x - viewer.x * axes.z);
  for (int end = 0; end < 2; ++end) {
    const double above = viewer.z + (end == 0 ? -half : half);
    element.endExcess[end] = 1 / (square + above * above - radius * radius);
  }
  element.kind = Kind::capsule;
  element.height = viewer.z;
  element.halfHeight = half;
  element.lightUp = dot(axes.z, light.direction) / radius;
  return !view.lens || coverBox(element, view, placed, {radius, radius, half + radius});
}

/// The half space below the xy plane: its depth, and the coordinates of its tiles times depth.
INLINE bool makePlane(
    Element &element, const View &view, const Light &light, const cr_part &part,
    const Placed &placed) {
  const cr_vector viewer = placed.viewer();
  Vector form;
  if (!faceForm(placed.axes.z, viewer.z, form) || !(viewer.z < view.farthest)) return false;
  const double perTile = 0.5 / part.size.x;
  setForm(element, 0, form);
  setForm(element, 1, perTile * (viewer.x * form + placed.axes.x));
  setForm(element, 2, perTile * (viewer.y * form + placed.axes.y));
  element.kind = Kind::plane;
  const double shade = 0.5 * 255 * light.on(placed.axes.z);
  for (int i = 0; i < 3; ++i) {
    const double even = part.colour[i], odd = part.second_colour[i];
    element.colour[i] = float(shade * (even + odd));
    element.halfDifference[i] = float(shade * (even - odd));
  }
  if (!view.lens) return true;
  // Tiles fade where a pixel sees more than about two of them: at the depth z it spans z² θ / h.
  element.contrast = float(2 * part.size.x * viewer.z / view.pixelHeight);
  formByPixel(element, view);
  return coverPlane(element, view);
}

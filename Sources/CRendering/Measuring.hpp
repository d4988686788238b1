// Distances along rays of one point, in double precision.

/// Some rays.
struct Beams {
  using Scalar = double;

  const Element &element;
  Doubles forward, left, up;

  Doubles all(double x) const { return Doubles{} + x; }

  Doubles precise(int form) const {
    return element.constant[form] * forward + element.perColumn[form] * left
        + element.perRow[form] * up;
  }

  Doubles quick(int form) const { return precise(form); }

  Doubles squaredLength() const { return forward * forward + left * left + up * up; }
};

/// Shortens the rays that meet an element.
template <typename Surface>
static void shorten(const Element &element, const cr_rays &rays, Canvas &canvas) {
  constexpr int width = WIDTH / 2;
  const Doubles nearest = Doubles{} + 1 / rays.nearest;
  for (int i = 0; i < rays.count; i += width) {
    const double *at = rays.directions + i / CR_BLOCK * (3 * CR_BLOCK) + i % CR_BLOCK;
    const Beams beams{
        element, load<Doubles>(at), load<Doubles>(at + CR_BLOCK), load<Doubles>(at + 2 * CR_BLOCK)};
    const Doubles found = Surface::meet(element, beams);
    const Doubles before = load<Doubles>(canvas.rayNearness.data() + i);
    const LongInts isSeen = (found > before) & (found <= nearest);
    if (!any(isSeen)) continue;
    store(canvas.rayNearness.data() + i, choose(isSeen, found, before));
    const HalfInts ids = load<HalfInts>(canvas.ids.data() + i);
    const HalfInts isChanged = __builtin_convertvector(isSeen, HalfInts);
    store(canvas.ids.data() + i, choose(isChanged, HalfInts{} + element.id, ids));
  }
}

void measure(
    cr_renderer &renderer, const cr_scene &scene, const cr_viewer &viewer, const cr_rays &rays,
    Ranges ranges) {
  View view;
  view.look(rays);
  renderer.elements.clear();
  if (view.place(viewer)) assemble(renderer, scene, view);
  Canvas &canvas = renderer.canvas;
  const int padded = (rays.count + CR_BLOCK - 1) & ~(CR_BLOCK - 1);
  canvas.resizeRays(size_t(padded));
  const double least = 1 / rays.farthest;
  for (int i = 0; i < padded; ++i) {
    canvas.rayNearness[size_t(i)] = least;
    canvas.ids[size_t(i)] = -1;
  }
  for (const Element &element : renderer.elements) {
    withSurface(
        element, [&](auto surface) { shorten<decltype(surface)>(element, rays, canvas); });
  }
  for (int i = 0; i < rays.count; ++i) {
    const double nearness = canvas.rayNearness[size_t(i)];
    const double distance = nearness > least ? 1 / nearness : rays.farthest;
    if (ranges.distances) ranges.distances[i] = float(distance);
    if (ranges.ids) ranges.ids[i] = canvas.ids[size_t(i)];
  }
}

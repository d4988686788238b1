// Images, a strip of rows at a time, so that what is drawn stays in the processor's nearest cache.

/// The forms of one row's rays, each affine in the column.
///
/// A form may pass near 0 within the row, as a plane's does at the horizon. So that its last bits
/// are right there too, start and slope are kept in two parts each, the upper part of the slope so
/// short that its product with a column is exact.
struct alignas(64) Row {
  float start[formCount], startRest[formCount];
  float upperSlope[formCount], slopeRest[formCount], slope[formCount];
  float squaredUp;  // 1 + the squared slope of the row's rays

  explicit Row(const Element &element) {
    for (int i = 0; i < formCount; ++i) {
      const double exact = element.perColumn[i];
      const float rounded = float(exact);
      uint32_t bits;
      std::memcpy(&bits, &rounded, sizeof bits);
      bits &= ~uint32_t(0xFFF);  // leaves 12 bits of the fraction, and a column has no more
      std::memcpy(&upperSlope[i], &bits, sizeof bits);
      slopeRest[i] = float(exact - double(upperSlope[i]));
      slope[i] = rounded;
    }
  }

  void move(const Element &element, const View &view, int row) {
    for (int i = 0; i < formCount; ++i) {
      const double exact = element.constant[i] + element.perRow[i] * row;
      start[i] = float(exact);
      startRest[i] = float(exact - double(start[i]));
    }
    const double up = view.firstUp - view.pixelHeight * row;
    squaredUp = float(1 + up * up);
  }
};

/// The rays of some neighbouring pixels.
struct Pixels {
  using Scalar = float;

  const Row &row;
  Floats column;
  float firstLeft, pixelWidth, ambient;

  Floats all(float x) const { return Floats{} + x; }

  Floats precise(int form) const {
    return (row.start[form] + row.upperSlope[form] * column)
        + (row.startRest[form] + row.slopeRest[form] * column);
  }

  Floats quick(int form) const { return row.start[form] + row.slope[form] * column; }

  Floats squaredLength() const {
    const Floats left = firstLeft - pixelWidth * column;
    return row.squaredUp + left * left;
  }
};

/// Some rows of an image.
struct Strip {
  const View &view;
  float ambient;
  float *nearness;
  uint32_t *colours;
  int32_t *ids;
  int stride, top, bottom;

  void clear(uint32_t sky) const {
    const int count = stride * (bottom - top);
    const float farthest = float(1 / view.farthest);
    for (int i = 0; i < count; i += WIDTH) {
      store(nearness + i, Floats{} + farthest);
      store(colours + i, Words{} + sky);
      store(ids + i, Ints{} - 1);
    }
  }

  template <typename Surface>
  void draw(const Element &element) const {
    const float nearest = float(1 / view.nearest);
    const int first = element.top > top ? element.top : top;
    const int end = element.bottom < bottom ? element.bottom : bottom;
    const int left = element.left & ~(WIDTH - 1);
    Row row(element);
    Pixels pixels{row, {}, float(view.firstLeft), float(view.pixelWidth), ambient};
    const Floats lanes = ramp();
    for (int y = first; y < end; ++y) {
      row.move(element, view, y);
      const int start = (y - top) * stride;
      for (int x = left; x < element.right; x += WIDTH) {
        pixels.column = float(x) + lanes;
        const Floats found = Surface::meet(element, pixels);
        const Floats before = load<Floats>(nearness + start + x);
        const Ints isSeen = (found > before) & (found <= nearest);
        if (!any(isSeen)) continue;
        const Words colour = Surface::colour(element, pixels, found);
        store(nearness + start + x, choose(isSeen, found, before));
        store(colours + start + x, choose(isSeen, colour, load<Words>(colours + start + x)));
        store(ids + start + x, choose(isSeen, Ints{} + element.id, load<Ints>(ids + start + x)));
      }
    }
  }

  /// Hands the strip over, inverse depths made depths.
  void write(const Image &image) const {
    const int width = view.lens->width;
    const float farthest = float(view.farthest), least = float(1 / view.farthest);
    for (int y = top; y < bottom; ++y) {
      float *values = nearness + (y - top) * stride;
      const int64_t to = int64_t(y) * width;
      const auto size = size_t(width) * 4;
      if (image.depths) {
        for (int x = 0; x < width; x += WIDTH) {
          const Floats value = load<Floats>(values + x);
          store(values + x, choose(value > least, 1.0f / value, Floats{} + farthest));
        }
        std::memcpy(image.depths + to, values, size);
      }
      if (image.colours) std::memcpy(image.colours + to * 4, colours + (y - top) * stride, size);
      if (image.ids) std::memcpy(image.ids + to, ids + (y - top) * stride, size);
    }
  }
};

/// The colour of the sky, alpha included.
INLINE uint32_t skyColour(const cr_scene &scene) {
  const auto channel = [&](int i) { return uint32_t(255 * scene.sky[i] + 0.5f); };
  return channel(0) | channel(1) << 8 | channel(2) << 16 | 255u << 24;
}

void render(
    cr_renderer &renderer, const cr_scene &scene, const cr_viewer &viewer, const cr_lens &lens,
    Image image) {
  View view;
  view.look(lens);
  renderer.elements.clear();
  if (view.place(viewer)) assemble(renderer, scene, view);
  const int stride = (lens.width + WIDTH - 1) & ~(WIDTH - 1);
  constexpr int cached = 3072;  // pixels, of 12 bytes each
  const int rows = stride < cached ? cached / stride : 1;
  Canvas &canvas = renderer.canvas;
  canvas.resize(size_t(stride) * size_t(rows));
  for (int top = 0; top < lens.height; top += rows) {
    const int bottom = top + rows < lens.height ? top + rows : lens.height;
    const Strip strip{
        view, scene.ambient, canvas.nearness.data(), canvas.colours.data(), canvas.ids.data(),
        stride, top, bottom};
    strip.clear(skyColour(scene));
    for (const Element &element : renderer.elements) {
      if (element.top >= bottom || element.bottom <= top) continue;
      withSurface(element, [&](auto surface) { strip.draw<decltype(surface)>(element); });
    }
    strip.write(image);
  }
}

// Vectors along the viewer's axes, and the scene seen from there.

struct Vector {
  double forward, left, up;
};

INLINE Vector operator+(Vector a, Vector b) {
  return {a.forward + b.forward, a.left + b.left, a.up + b.up};
}

INLINE Vector operator-(Vector a, Vector b) {
  return {a.forward - b.forward, a.left - b.left, a.up - b.up};
}

INLINE Vector operator*(double s, Vector v) { return {s * v.forward, s * v.left, s * v.up}; }

INLINE double dot(Vector a, Vector b) {
  return a.forward * b.forward + a.left * b.left + a.up * b.up;
}

INLINE Vector cross(Vector a, Vector b) {
  return {
      a.left * b.up - a.up * b.left, a.up * b.forward - a.forward * b.up,
      a.forward * b.left - a.left * b.forward};
}

/// Three axes along other axes.
struct Axes {
  Vector x, y, z;

  Vector operator()(cr_vector v) const { return v.x * x + v.y * y + v.z * z; }

  /// The matrix of a quaternion of any length; false where it has no direction.
  static bool of(cr_quaternion q, Axes &axes) {
    const double square = q.x * q.x + q.y * q.y + q.z * q.z + q.w * q.w;
    if (!(square > 1e-12 && square < 1e12)) return false;
    const double s = 2 / square;
    axes.x = {1 - s * (q.y * q.y + q.z * q.z), s * (q.x * q.y + q.w * q.z),
              s * (q.x * q.z - q.w * q.y)};
    axes.y = {s * (q.x * q.y - q.w * q.z), 1 - s * (q.x * q.x + q.z * q.z),
              s * (q.y * q.z + q.w * q.x)};
    axes.z = {s * (q.x * q.z + q.w * q.y), s * (q.y * q.z - q.w * q.x),
              1 - s * (q.x * q.x + q.y * q.y)};
    return true;
  }
};

/// What is asked of a view, whether of pixels or of rays.
struct View {
  cr_vector position;          // in the world [m]
  Axes toViewer;               // the world's axes along the viewer's
  double nearest, farthest;    // [m]
  const cr_lens *lens;         // of an image; none for rays
  int64_t hidden;

  double firstLeft, firstUp;   // the slopes of the first pixel's ray [–]
  double pixelWidth, pixelHeight;  // by how much they fall from pixel to pixel [–]

  /// False where the viewer is nowhere.
  bool place(const cr_viewer &viewer) {
    Axes axes;
    if (!Axes::of(viewer.attitude, axes)) return false;
    toViewer = {
        {axes.x.forward, axes.y.forward, axes.z.forward},
        {axes.x.left, axes.y.left, axes.z.left},
        {axes.x.up, axes.y.up, axes.z.up}};
    position = viewer.position;
    hidden = viewer.hidden;
    return std::isfinite(position.x) && std::isfinite(position.y) && std::isfinite(position.z);
  }

  void look(const cr_lens &through) {
    lens = &through;
    nearest = through.nearest;
    farthest = through.farthest;
    pixelWidth = 2 * through.half_width / through.width;
    pixelHeight = 2 * through.half_height / through.height;
    firstLeft = through.half_width - 0.5 * pixelWidth;
    firstUp = through.half_height - 0.5 * pixelHeight;
  }

  void look(const cr_rays &along) {
    lens = nullptr;
    nearest = along.nearest;
    farthest = along.farthest;
  }

  /// A place in the world, from the viewer. [m]
  Vector operator()(cr_vector p) const {
    return toViewer({p.x - position.x, p.y - position.y, p.z - position.z});
  }
};

/// The body under way, or a part of it, from the viewer.
struct Placed {
  Vector origin;  // [m]
  Axes axes;

  /// Where a part of this body is.
  Placed part(const cr_part &part) const {
    return {
        origin + axes(part.position),
        {axes(part.axes[0]), axes(part.axes[1]), axes(part.axes[2])}};
  }

  /// Where the viewer is, along the axes of this. [m]
  cr_vector viewer() const {
    return {-dot(axes.x, origin), -dot(axes.y, origin), -dot(axes.z, origin)};
  }
};

/// Sets a linear form of directions.
INLINE void setForm(Element &element, int form, Vector v) {
  element.constant[form] = v.forward;
  element.perColumn[form] = v.left;
  element.perRow[form] = v.up;
}

INLINE void clearForms(Element &element) {
  __builtin_memset(element.constant, 0, sizeof(double) * 3 * formCount);
}

/// Turns an element's forms of directions into forms of columns and rows.
INLINE void formByPixel(Element &element, const View &view) {
  for (int i = 0; i < formCount; ++i) {
    element.constant[i] += element.perColumn[i] * view.firstLeft + element.perRow[i] * view.firstUp;
    element.perColumn[i] *= -view.pixelWidth;
    element.perRow[i] *= -view.pixelHeight;
  }
}

/// What falls of the light on a face.
struct Light {
  Vector direction;  // towards it
  double ambient;

  double on(Vector normal) const {
    const double share = dot(normal, direction);
    return ambient + (1 - ambient) * (share > 0 ? share : 0);
  }

  /// The colour of a flat face, alpha included.
  uint32_t colour(const float *colour, Vector normal) const {
    const double light = 255 * on(normal);
    const auto channel = [&](int i) { return uint32_t(light * double(colour[i]) + 0.5); };
    return channel(0) | channel(1) << 8 | channel(2) << 16 | 255u << 24;
  }
};

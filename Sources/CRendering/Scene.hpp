// From a scene to the solids that a viewer may see.

/// Writes down the indices of bodies that may be in view, and gives their count.
///
/// A body is left out when the sphere about it is. What is not finite compares false, and is left
/// out too.
static int findVisible(cr_renderer &renderer, const cr_scene &scene, const View &view) {
  if (renderer.visible.size() < size_t(scene.body_count)) {
    renderer.visible.resize(size_t(scene.body_count));
  }
  const bool isImage = view.lens != nullptr;
  const double tanLeft = isImage ? view.lens->half_width : 0;
  const double tanUp = isImage ? view.lens->half_height : 0;
  const double cosLeft = 1 / root(1 + tanLeft * tanLeft), sinLeft = tanLeft * cosLeft;
  const double cosUp = 1 / root(1 + tanUp * tanUp), sinUp = tanUp * cosUp;
  const Axes &axes = view.toViewer;
  int count = 0;
  for (int first = 0; first < scene.body_count; first += CR_BLOCK) {
    const double *block = scene.blocks + first * CR_QUANTITIES;
    int64_t isSeen[CR_BLOCK];
    for (int lane = 0; lane < CR_BLOCK; ++lane) {
      const double x = block[lane] - view.position.x;
      const double y = block[CR_BLOCK + lane] - view.position.y;
      const double z = block[2 * CR_BLOCK + lane] - view.position.z;
      const double radius = block[CR_RADIUS * CR_BLOCK + lane];
      const double f = x * axes.x.forward + y * axes.y.forward + z * axes.z.forward;
      const double l = std::fabs(x * axes.x.left + y * axes.y.left + z * axes.z.left);
      const double u = std::fabs(x * axes.x.up + y * axes.y.up + z * axes.z.up);
      const double reach = view.farthest + radius;
      const bool isNear = f * f + l * l + u * u < reach * reach;
      const bool isInside = (f + radius > view.nearest) & (f - radius < view.farthest)
          & (l * cosLeft - f * sinLeft < radius) & (u * cosUp - f * sinUp < radius);
      isSeen[lane] = isImage ? isInside : isNear;
    }
    for (int lane = 0; lane < CR_BLOCK; ++lane) {
      if (isSeen[lane]) renderer.visible[size_t(count++)] = first + lane;
    }
  }
  return count;
}

/// Where a body is; false for one that is nowhere.
INLINE bool placeBody(
    Placed &placed, const cr_scene &scene, const View &view, int32_t body) {
  const double *at = scene.blocks + body / CR_BLOCK * (CR_BLOCK * CR_QUANTITIES) + body % CR_BLOCK;
  const double *q = at + CR_ATTITUDE_X * CR_BLOCK;
  Axes axes;
  if (!Axes::of({q[0], q[CR_BLOCK], q[2 * CR_BLOCK], q[3 * CR_BLOCK]}, axes)) return false;
  placed.origin = view({at[0], at[CR_BLOCK], at[2 * CR_BLOCK]});
  const auto turned = [&](Vector v) { return view.toViewer({v.forward, v.left, v.up}); };
  placed.axes = {turned(axes.x), turned(axes.y), turned(axes.z)};
  return true;
}

/// The solids of one scene for one viewer, under construction.
struct Assembly {
  cr_renderer &renderer;
  const cr_scene &scene;
  const View &view;
  Light light;
  int32_t id;

  /// Keeps a solid if `make` gives one.
  template <typename Make>
  void keep(bool isByPixel, Make make) {
    Element element;
    clearForms(element);
    element.id = id;
    if (!make(element)) return;
    if (isByPixel) formByPixel(element, view);
    renderer.elements.push_back(element);
  }

  void addMesh(const cr_part &part, const Placed &placed) {
    Corners &corners = renderer.corners;
    placeCorners(corners, view, scene.vertices + part.first_vertex, part.vertex_count, placed);
    const int32_t *corner = scene.triangles + int64_t(part.first_triangle) * 3;
    for (int i = 0; i < part.triangle_count; ++i, corner += 3) {
      Element element;
      if (view.lens && !coverTriangle(element, view, corners, corner)) continue;
      if (!makeTriangle(element, light, part, corners, corner)) continue;
      element.id = id;
      if (view.lens) formByPixel(element, view);
      renderer.elements.push_back(element);
    }
  }

  void add(const cr_part &part, const Placed &placed) {
    const bool isImage = view.lens;
    switch (part.kind) {
      case CR_BOX:
        return keep(isImage, [&](Element &e) { return makeBox(e, view, light, part, placed); });
      case CR_SPHERE:
        return keep(
            isImage, [&](Element &e) { return makeSphere(e, view, light, part, placed.origin); });
      case CR_CYLINDER:
        return keep(
            isImage, [&](Element &e) { return makeCylinder(e, view, light, part, placed); });
      case CR_CAPSULE:
        return keep(
            isImage, [&](Element &e) { return makeCapsule(e, view, light, part, placed); });
      case CR_MESH: return addMesh(part, placed);
      default:
        return keep(false, [&](Element &e) { return makePlane(e, view, light, part, placed); });
    }
  }
};

/// Fills the renderer with what the viewer may see, planes last: they are large, and where other
/// things have been drawn before them they cost little.
static void assemble(cr_renderer &renderer, const cr_scene &scene, const View &view) {
  renderer.elements.clear();
  const int count = findVisible(renderer, scene, view);
  Assembly assembly{renderer, scene, view, {view.toViewer(scene.light), scene.ambient}, 0};
  bool hasPlanes = false;
  const auto pass = [&](bool ofPlanes) {
    for (int i = 0; i < count; ++i) {
      const int32_t index = renderer.visible[size_t(i)];
      const cr_body &body = scene.bodies[index];
      Placed placed;
      if (body.id == view.hidden || !placeBody(placed, scene, view, index)) continue;
      assembly.id = body.id;
      for (int n = 0; n < body.part_count; ++n) {
        const cr_part &part = scene.parts[body.first_part + n];
        hasPlanes |= part.kind == CR_PLANE;
        if ((part.kind == CR_PLANE) == ofPlanes) assembly.add(part, placed.part(part));
      }
    }
  };
  pass(false);
  if (hasPlanes) pass(true);
}

#include "Outline.hpp"

#include <BulletCollision/CollisionShapes/btSphereShape.h>

#include <algorithm>

namespace {

/// Bullet's collision margin, as PyBullet sets it for hulls. [m]
constexpr btScalar usualMargin = 0.001;

/// The part of a thin hull's depth that its margin may take. [–]
constexpr btScalar marginShare = 0.25;

/// Half of the extent of what has no bounds. [m]
constexpr btScalar everywhere = 1e300;

std::vector<btVector3> pointsOf(const cb_shape &shape) {
  std::vector<btVector3> points;
  for (int i = 0; i < shape.point_count; ++i) {
    points.emplace_back(shape.points[i].x, shape.points[i].y, shape.points[i].z);
  }
  return points;
}

Polyhedron polyhedronOf(const cb_shape &shape) {
  Polyhedron result;
  result.corners = pointsOf(shape);
  const int32_t *corner = shape.corners;
  for (int i = 0; i < shape.face_count; ++i) {
    const cb_face &face = shape.faces[i];
    const btVector3 normal(face.normal.x, face.normal.y, face.normal.z);
    result.faces.push_back({normal, face.offset, {corner, corner + face.corner_count}});
    corner += face.corner_count;
  }
  return result;
}

std::unique_ptr<btConvexHullShape> hullOf(const std::vector<btVector3> &corners, btScalar margin) {
  auto hull = std::make_unique<btConvexHullShape>(
      &corners[0].x(), int(corners.size()), int(sizeof(btVector3)));
  hull->setMargin(margin);
  hull->recalcLocalAabb();
  return hull;
}

}  // namespace

std::unique_ptr<Outline> Outline::make(const cb_shape &shape) {
  auto outline = std::make_unique<Outline>();
  outline->kind = shape.kind;
  bool isSolid = true;
  switch (shape.kind) {
    case CB_SPHERE:
      outline->margin = outline->heart = outline->reach = shape.radius;
      outline->form = std::make_unique<btSphereShape>(shape.radius);
      break;
    case CB_HULL: isSolid = outline->wrap(shape); break;
    case CB_CAPSULE: outline->stretch(shape); break;
    case CB_MESH: isSolid = outline->weave(shape); break;
  }
  return isSolid ? std::move(outline) : nullptr;
}

void Outline::bound(const btTransform &pose, btVector3 &low, btVector3 &high) const {
  if (form) return form->getAabb(pose, low, high);
  btVector3 half(everywhere, everywhere, everywhere), middle(0, 0, 0);
  if (mesh) {
    middle = pose * ((mesh->low + mesh->high) / 2);
    const btVector3 edges = (mesh->high - mesh->low) / 2;
    half = edges.dot3(pose.getBasis().absolute()[0], pose.getBasis().absolute()[1],
                      pose.getBasis().absolute()[2]);
  }
  low = middle - half;
  high = middle + half;
}

bool Outline::wrap(const cb_shape &shape) {
  core = polyhedronOf(shape);
  margin = usualMargin;
  if (!shape.is_margin_outside) {
    margin = std::min(usualMargin, marginShare * core.depth());
    core = core.inset(margin);
    if (core.faces.size() < 4) return false;
  }
  heart = BT_LARGE_FLOAT;
  for (const Face &face : core.faces) heart = std::min(heart, face.offset + margin);
  for (const btVector3 &corner : core.corners) reach = std::max(reach, corner.length() + margin);
  form = hullOf(core.corners, margin);
  return true;
}

void Outline::stretch(const cb_shape &shape) {
  margin = heart = shape.radius;
  reach = shape.radius + shape.length / 2;
  core.corners = {btVector3(0, 0, -shape.length / 2), btVector3(0, 0, shape.length / 2)};
  form = hullOf(core.corners, margin);
}

bool Outline::weave(const cb_shape &shape) {
  std::vector<std::array<int, 3>> corners;
  for (int i = 0; i < shape.triangle_count; ++i) {
    const int32_t *c = shape.corners + 3 * i;
    corners.push_back({c[0], c[1], c[2]});
  }
  mesh = std::make_unique<Mesh>(pointsOf(shape), corners);
  for (const Triangle &t : mesh->triangles) {
    for (const btVector3 &corner : t.corners) reach = std::max(reach, corner.length());
  }
  return !mesh->triangles.empty();
}

TriangleOutline::TriangleOutline() {
  flat.kind = CB_HULL;
  flat.core.corners.assign(3, btVector3(0, 0, 0));
  flat.core.faces = {{btVector3(0, 0, 1), 0, {0, 1, 2}}, {btVector3(0, 0, -1), 0, {2, 1, 0}}};
  auto form = hullOf(flat.core.corners, 0);
  hull = form.get();
  flat.form = std::move(form);
}

void TriangleOutline::become(const Triangle &triangle) {
  flat.reach = 0;
  for (int i = 0; i < 3; ++i) {
    flat.core.corners[i] = hull->getUnscaledPoints()[i] = triangle.corners[i];
    flat.reach = std::max(flat.reach, triangle.corners[i].length());
  }
  flat.core.faces[0].normal = triangle.normal;
  flat.core.faces[0].offset = triangle.normal.dot(triangle.corners[0]);
  flat.core.faces[1].normal = -triangle.normal;
  flat.core.faces[1].offset = -flat.core.faces[0].offset;
}

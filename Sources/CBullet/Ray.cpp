// Rays: how far it is from a point to the first surface along a direction.

#include <algorithm>
#include <cmath>
#include <limits>

#include "World.hpp"

namespace {

/// A ray, seen from a body.
struct LocalRay {
  btVector3 origin;     // [m]
  btVector3 direction;  // of length 1 [–]
};

/// Where a ray meets a surface; a negative distance for nowhere.
struct Crossing {
  btScalar distance = -1;  // [m]
  btVector3 normal = btVector3(0, 0, 0);
};

/// A ray that starts within a body meets it at once.
Crossing atOnce(const LocalRay &ray) { return {0, -ray.direction}; }

Crossing crossPlane(const LocalRay &ray) {
  const btScalar height = ray.origin.z(), slope = ray.direction.z();
  if (height <= 0) return atOnce(ray);
  if (slope >= 0) return {};
  return {-height / slope, btVector3(0, 0, 1)};
}

Crossing crossSphere(const LocalRay &ray, btScalar radius) {
  const btScalar along = -ray.origin.dot(ray.direction);
  const btScalar excess = ray.origin.length2() - radius * radius;
  if (excess <= 0) return atOnce(ray);
  const btScalar square = along * along - excess;
  if (along < 0 || square < 0) return {};
  const btScalar distance = along - std::sqrt(square);
  return {distance, (ray.origin + distance * ray.direction).normalized()};
}

/// The part of the ray on the inner side of every face is the part in the hull.
Crossing crossHull(const LocalRay &ray, const Outline &outline) {
  btScalar enter = 0, leave = std::numeric_limits<btScalar>::infinity();
  Crossing crossing = atOnce(ray);
  for (const Face &face : outline.core.faces) {
    const btScalar height = face.normal.dot(ray.origin) - face.offset - outline.margin;
    const btScalar slope = face.normal.dot(ray.direction);
    if (slope == 0) {
      if (height > 0) return {};
      continue;
    }
    const btScalar distance = -height / slope;
    if (slope > 0) {
      leave = std::min(leave, distance);
    } else if (distance > enter) {
      enter = distance;
      crossing = {distance, face.normal};
    }
  }
  return enter <= leave ? crossing : Crossing();
}

Crossing cross(const LocalRay &ray, const Outline &outline) {
  switch (outline.kind) {
    case CB_PLANE: return crossPlane(ray);
    case CB_SPHERE: return crossSphere(ray, outline.margin);
    default: return crossHull(ray, outline);
  }
}

bool isFinite(const btVector3 &v) {
  return std::isfinite(v.x()) && std::isfinite(v.y()) && std::isfinite(v.z());
}

/// Whether a ray comes near enough to a body to be worth a closer look.
bool mayMeet(const cb_ray &ray, const Body &body, const btVector3 &to) {
  if (body.outline->kind == CB_PLANE) return true;
  const btVector3 direction = toBullet(ray.direction);
  const btScalar along = std::clamp(to.dot(direction), btScalar(0), ray.range);
  const btScalar reach = body.outline->reach * (1 + 1e-9);
  return (to - along * direction).length2() <= reach * reach;
}

}  // namespace

void cb_world::cast(const cb_ray &ray, cb_ray_hit &hit) const {
  hit = {ray.range, {0, 0, 0}, -1};
  if (!isFinite(toBullet(ray.origin)) || !isFinite(toBullet(ray.direction))) return;
  for (size_t i = 0; i < bodies.size(); ++i) {
    const btVector3 to = toBullet(bodies[i].motion.position) - toBullet(ray.origin);
    if (!mayMeet(ray, bodies[i], to)) continue;
    const cb_quaternion &q = bodies[i].motion.attitude;
    const btMatrix3x3 basis(btQuaternion(q.x, q.y, q.z, q.w));
    const LocalRay local = {-to * basis, toBullet(ray.direction) * basis};
    const Crossing crossing = cross(local, *bodies[i].outline);
    // The first of two at one distance counts; at the end of its range a ray still sees.
    const bool isNearer = hit.body < 0 ? crossing.distance <= ray.range
                                       : crossing.distance < hit.distance;
    if (crossing.distance < 0 || !isNearer) continue;
    hit = {crossing.distance, fromBullet(basis * crossing.normal), int32_t(i)};
  }
}

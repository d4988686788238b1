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

/// Where a ray meets a surface; its distance is negative if it meets none.
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

/// A capsule is two spheres and what is between them.
Crossing crossCapsule(const LocalRay &ray, const Outline &outline) {
  const btScalar radius = outline.margin, half = outline.core.corners[1].z();
  const btVector3 flat(ray.direction.x(), ray.direction.y(), 0);
  const btVector3 start(ray.origin.x(), ray.origin.y(), 0);
  const btScalar steepness = flat.length2(), along = -start.dot(flat);
  const btScalar excess = start.length2() - radius * radius;
  if (excess <= 0 && std::abs(ray.origin.z()) <= half) return atOnce(ray);
  const btScalar square = along * along - steepness * excess;
  if (steepness > 0 && square >= 0 && excess > 0) {
    const btScalar distance = (along - std::sqrt(square)) / steepness;
    const btVector3 point = ray.origin + distance * ray.direction;
    if (distance >= 0 && std::abs(point.z()) <= half) {
      return {distance, btVector3(point.x(), point.y(), 0).normalized()};
    }
  }
  Crossing nearest;
  for (const btVector3 &end : outline.core.corners) {
    const Crossing crossing = crossSphere({ray.origin - end, ray.direction}, radius);
    const bool isNearer = nearest.distance < 0 || crossing.distance < nearest.distance;
    if (crossing.distance >= 0 && isNearer) nearest = crossing;
  }
  return nearest;
}

/// Triangles are seen from both sides.
Crossing crossMesh(const LocalRay &ray, const Outline &outline, btScalar range) {
  const int first = outline.mesh->cross(ray.origin, ray.direction, range);
  if (first < 0) return {};
  const btVector3 &normal = outline.mesh->triangles[first].normal;
  return {range, normal.dot(ray.direction) > 0 ? -normal : normal};
}

Crossing cross(const LocalRay &ray, const Outline &outline, btScalar range) {
  switch (outline.kind) {
    case CB_PLANE: return crossPlane(ray);
    case CB_SPHERE: return crossSphere(ray, outline.margin);
    case CB_CAPSULE: return crossCapsule(ray, outline);
    case CB_MESH: return crossMesh(ray, outline, range);
    default: return crossHull(ray, outline);
  }
}

bool isFinite(const btVector3 &v) {
  return std::isfinite(v.x()) && std::isfinite(v.y()) && std::isfinite(v.z());
}

/// Whether a ray comes near enough to a body to be worth a closer look.
bool mayMeet(const cb_ray &ray, const Body &body, const btVector3 &to) {
  if (body.bounds.high.z() > btScalar(1e200)) return true;
  const btVector3 direction = toBullet(ray.direction);
  const btScalar along = std::clamp(to.dot(direction), btScalar(0), ray.range);
  const btScalar reach = body.reach * (1 + 1e-9);
  return (to - along * direction).length2() <= reach * reach;
}

/// Keeps what a ray meets of one body, if it is nearer than what it met before.
void look(const cb_ray &ray, const Body &body, int32_t index, cb_ray_hit &hit) {
  const cb_quaternion &q = body.motion.attitude;
  const btTransform pose(btQuaternion(q.x, q.y, q.z, q.w), toBullet(body.motion.position));
  for (const Part &part : body.parts) {
    const btTransform place = pose * part.place;
    const LocalRay local = {place.invXform(toBullet(ray.origin)),
                            toBullet(ray.direction) * place.getBasis()};
    const Crossing crossing = cross(local, *part.outline, hit.distance);
    // The first of two at one distance counts; at the end of its range a ray still sees.
    const bool isNearer =
        hit.body < 0 ? crossing.distance <= ray.range : crossing.distance < hit.distance;
    if (crossing.distance < 0 || !isNearer) continue;
    hit = {crossing.distance, fromBullet(place.getBasis() * crossing.normal), index};
  }
}

}  // namespace

void cb_world::cast(const cb_ray &ray, cb_ray_hit &hit) const {
  hit = {ray.range, {0, 0, 0}, -1};
  if (!isFinite(toBullet(ray.origin)) || !isFinite(toBullet(ray.direction))) return;
  if (ray.subworld < 0 || ray.subworld >= int32_t(subworlds.size())) return;
  const auto lookAt = [&](int index) {
    const Body &body = bodies[index];
    if ((body.filter.groups & ray.mask) == 0) return;
    const btVector3 to = toBullet(body.motion.position) - toBullet(ray.origin);
    if (mayMeet(ray, body, to)) look(ray, body, index, hit);
  };
  for (const int body : subworlds[ray.subworld].fixed) lookAt(body);
  for (const int body : subworlds[ray.subworld].kinematic) lookAt(body);
  for (const int body : subworlds[ray.subworld].dynamic) lookAt(body);
}

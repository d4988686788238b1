#include "CBullet.h"

#include <algorithm>
#include <cstddef>
#include <new>

#include "World.hpp"

static_assert(sizeof(btScalar) == sizeof(double), "the package computes in double precision");
static_assert(sizeof(cb_vector) == 24 && sizeof(cb_quaternion) == 32, "three and four doubles");
static_assert(sizeof(cb_motion) == 104, "thirteen doubles");
static_assert(sizeof(cb_vehicle_motion) == 120, "a motion, two counts and a flag");
static_assert(offsetof(cb_vehicle_motion, is_touched) == 112, "a motion, two counts and a flag");
static_assert(sizeof(cb_contact) == 72, "eight doubles and two names");
static_assert(sizeof(cb_ray) == 64, "seven doubles, a subworld and groups");
static_assert(sizeof(cb_ray_hit) == 40, "four doubles and a name");

namespace {

/// What a call gives, or a stand-in where memory runs out.
template <typename Call, typename Value>
Value guarded(Value otherwise, Call call) noexcept {
  try {
    return call();
  } catch (const std::bad_alloc &) {
    return otherwise;
  }
}

}  // namespace

cb_world *cb_world_create(cb_vector gravity, int32_t subworlds) {
  cb_world *none = nullptr;
  return guarded(none, [&] { return new cb_world(toBullet(gravity), subworlds); });
}

void cb_world_destroy(cb_world *world) { delete world; }

int32_t cb_world_add_shape(cb_world *world, const cb_shape *shape) {
  return guarded(int32_t(CB_NO_MEMORY), [&] { return world->add(*shape); });
}

void cb_world_get_core(const cb_world *world, int32_t shape, cb_core *core) {
  const Outline &outline = world->outline(shape);
  *core = {outline.margin, outline.heart, int32_t(outline.core.corners.size()),
           int32_t(outline.core.faces.size())};
}

cb_vector cb_world_core_corner(const cb_world *world, int32_t shape, int32_t corner) {
  return fromBullet(world->outline(shape).core.corners[corner]);
}

int32_t cb_world_core_face(
    const cb_world *world, int32_t shape, int32_t face, cb_vector *normal, int32_t *corners) {
  const Face &f = world->outline(shape).core.faces[face];
  *normal = fromBullet(f.normal);
  std::copy(f.corners.begin(), f.corners.end(), corners);
  return int32_t(f.corners.size());
}

int32_t cb_world_add_body(
    cb_world *world, int32_t subworld, const cb_part *parts, int32_t count,
    const cb_body_properties *properties, const cb_motion *motion) {
  return guarded(int32_t(CB_NO_MEMORY), [&] {
    return world->addBody(subworld, parts, count, *properties, *motion);
  });
}

int32_t cb_world_add_vehicle(
    cb_world *world, int32_t subworld, const cb_part *parts, int32_t count,
    const cb_body_properties *properties) {
  return guarded(int32_t(CB_NO_MEMORY), [&] {
    return world->addVehicle(subworld, parts, count, *properties);
  });
}

void cb_world_set_mass(cb_world *world, int32_t vehicle, double mass, cb_vector inertia) {
  world->setMass(vehicle, mass, toBullet(inertia));
}

void cb_world_get_motion(const cb_world *world, int32_t body, cb_motion *motion) {
  *motion = world->bodies[body].motion;
}

void cb_world_set_motion(cb_world *world, int32_t body, const cb_motion *motion) {
  world->bodies[body].moveTo(*motion);
}

bool cb_world_solve(
    cb_world *world, double duration, cb_vehicle_motion *entries, int32_t count) {
  return guarded(false, [&] {
    world->solve(duration, entries, count);
    return true;
  });
}

void cb_world_cast_rays(
    const cb_world *world, const cb_ray *rays, cb_ray_hit *hits, int32_t count) {
  for (int32_t i = 0; i < count; ++i) world->cast(rays[i], hits[i]);
}

const cb_contact *cb_world_contacts(const cb_world *world, int32_t *count) {
  *count = int32_t(world->contacts.size());
  return world->contacts.data();
}

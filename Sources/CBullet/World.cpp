#include "World.hpp"

#include <algorithm>
#include <cmath>

namespace {

btTransform pose(const cb_vector &position, const cb_quaternion &q) {
  return btTransform(btQuaternion(q.x, q.y, q.z, q.w), toBullet(position));
}

btTransform pose(const cb_motion &m) { return pose(m.position, m.attitude); }

bool isFinite(const btVector3 &v) {
  return std::isfinite(v.x()) && std::isfinite(v.y()) && std::isfinite(v.z());
}

/// Whether a motion is finite, squares of its velocities included, and has an attitude.
bool isSound(const cb_motion &m) {
  const btQuaternion q(m.attitude.x, m.attitude.y, m.attitude.z, m.attitude.w);
  return isFinite(toBullet(m.position)) && std::isfinite(toBullet(m.velocity).length2()) &&
         std::isfinite(toBullet(m.angular_velocity).length2()) && std::isfinite(q.length2()) &&
         q.length2() > 1e-6;
}

}  // namespace

btVector3 toBullet(const cb_vector &v) { return btVector3(v.x, v.y, v.z); }

cb_vector fromBullet(const btVector3 &v) { return {v.x(), v.y(), v.z()}; }

Body::Body(int32_t subworld, std::vector<Part> parts, const cb_body_properties &properties,
           const cb_motion &motion)
    : subworld(subworld), parts(std::move(parts)), friction(properties.friction),
      restitution(properties.restitution), filter(properties.filter),
      isKinematic(properties.is_kinematic) {
  for (const Part &part : this->parts) {
    reach = std::max(reach, part.place.getOrigin().length() + part.outline->reach);
  }
  moveTo(motion);
  if (properties.mass == 0 && !isKinematic) return;
  btRigidBody::btRigidBodyConstructionInfo info(
      properties.mass, nullptr, this->parts[0].outline->form.get(), toBullet(properties.inertia));
  rigid = std::make_unique<btRigidBody>(info);
  rigid->setFlags(0);
  if (isKinematic) rigid->setCollisionFlags(btCollisionObject::CF_KINEMATIC_OBJECT);
}

Bounds Body::boundsAt(const btTransform &start) const {
  Bounds bounds = {btVector3(BT_LARGE_FLOAT, BT_LARGE_FLOAT, BT_LARGE_FLOAT),
                   -btVector3(BT_LARGE_FLOAT, BT_LARGE_FLOAT, BT_LARGE_FLOAT)};
  for (const Part &part : parts) {
    btVector3 low, high;
    part.outline->bound(start * part.place, low, high);
    bounds.low.setMin(low);
    bounds.high.setMax(high);
  }
  return bounds;
}

void Body::moveTo(const cb_motion &to) {
  motion = to;
  bounds = boundsAt(pose(motion));
}

cb_world::cb_world(const btVector3 &gravity, int32_t subworlds)
    : gravity(gravity), subworlds(subworlds) {}

int32_t cb_world::add(const cb_shape &shape) {
  auto outline = Outline::make(shape);
  if (!outline) return CB_FLAT_HULL;
  outlines.push_back(std::move(outline));
  return int32_t(outlines.size()) - 1;
}

/// Parts with the outlines that their indices stand for.
std::vector<Part> cb_world::placed(const cb_part *parts, int32_t count) const {
  std::vector<Part> placed;
  for (int32_t i = 0; i < count; ++i) {
    placed.push_back(
        {outlines[parts[i].shape].get(), pose(parts[i].position, parts[i].attitude)});
  }
  return placed;
}

int32_t cb_world::addBody(int32_t subworld, const cb_part *parts, int32_t count,
                          const cb_body_properties &properties, const cb_motion &motion) {
  bodies.emplace_back(subworld, placed(parts, count), properties, motion);
  const int index = int(bodies.size()) - 1;
  Body &body = bodies.back();
  if (body.isKinematic) {
    // Bullet tells kinematic bodies apart by this.
    body.rigid->setWorldArrayIndex(index);
    subworlds[subworld].kinematic.push_back(index);
  } else if (body.isDynamic()) {
    dynamicBodies.push_back(index);
    subworlds[subworld].dynamic.push_back(index);
  } else {
    subworlds[subworld].fixed.push_back(index);
  }
  return index;
}

int32_t cb_world::addVehicle(int32_t subworld, const cb_part *parts, int32_t count,
                             const cb_body_properties &properties) {
  vehicles.emplace_back(
      subworld, placed(parts, count), properties, cb_motion{{}, {0, 0, 0, 1}, {}, {}});
  return int32_t(vehicles.size()) - 1;
}

/// Bullet turns the inertia with the body whenever a step places it.
void cb_world::setMass(int32_t vehicle, btScalar mass, const btVector3 &inertia) {
  vehicles[vehicle].rigid->setMassProps(mass, inertia);
}

void cb_world::solve(btScalar duration, cb_vehicle_motion *entries, int32_t count) {
  contacts.clear();
  if (!(duration > 0 && std::isfinite(duration))) return;
  list(entries, count);
  if (!gather(duration)) return;
  findPairs();
  findContacts(duration);
  if (!meetings.empty()) solveContacts(duration);
  report();
  release(duration);
}

/// Collects the entries that take part, by vehicle.
void cb_world::list(cb_vehicle_motion *entries, int32_t count) {
  listed.clear();
  for (int32_t i = 0; i < count; ++i) {
    entries[i].contact_count = 0;
    entries[i].is_touched = false;
    const bool isKnown = entries[i].vehicle >= 0 && entries[i].vehicle < int32_t(vehicles.size());
    if (isKnown && isSound(entries[i].motion)) listed.push_back(&entries[i]);
  }
  // By place in the list where one is named twice.
  std::sort(listed.begin(), listed.end(),
            [](const cb_vehicle_motion *a, const cb_vehicle_motion *b) {
              return a->vehicle != b->vehicle ? a->vehicle < b->vehicle : a < b;
            });
  const auto isSame = [](const cb_vehicle_motion *a, const cb_vehicle_motion *b) {
    return a->vehicle == b->vehicle;
  };
  listed.erase(std::unique(listed.begin(), listed.end(), isSame), listed.end());
}

/// Collects the participants of the step; false if nothing moves.
bool cb_world::gather(btScalar duration) {
  movers.clear();
  for (const int dynamic : dynamicBodies) {
    join(bodies[dynamic], -1 - dynamic, bodies[dynamic].motion, nullptr, duration);
  }
  for (cb_vehicle_motion *entry : listed) {
    join(vehicles[entry->vehicle], entry->vehicle, entry->motion, entry, duration);
  }
  if (movers.empty()) return false;
  findObstacles(duration);
  participants.insert(participants.end(), movers.begin(), movers.end());
  return true;
}

/// A body as it starts the step.
Participant cb_world::participant(const Body &body, int32_t name, const cb_motion &motion,
                                  btScalar duration) const {
  Participant p;
  p.mover.outline = body.parts[0].outline;
  p.mover.start = pose(motion);
  p.mover.centre = p.mover.start.getOrigin();
  p.mover.reach = body.reach;
  p.mover.isStill = body.rigid == nullptr;
  p.mover.velocity = p.mover.isStill ? btVector3(0, 0, 0) : toBullet(motion.velocity);
  p.mover.angularVelocity =
      p.mover.isStill ? btVector3(0, 0, 0) : toBullet(motion.angular_velocity);
  p.mover.inverseMass = body.isDynamic() ? body.rigid->getInvMass() : 0;
  p.mover.friction = body.friction;
  p.mover.restitution = body.restitution;
  p.body = &body;
  p.name = name;
  p.rigid = body.rigid.get();
  p.entry = nullptr;
  p.isFixed = !body.isDynamic();
  p.bounds = body.bounds;
  if (p.mover.isStill) return p;
  p.rigid->setCenterOfMassTransform(p.mover.start);
  p.rigid->setLinearVelocity(p.mover.velocity);
  p.rigid->setAngularVelocity(p.mover.angularVelocity);
  const btScalar sweep = p.mover.sweep(duration);
  const btVector3 beyond(sweep, sweep, sweep);
  p.bounds.low -= beyond;
  p.bounds.high += beyond;
  return p;
}

/// Places a body that contacts move. A dynamic obstacle first takes what gravity and its own spin do
/// to it.
void cb_world::join(const Body &body, int32_t name, const cb_motion &motion,
                    cb_vehicle_motion *entry, btScalar duration) {
  Participant p = participant(body, name, motion, 0);
  p.entry = entry;
  if (entry) {
    p.bounds = body.boundsAt(p.mover.start);
  } else {
    p.mover.velocity += gravity * duration;
    p.mover.angularVelocity += p.rigid->computeGyroscopicImpulseImplicit_Body(duration);
    p.rigid->setLinearVelocity(p.mover.velocity);
    p.rigid->setAngularVelocity(p.mover.angularVelocity);
  }
  const btScalar sweep = p.mover.sweep(duration) + contactSlack;
  const btVector3 beyond(sweep, sweep, sweep);
  p.bounds.low -= beyond;
  p.bounds.high += beyond;
  movers.push_back(p);
}

/// Adds the bodies that contacts do not move and that are near movers to the participants, and lists
/// the pairs.
void cb_world::findObstacles(btScalar duration) {
  nearby.clear();
  for (int m = 0; m < int(movers.size()); ++m) {
    const Participant &mover = movers[m];
    for (const int f : subworlds[mover.body->subworld].fixed) {
      if (bodies[f].bounds.meet(mover.bounds)) nearby.emplace_back(f, m);
    }
    for (const int d : subworlds[mover.body->subworld].kinematic) nearby.emplace_back(d, m);
  }
  std::sort(nearby.begin(), nearby.end());
  participants.clear();
  pairs.clear();
  for (const auto &[body, mover] : nearby) {
    const Body &obstacle = bodies[body];
    if (participants.empty() || participants.back().name != -1 - body) {
      participants.push_back(participant(obstacle, -1 - body, obstacle.motion, duration));
    }
    if (!obstacle.collidesWith(*movers[mover].body)) continue;
    if (!participants.back().bounds.meet(movers[mover].bounds)) continue;
    pairs.emplace_back(int(participants.size()) - 1, mover);
  }
  for (auto &[obstacle, mover] : pairs) mover += int(participants.size());
}

void cb_world::report() {
  for (size_t m = 0; m < meetings.size(); ++m) {
    Participant &a = participants[meetings[m].first], &b = participants[meetings[m].second];
    const btPersistentManifold &manifold = *manifolds[m];
    for (int i = 0; i < manifold.getNumContacts(); ++i) {
      const btManifoldPoint &p = manifold.getContactPoint(i);
      const bool pushes = p.m_appliedImpulse != 0;
      const btScalar gap = p.m_normalWorldOnB.dot(p.m_positionWorldOnA - p.m_positionWorldOnB);
      if (!pushes && gap > 0) continue;
      a.isTouched |= pushes;
      b.isTouched |= pushes;
      ++a.contactCount;
      ++b.contactCount;
      contacts.push_back({fromBullet(p.m_positionWorldOnB), fromBullet(p.m_normalWorldOnB), -gap,
                          p.m_appliedImpulse, a.name, b.name});
    }
  }
}

/// Hands the velocities to the vehicles that were pushed, and moves the dynamic obstacles.
void cb_world::release(btScalar duration) {
  for (const Participant &p : participants) {
    if (p.isFixed) continue;
    const Mover &m = p.mover;
    const btVector3 velocity = p.isTouched ? p.rigid->getLinearVelocity() : m.velocity;
    const btVector3 spin = p.isTouched ? p.rigid->getAngularVelocity() : m.angularVelocity;
    if (p.entry) {
      p.entry->contact_count = p.contactCount;
      p.entry->is_touched = p.isTouched;
      if (!p.isTouched || !isFinite(velocity) || !isFinite(spin)) continue;
      p.entry->motion.velocity = fromBullet(velocity);
      p.entry->motion.angular_velocity = fromBullet(spin);
      continue;
    }
    const btTransform end = advanced(m.start, m.centre, velocity, spin, duration);
    btQuaternion q;
    end.getBasis().getRotation(q);
    q.normalize();
    const cb_motion motion = {
        fromBullet(end.getOrigin()), {q.x(), q.y(), q.z(), q.w()}, fromBullet(velocity),
        fromBullet(spin)};
    if (isSound(motion)) bodies[-1 - p.name].moveTo(motion);
  }
}

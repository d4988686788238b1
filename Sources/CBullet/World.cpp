#include "World.hpp"

#include <algorithm>
#include <cmath>

namespace {

/// Half of the extent of what has no bounds. [m]
constexpr btScalar everywhere = 1e300;

btTransform pose(const cb_motion &m) {
  const btQuaternion attitude(m.attitude.x, m.attitude.y, m.attitude.z, m.attitude.w);
  return btTransform(attitude, toBullet(m.position));
}

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

bool overlap(const Participant &a, const Participant &b) {
  return a.low.x() <= b.high.x() && b.low.x() <= a.high.x() &&  //
         a.low.y() <= b.high.y() && b.low.y() <= a.high.y() &&  //
         a.low.z() <= b.high.z() && b.low.z() <= a.high.z();
}

}  // namespace

btVector3 toBullet(const cb_vector &v) { return btVector3(v.x, v.y, v.z); }

cb_vector fromBullet(const btVector3 &v) { return {v.x(), v.y(), v.z()}; }

Body::Body(const Outline *outline, const cb_substance &substance, const cb_motion &motion)
    : outline(outline), motion(motion), friction(substance.friction),
      restitution(substance.restitution) {
  if (substance.mass == 0) return;
  btRigidBody::btRigidBodyConstructionInfo info(
      substance.mass, nullptr, outline->form.get(), toBullet(substance.inertia));
  rigid = std::make_unique<btRigidBody>(info);
  rigid->setFlags(0);
}

cb_world::cb_world(const btVector3 &gravity) : gravity(gravity) {}

int32_t cb_world::add(const cb_shape &shape) {
  auto outline = Outline::make(shape);
  if (!outline) return CB_FLAT_HULL;
  outlines.push_back(std::move(outline));
  return int32_t(outlines.size()) - 1;
}

int32_t cb_world::addBody(int32_t shape, const cb_substance &substance, const cb_motion &motion) {
  bodies.emplace_back(outlines[shape].get(), substance, motion);
  return int32_t(bodies.size()) - 1;
}

int32_t cb_world::addVehicle(int32_t shape, const cb_substance &substance) {
  vehicles.emplace_back(outlines[shape].get(), substance, cb_motion{});
  return int32_t(vehicles.size()) - 1;
}

void cb_world::solve(btScalar duration, cb_vehicle_motion *entries, int32_t count) {
  contacts.clear();
  if (!(duration > 0 && std::isfinite(duration))) return;
  if (!gather(duration, entries, count)) return;
  findPairs();
  findContacts(duration);
  if (!meetings.empty()) solveContacts(duration);
  report();
  release(duration);
}

/// Collects who takes part; false if nothing moves.
bool cb_world::gather(btScalar duration, cb_vehicle_motion *entries, int32_t count) {
  listed.clear();
  for (int32_t i = 0; i < count; ++i) {
    entries[i].contact_count = 0;
    entries[i].is_touched = false;
    const bool isKnown = entries[i].vehicle >= 0 && entries[i].vehicle < int32_t(vehicles.size());
    if (isKnown && isSound(entries[i].motion)) listed.push_back(&entries[i]);
  }
  // By vehicle, and by place in the list where one is named twice.
  std::sort(listed.begin(), listed.end(),
            [](const cb_vehicle_motion *a, const cb_vehicle_motion *b) {
              return a->vehicle != b->vehicle ? a->vehicle < b->vehicle : a < b;
            });
  const auto isSame = [](const cb_vehicle_motion *a, const cb_vehicle_motion *b) {
    return a->vehicle == b->vehicle;
  };
  listed.erase(std::unique(listed.begin(), listed.end(), isSame), listed.end());
  const bool anyLoose =
      std::any_of(bodies.begin(), bodies.end(), [](const Body &b) { return b.rigid != nullptr; });
  if (listed.empty() && !anyLoose) return false;

  participants.clear();
  for (const bool isLoose : {false, true}) {
    for (size_t i = 0; i < bodies.size(); ++i) {
      if ((bodies[i].rigid != nullptr) != isLoose) continue;
      join(bodies[i], -1 - int32_t(i), bodies[i].motion, nullptr, duration);
    }
  }
  for (cb_vehicle_motion *entry : listed) {
    join(vehicles[entry->vehicle], entry->vehicle, entry->motion, entry, duration);
  }
  return true;
}

/// Places a body for the step. A loose obstacle first takes what gravity and its own spin do to it.
void cb_world::join(Body &body, int32_t name, const cb_motion &motion, cb_vehicle_motion *entry,
                    btScalar duration) {
  Participant p;
  p.outline = body.outline;
  p.start = pose(motion);
  p.isFixed = body.rigid == nullptr;
  p.velocity = p.isFixed ? btVector3(0, 0, 0) : toBullet(motion.velocity);
  p.angularVelocity = p.isFixed ? btVector3(0, 0, 0) : toBullet(motion.angular_velocity);
  p.friction = body.friction;
  p.restitution = body.restitution;
  p.name = name;
  p.rigid = body.rigid.get();
  p.entry = entry;
  if (p.rigid) {
    p.rigid->setCenterOfMassTransform(p.start);
    p.rigid->setAngularVelocity(p.angularVelocity);
    if (!entry) {
      p.velocity += gravity * duration;
      p.angularVelocity += p.rigid->computeGyroscopicImpulseImplicit_Body(duration);
    }
    p.rigid->setLinearVelocity(p.velocity);
    p.rigid->setAngularVelocity(p.angularVelocity);
  }
  p.low = btVector3(-everywhere, -everywhere, -everywhere);
  p.high = -p.low;
  if (body.outline->form) {
    body.outline->form->getAabb(p.start, p.low, p.high);
    const btScalar beyond = p.sweep(duration) + contactSlack;
    p.low -= btVector3(beyond, beyond, beyond);
    p.high += btVector3(beyond, beyond, beyond);
  }
  participants.push_back(p);
}

/// Lists the pairs whose bounds overlap, by the order of the participants.
void cb_world::findPairs() {
  pairs.clear();
  byLow.clear();
  for (int i = 0; i < int(participants.size()); ++i) byLow.push_back(i);
  std::sort(byLow.begin(), byLow.end(), [this](int i, int j) {
    const btScalar a = participants[i].low.x(), b = participants[j].low.x();
    return a != b ? a < b : i < j;
  });
  for (size_t i = 0; i < byLow.size(); ++i) {
    const Participant &a = participants[byLow[i]];
    for (size_t j = i + 1; j < byLow.size(); ++j) {
      const Participant &b = participants[byLow[j]];
      if (b.low.x() > a.high.x()) break;
      if ((a.isFixed && b.isFixed) || !overlap(a, b)) continue;
      pairs.push_back(std::minmax(byLow[i], byLow[j]));
    }
  }
  std::sort(pairs.begin(), pairs.end());
}

void cb_world::findContacts(btScalar duration) {
  meetings.clear();
  for (const auto &[second, first] : pairs) {
    const Participant &a = participants[first], &b = participants[second];
    if (manifolds.size() == meetings.size()) {
      manifolds.push_back(std::make_unique<btPersistentManifold>());
    }
    btPersistentManifold &manifold = *manifolds[meetings.size()];
    manifold.clearManifold();
    manifold.setContactProcessingThreshold(BT_LARGE_FLOAT);
    manifold.setBodies(a.rigid, b.rigid ? static_cast<btCollisionObject *>(b.rigid) : &fixed);
    finder.find(a, b, duration, manifold);
    if (manifold.getNumContacts() == 0) continue;
    meetings.emplace_back(first, second);
  }
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

/// Hands the velocities to the vehicles that were pushed, and moves the loose obstacles.
void cb_world::release(btScalar duration) {
  for (const Participant &p : participants) {
    if (p.isFixed) continue;
    const btVector3 velocity = p.isTouched ? p.rigid->getLinearVelocity() : p.velocity;
    const btVector3 spin = p.isTouched ? p.rigid->getAngularVelocity() : p.angularVelocity;
    if (p.entry) {
      p.entry->contact_count = p.contactCount;
      p.entry->is_touched = p.isTouched;
      if (!p.isTouched || !isFinite(velocity) || !isFinite(spin)) continue;
      p.entry->motion.velocity = fromBullet(velocity);
      p.entry->motion.angular_velocity = fromBullet(spin);
      continue;
    }
    const btTransform end = advanced(p.start, velocity, spin, duration);
    btQuaternion q;
    end.getBasis().getRotation(q);
    q.normalize();
    const cb_motion motion = {
        fromBullet(end.getOrigin()), {q.x(), q.y(), q.z(), q.w()}, fromBullet(velocity),
        fromBullet(spin)};
    if (isSound(motion)) bodies[-1 - p.name].motion = motion;
  }
}

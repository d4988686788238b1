// Islands: bodies that hang together by contacts, and Bullet's solver on each.

#include <algorithm>
#include <cmath>

#include "World.hpp"

namespace {

/// How often the solver passes over the contacts of an island, at most.
constexpr int mostIterations = 50;

/// The largest error in a contact's velocity at which it stops. [m/s]
constexpr btScalar residual = 1e-7;

/// Calls `body` with every contact point of some manifolds, and its place among them.
template <typename Call>
void forEachPoint(const std::vector<btPersistentManifold *> &manifolds, Call body) {
  size_t place = 0;
  for (btPersistentManifold *manifold : manifolds) {
    for (int i = 0; i < manifold->getNumContacts(); ++i) {
      body(manifold->getContactPoint(i), place++);
    }
  }
}

/// The part of kinetic energy that two velocities of a body share: all of it if they are one. [J]
btScalar energy(const btRigidBody &body, const Velocities &a, const Velocities &b) {
  const btMatrix3x3 &basis = body.getWorldTransform().getBasis();
  const btVector3 turning = body.getLocalInertia() * (a.angular * basis);
  return (a.linear.dot(b.linear) / body.getInvMass() + turning.dot(b.angular * basis)) / 2;
}

}  // namespace

/// Labels participants that hang together by contacts with the first of them.
void cb_world::findIslands() {
  islands.resize(participants.size());
  for (size_t i = 0; i < islands.size(); ++i) islands[i] = int(i);
  const auto root = [this](int i) {
    while (islands[i] != i) i = islands[i] = islands[islands[i]];
    return i;
  };
  for (const auto &[first, second] : meetings) {
    if (participants[second].isFixed) continue;
    const int a = root(first), b = root(second);
    islands[std::max(a, b)] = std::min(a, b);
  }
  meetingsByIsland.clear();
  membersByIsland.clear();
  for (int m = 0; m < int(meetings.size()); ++m) {
    meetingsByIsland.emplace_back(root(meetings[m].first), m);
  }
  for (int i = 0; i < int(participants.size()); ++i) {
    if (!participants[i].isFixed) membersByIsland.emplace_back(root(i), i);
  }
  std::sort(meetingsByIsland.begin(), meetingsByIsland.end());
  std::sort(membersByIsland.begin(), membersByIsland.end());
}

/// Solves each island by itself, so that what happens elsewhere in the world does not show in it.
void cb_world::solveContacts(btScalar duration) {
  findIslands();
  auto member = membersByIsland.begin();
  for (auto meeting = meetingsByIsland.begin(); meeting != meetingsByIsland.end();) {
    const int island = meeting->first;
    manifoldList.clear();
    members.clear();
    bodyList.clear();
    touchesKinematic = false;
    for (; meeting != meetingsByIsland.end() && meeting->first == island; ++meeting) {
      manifoldList.push_back(manifolds[meeting->second].get());
      const Participant &other = participants[meetings[meeting->second].second];
      if (!other.isFixed || !other.rigid) continue;
      touchesKinematic = true;
      if (std::find(bodyList.begin(), bodyList.end(), other.rigid) != bodyList.end()) continue;
      bodyList.push_back(other.rigid);
    }
    for (; member != membersByIsland.end() && member->first <= island; ++member) {
      if (member->first < island) continue;
      members.push_back(&participants[member->second]);
      bodyList.push_back(participants[member->second].rigid);
    }
    solveIsland(duration);
  }
}

/// Solves the island in `members`, and sees to it that no bounce ends with more energy than it met.
void cb_world::solveIsland(btScalar duration) {
  solveOnce(duration);
  bool bounces = false;
  forEachPoint(manifoldList, [&](const btManifoldPoint &point, size_t) {
    bounces |= point.m_combinedRestitution > 0 && point.m_appliedImpulse > 0;
  });
  // What is kinematic may give energy.
  if (bounces && !touchesKinematic) restrain(duration);
}

void cb_world::solveOnce(btScalar duration) {
  btContactSolverInfo info;
  info.m_timeStep = duration;
  info.m_numIterations = mostIterations;
  info.m_leastSquaresResidualThreshold = residual * residual;
  info.m_erp2 = overlapShare;
  info.m_splitImpulse = 0;
  info.m_restitutionVelocityThreshold = slowestBounce;
  // Points are new in every step; what they start from is a guess that stands in them.
  info.m_warmstartingFactor = 1;
  info.m_solverMode = SOLVER_USE_2_FRICTION_DIRECTIONS | SOLVER_USE_WARMSTARTING;
  solver.setRandSeed(0);
  solver.solveGroup(bodyList.data(), int(bodyList.size()), manifoldList.data(),
                    int(manifoldList.size()), nullptr, 0, info, nullptr, nullptr);
}

/// Goes from the solution that bounces towards the one that does not, until no energy is gained.
///
/// Bounces at several points, or with friction, may gain energy by Newton's law of restitution.
/// What lies between two solutions keeps the bounds of both, and the momentum. Energies are those at
/// the start of the step and after it, positions included: with gravity g, those of velocities less
/// g dt.
void cb_world::restrain(btScalar duration) {
  const Velocities fall = {gravity * duration, btVector3(0, 0, 0)};
  bounced.clear();
  btScalar before = 0, after = 0;
  for (const Participant *m : members) {
    bounced.push_back(Velocities::of(*m->rigid));
    const Velocities met = Velocities{m->mover.velocity, m->mover.angularVelocity} - fall;
    before += energy(*m->rigid, met, met);
    after += energy(*m->rigid, bounced.back() - fall, bounced.back() - fall);
  }
  if (after <= before) return;

  solveWithoutBounce(duration);
  // The energy of rest + s (bounced - rest) is rest·rest + 2 s cross + s² way.
  btScalar rest = 0, cross = 0, way = 0;
  for (size_t i = 0; i < members.size(); ++i) {
    const btRigidBody &body = *members[i]->rigid;
    const Velocities dead = Velocities::of(body), gap = bounced[i] - dead;
    rest += energy(body, dead - fall, dead - fall);
    cross += energy(body, dead - fall, gap);
    way += energy(body, gap, gap);
  }
  const btScalar spare = std::max(btScalar(0), before - rest);
  blend(way > 0 ? (std::sqrt(cross * cross + way * spare) - cross) / way : 0);
}

/// Solves the island anew as if nothing in it bounced, and keeps the impulses of the bounce aside.
void cb_world::solveWithoutBounce(btScalar duration) {
  impulses.clear();
  forEachPoint(manifoldList, [&](btManifoldPoint &point, size_t) {
    impulses.push_back(point.m_appliedImpulse);
    point.m_appliedImpulse = point.m_combinedRestitution = 0;
  });
  for (const Participant *m : members) {
    m->rigid->setLinearVelocity(m->mover.velocity);
    m->rigid->setAngularVelocity(m->mover.angularVelocity);
  }
  solveOnce(duration);
}

/// Goes part of the way from the solution without a bounce to that with it.
void cb_world::blend(btScalar way) {
  const btScalar share = std::clamp(way, btScalar(0), btScalar(1));
  for (size_t i = 0; i < members.size(); ++i) {
    btRigidBody &body = *members[i]->rigid;
    body.setLinearVelocity(body.getLinearVelocity().lerp(bounced[i].linear, share));
    body.setAngularVelocity(body.getAngularVelocity().lerp(bounced[i].angular, share));
  }
  forEachPoint(manifoldList, [&](btManifoldPoint &point, size_t place) {
    point.m_appliedImpulse += share * (impulses[place] - point.m_appliedImpulse);
  });
}

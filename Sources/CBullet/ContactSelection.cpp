// Which of the points at which two bodies may meet are handed to Bullet.

#include <algorithm>

#include "Contact.hpp"

namespace {

/// The speed at which bodies that start inside one another come apart. [m/s]
constexpr btScalar partingSpeed = 1;

}  // namespace

/// Looks ahead, and keeps up to four of the candidates that matter in this step.
void ContactFinder::select(const Mover &a, const Mover &b, const btVector3 &normal,
                           btScalar duration) {
  if (candidates.empty()) return;
  // The heart is a sphere about the centre: wherever the corners go, the path of the centre is known.
  const btVector3 centre = a.start.getOrigin(), surface = candidates[0].onB;
  candidates.push_back({centre - normal * a.outline->heart,
                        centre - normal * normal.dot(centre - surface)});
  for (Candidate &c : candidates) {
    c.gap = normal.dot(c.onA - c.onB);
    c.closing = normal.dot(b.velocityAt(c.onB) - a.velocityAt(c.onA));
    c.outlook = c.gap - c.closing * duration;
  }
  const Candidate heart = candidates.back();
  candidates.pop_back();
  const btScalar farthest = 2 * (a.sweep(duration) + b.sweep(duration)) + contactSlack;
  const auto isFar = [&](const Candidate &c) { return !(c.gap <= farthest); };
  candidates.erase(std::remove_if(candidates.begin(), candidates.end(), isFar), candidates.end());
  keepFour(normal);
  if (a.outline->heart > 0 && heart.outlook < -a.outline->heart) {
    if (candidates.size() == 4) candidates.pop_back();
    candidates.push_back(heart);
  }
}

/// Keeps the candidate that will be deepest, and those that spread farthest about it.
void ContactFinder::keepFour(const btVector3 &normal) {
  if (candidates.size() <= 4) return;
  const auto best = [&](size_t from, auto worth) {
    const auto isWorse = [&](const Candidate &c, const Candidate &d) {
      return worth(c) < worth(d);
    };
    std::swap(candidates[from],
              *std::max_element(candidates.begin() + from, candidates.end(), isWorse));
  };
  best(0, [](const Candidate &c) { return -c.outlook; });
  const btVector3 first = candidates[0].onB;
  best(1, [&](const Candidate &c) { return (c.onB - first).length2(); });
  const btVector3 across = normal.cross(candidates[1].onB - first);
  best(2, [&](const Candidate &c) { return std::abs(across.dot(c.onB - first)); });
  const btScalar side = across.dot(candidates[2].onB - first) < 0 ? -1 : 1;
  best(3, [&](const Candidate &c) { return -side * across.dot(c.onB - first); });
  candidates.resize(4);
}

/// Hands the candidates to Bullet.
void ContactFinder::emit(const Mover &a, const Mover &b, const btVector3 &normal,
                         btScalar duration, btPersistentManifold &manifold) {
  const btScalar bounce = a.restitution * b.restitution;
  const btScalar mass = 1 / (a.inverseMass + b.inverseMass) / btScalar(candidates.size());
  for (const Candidate &c : candidates) {
    btManifoldPoint point(a.start.invXform(c.onA), b.start.invXform(c.onB), normal,
                          std::max(c.gap, -partingSpeed * duration / overlapShare));
    point.m_positionWorldOnA = c.onA;
    point.m_positionWorldOnB = c.onB;
    point.m_combinedFriction = a.friction * b.friction;
    if (bounce > 0 && c.outlook < 0 && c.closing > slowestBounce) {
      // A bounce takes its whole speed at once, wherever within the step it falls.
      point.m_distance1 = std::min(point.m_distance1, btScalar(0));
      point.m_combinedRestitution = bounce;
    } else {
      // Where the solver starts: as if the points shared evenly what it takes to meet.
      point.m_appliedImpulse = std::max(btScalar(0), -c.outlook / duration * mass);
    }
    manifold.addManifoldPoint(point);
  }
}

#include "Contact.hpp"

#include <BulletCollision/NarrowPhaseCollision/btGjkEpaPenetrationDepthSolver.h>
#include <BulletCollision/NarrowPhaseCollision/btGjkPairDetector.h>

#include <algorithm>

namespace {

/// The gap at which bodies count as met. [m]
constexpr btScalar touch = 1e-4;

/// How many times a sweep looks at the gap before it takes what it has for a meeting.
constexpr int mostLooks = 32;

/// The cosine of the angle up to which a face counts as square to a contact: 2.6°. [–]
constexpr btScalar square = 0.999;

/// The speed at which bodies that start inside one another come apart. [m/s]
constexpr btScalar partingSpeed = 1;

/// What Bullet's distance computation reports.
struct Nearest : btDiscreteCollisionDetectorInterface::Result {
  btVector3 normal;  // from b to a [–]
  btVector3 onB;     // [m]
  btScalar gap = BT_LARGE_FLOAT;

  void setShapeIdentifiersA(int, int) override {}
  void setShapeIdentifiersB(int, int) override {}
  void addContactPoint(const btVector3 &n, const btVector3 &point, btScalar distance) override {
    normal = n;
    onB = point;
    gap = distance;
  }
};

/// The nearest points of two outlines that are not planes.
Nearest nearest(const Outline &a, const btTransform &poseA, const Outline &b,
                const btTransform &poseB) {
  btVoronoiSimplexSolver simplex;
  // Bullet's own threshold takes points within a centimetre for one.
  simplex.setEqualVertexThreshold(0);
  btGjkEpaPenetrationDepthSolver overlap;
  btGjkPairDetector detector(a.form.get(), b.form.get(), a.form->getShapeType(),
                             b.form->getShapeType(), a.margin, b.margin, &simplex, &overlap);
  btGjkPairDetector::ClosestPointInput input;
  input.m_transformA = poseA;
  input.m_transformB = poseB;
  Nearest result;
  detector.getClosestPoints(input, result, nullptr);
  return result;
}

/// The face that looks most along a direction, which is in the body's frame.
const Face &facing(const Polyhedron &core, const btVector3 &direction) {
  return *std::max_element(core.faces.begin(), core.faces.end(), [&](const Face &f, const Face &g) {
    return f.normal.dot(direction) < g.normal.dot(direction);
  });
}

}  // namespace

btScalar Mover::speed(const btVector3 &direction) const {
  return velocity.dot(direction) + angularVelocity.length() * outline->reach;
}

btScalar Mover::sweep(btScalar time) const {
  return time * (velocity.length() + angularVelocity.length() * outline->reach);
}

btTransform Mover::after(btScalar time) const {
  return isFixed ? start : advanced(start, velocity, angularVelocity, time);
}

btVector3 Mover::velocityAt(const btVector3 &point) const {
  return velocity + angularVelocity.cross(point - start.getOrigin());
}

btTransform advanced(const btTransform &start, const btVector3 &velocity,
                     const btVector3 &angularVelocity, btScalar time) {
  // The exponential map by its series, after halving the angle until that has converged.
  btVector3 half = angularVelocity * (time / 2);
  int doublings = 0;
  for (; half.length2() > 0.25 && doublings < 64; ++doublings) half *= 0.5;
  const btScalar h = half.length2();
  const btScalar sinc = 1 - h / 6 * (1 - h / 20 * (1 - h / 42 * (1 - h / 72 * (1 - h / 110))));
  const btScalar cosine = 1 - h / 2 * (1 - h / 12 * (1 - h / 30 * (1 - h / 56 * (1 - h / 90))));
  btQuaternion turn(half.x() * sinc, half.y() * sinc, half.z() * sinc, cosine);
  for (; doublings > 0; --doublings) turn = turn * turn;
  return btTransform(
      btMatrix3x3(turn) * start.getBasis(), start.getOrigin() + velocity * time);
}

void ContactFinder::find(const Mover &a, const Mover &b, btScalar duration,
                         btPersistentManifold &manifold) {
  candidates.clear();
  if (b.outline->kind == CB_PLANE) {
    const btVector3 normal = b.start.getBasis().getColumn(2);
    const btScalar height = normal.dot(a.start.getOrigin() - b.start.getOrigin());
    if (height > a.outline->reach + a.sweep(duration) + contactSlack) return;
    facePlane(a, b, duration);
    select(a, b, normal, duration);
    return emit(a, b, normal, duration, manifold);
  }
  Meeting meeting;
  if (!meet(a, b, duration, meeting)) return;
  faceEachOther(a, b, meeting);
  select(a, b, meeting.normal, duration);
  emit(a, b, meeting.normal, duration, manifold);
}

void ContactFinder::facePlane(const Mover &a, const Mover &plane, btScalar duration) {
  const btVector3 normal = plane.start.getBasis().getColumn(2);
  const btVector3 below = normal * a.outline->margin;
  const auto add = [&](const btVector3 &point) {
    const btScalar height = normal.dot(point - plane.start.getOrigin());
    candidates.push_back({point - below, point - normal * height});
  };
  if (a.outline->kind == CB_SPHERE) return add(a.start.getOrigin());
  const auto &corners = a.outline->core.corners;
  const btVector3 down = -normal * a.start.getBasis();
  for (const int corner : facing(a.outline->core, down).corners) add(a.start * corners[corner]);
  // A body that tumbles may land on another corner than it starts above.
  const btVector3 turned = (duration * a.angularVelocity).cross(normal);
  const btVector3 falling = down + turned * a.start.getBasis();
  add(a.start * *std::max_element(
                    corners.begin(), corners.end(), [&](const btVector3 &p, const btVector3 &q) {
                      return p.dot(falling) < q.dot(falling);
                    }));
}

bool ContactFinder::meet(const Mover &a, const Mover &b, btScalar duration, Meeting &meeting) {
  meeting.time = 0;
  for (int look = 0; look < mostLooks; ++look) {
    meeting.poseA = a.after(meeting.time);
    meeting.poseB = b.after(meeting.time);
    const Nearest n = nearest(*a.outline, meeting.poseA, *b.outline, meeting.poseB);
    if (n.gap == BT_LARGE_FLOAT) return false;
    meeting.normal = n.normal;
    meeting.onB = n.onB;
    meeting.onA = n.onB + n.normal * n.gap;
    if (n.gap <= touch) return true;
    // The plane between them holds for as long as the fastest points take to cross the gap.
    const btScalar closing = a.speed(-n.normal) + b.speed(n.normal);
    if (closing * (duration - meeting.time) < n.gap - touch / 2) return false;
    meeting.time += (n.gap - touch / 2) / closing;
  }
  return true;
}

void ContactFinder::faceEachOther(const Mover &a, const Mover &b, Meeting &meeting) {
  if (a.outline->kind == CB_HULL && b.outline->kind == CB_HULL) {
    const btTransform &poseA = meeting.poseA, &poseB = meeting.poseB;
    const Face &faceA = facing(a.outline->core, -meeting.normal * poseA.getBasis());
    const Face &faceB = facing(b.outline->core, meeting.normal * poseB.getBasis());
    const btVector3 outA = poseA.getBasis() * faceA.normal;
    const btVector3 outB = poseB.getBasis() * faceB.normal;
    const btScalar squareA = -outA.dot(meeting.normal), squareB = outB.dot(meeting.normal);
    if (squareB >= squareA && squareB >= square) {
      clip(*a.outline, poseA, *b.outline, poseB, faceB);
      if (!candidates.empty()) meeting.normal = outB;
    } else if (squareA >= square) {
      clip(*b.outline, poseB, *a.outline, poseA, faceA);
      for (Candidate &c : candidates) std::swap(c.onA, c.onB);
      if (!candidates.empty()) meeting.normal = -outA;
    }
  }
  if (candidates.empty()) candidates.push_back({meeting.onA, meeting.onB});
  if (meeting.time == 0) return;
  const btTransform backA = a.start * meeting.poseA.inverse();
  const btTransform backB = b.start * meeting.poseB.inverse();
  for (Candidate &c : candidates) {
    c.onA = backA * c.onA;
    c.onB = backB * c.onB;
  }
}

/// Cuts the face that looks most towards a reference face along the edges of that one. The points
/// of the incident body go to `onA`, those of the reference to `onB`.
void ContactFinder::clip(const Outline &incident, const btTransform &pose, const Outline &reference,
                         const btTransform &referencePose, const Face &face) {
  const btVector3 out = referencePose.getBasis() * face.normal;
  polygon.clear();
  for (const int c : facing(incident.core, -out * pose.getBasis()).corners) {
    polygon.push_back(pose * incident.core.corners[c]);
  }
  const auto corner = [&](size_t i) {
    return referencePose * reference.core.corners[face.corners[i % face.corners.size()]];
  };
  for (size_t edge = 0; edge < face.corners.size(); ++edge) {
    const btVector3 from = corner(edge);
    cut(polygon, out.cross(corner(edge + 1) - from), from, buffer);
  }
  const btVector3 origin = corner(0);
  for (const btVector3 &p : polygon) {
    const btScalar height = out.dot(p - origin);
    candidates.push_back({p - out * incident.margin, p - out * (height - reference.margin)});
  }
}

/// Looks ahead, and keeps up to four of the candidates that matter in this step.
void ContactFinder::select(const Mover &a, const Mover &b, const btVector3 &normal,
                           btScalar duration) {
  if (candidates.empty()) return;
  // The heart is a sphere about the centre: whatever corners do, where the centre goes is certain.
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
    }
    manifold.addManifoldPoint(point);
  }
}

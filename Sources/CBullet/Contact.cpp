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

/// The sine of the angle up to which a capsule's line counts as level on a face. [–]
constexpr btScalar leaning = 0.1;

/// How far from an edge of a triangle a point may be and still count as on it. [m]
constexpr btScalar nearEdge = 1e-6;

/// How far a contact may lean over an edge of a triangle and still count as square to it. [–]
constexpr btScalar levelEdge = 1e-4;

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

/// The first of some things for which a number is highest.
template <typename Thing, typename Number>
const Thing &highest(const std::vector<Thing> &things, Number number) {
  const Thing *best = &things[0];
  btScalar most = number(*best);
  for (const Thing &thing : things) {
    const btScalar value = number(thing);
    if (value > most) {
      most = value;
      best = &thing;
    }
  }
  return *best;
}

/// The face that looks most along a direction, which is in the body's frame.
const Face &facing(const Polyhedron &core, const btVector3 &direction) {
  return highest(core.faces, [&](const Face &face) { return face.normal.dot(direction); });
}

}  // namespace

btScalar Mover::speed(const btVector3 &direction) const {
  return velocity.dot(direction) + angularVelocity.length() * reach;
}

btScalar Mover::sweep(btScalar time) const {
  return time * (velocity.length() + angularVelocity.length() * reach);
}

btTransform Mover::after(btScalar time) const {
  return isStill ? start : advanced(start, centre, velocity, angularVelocity, time);
}

btVector3 Mover::velocityAt(const btVector3 &point) const {
  return velocity + angularVelocity.cross(point - centre);
}

btTransform advanced(const btTransform &start, const btVector3 &centre, const btVector3 &velocity,
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
  const btMatrix3x3 rotation(turn);
  const btVector3 end = centre + velocity * time;
  const btVector3 arm = start.getOrigin() - centre;
  return btTransform(rotation * start.getBasis(), arm.isZero() ? end : end + rotation * arm);
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

void ContactFinder::note(const Mover &a, const Mover &b, btScalar duration,
                         const Triangle &triangle) {
  Meeting meeting;
  if (!meet(a, b, duration, meeting)) return;
  if (meeting.gap < 0) {
    pushToItsSide(a, triangle, meeting);
  } else if (leansOver(triangle, meeting)) {
    return;
  }
  candidates.clear();
  faceEachOther(a, b, meeting);
  size_t place = 0;
  while (place < patches && noted[place].normal.dot(meeting.normal) < square) ++place;
  if (place == patches) {
    if (patches == noted.size()) noted.emplace_back();
    noted[place].normal = meeting.normal;
    noted[place].candidates.clear();
    ++patches;
  }
  auto &all = noted[place].candidates;
  all.insert(all.end(), candidates.begin(), candidates.end());
}

void ContactFinder::take(size_t patch, const Mover &a, const Mover &b, btScalar duration,
                         btPersistentManifold &manifold) {
  const btVector3 normal = noted[patch].normal;
  candidates.assign(noted[patch].candidates.begin(), noted[patch].candidates.end());
  select(a, b, normal, duration);
  emit(a, b, normal, duration, manifold);
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
  if (a.outline->kind == CB_CAPSULE) {
    for (const btVector3 &end : corners) add(a.start * end);
    return;
  }
  // The corner that will be lowest, and the others of that of its faces which looks down most.
  const btVector3 down = -normal * a.start.getBasis();
  const btVector3 turned = (duration * a.angularVelocity).cross(normal);
  const btVector3 falling = down + turned * a.start.getBasis();
  const btVector3 &lowest =
      highest(corners, [&](const btVector3 &p) { return p.dot(falling); });
  const int place = int(&lowest - &corners[0]);
  const Face &face = highest(a.outline->core.faces, [&](const Face &face) {
    const auto &ring = face.corners;
    const bool meets = std::find(ring.begin(), ring.end(), place) != ring.end();
    return meets ? face.normal.dot(down) : -2;
  });
  for (const int corner : face.corners) add(a.start * corners[corner]);
}

bool ContactFinder::meet(const Mover &a, const Mover &b, btScalar duration, Meeting &meeting) {
  meeting.time = 0;
  for (int look = 0; look < mostLooks; ++look) {
    meeting.poseA = a.after(meeting.time);
    meeting.poseB = b.after(meeting.time);
    const Nearest n = nearest(*a.outline, meeting.poseA, *b.outline, meeting.poseB);
    if (n.gap == BT_LARGE_FLOAT) return false;
    meeting.normal = n.normal;
    meeting.gap = n.gap;
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

/// Whether a body that meets an edge of a triangle is over the triangle on its other side, which is
/// then what it meets: on a level mesh nothing trips over an edge.
bool ContactFinder::leansOver(const Triangle &triangle, const Meeting &meeting) {
  const btVector3 normal = meeting.normal * meeting.poseB.getBasis();
  const btVector3 point = meeting.poseB.invXform(meeting.onB);
  if (std::abs(normal.dot(triangle.normal)) > square) return false;
  for (int i = 0; i < 3; ++i) {
    const btVector3 along = triangle.corners[(i + 1) % 3] - triangle.corners[i];
    const btVector3 off = (point - triangle.corners[i]).cross(along);
    const bool isOnEdge = off.length2() <= nearEdge * nearEdge * along.length2();
    if (isOnEdge && normal.dot(triangle.beyond[i]) > levelEdge) return true;
  }
  return false;
}

/// Makes a body that overlaps with a triangle leave by the side that its centre is on: the shortest
/// way out may be the other.
void ContactFinder::pushToItsSide(const Mover &a, const Triangle &triangle, Meeting &meeting) {
  const btVector3 normal = meeting.poseB.getBasis() * triangle.normal;
  const btVector3 corner = meeting.poseB * triangle.corners[0];
  const btScalar height = normal.dot(a.centre - corner);
  meeting.normal = height < 0 ? -normal : normal;
  // The points that are nearest along the new normal, where no face says better.
  meeting.onB -= normal * normal.dot(meeting.onB - corner);
  meeting.onA = meeting.onB + meeting.normal * meeting.gap;
}

void ContactFinder::faceEachOther(const Mover &a, const Mover &b, Meeting &meeting) {
  const bool isFlatA = a.outline->kind == CB_HULL, isFlatB = b.outline->kind == CB_HULL;
  const bool isRound = a.outline->kind == CB_SPHERE || b.outline->kind == CB_SPHERE;
  const btTransform &poseA = meeting.poseA, &poseB = meeting.poseB;
  const auto out = [&](const Outline &outline, const btTransform &pose, const btVector3 &normal) {
    return pose.getBasis() * facing(outline.core, normal * pose.getBasis()).normal;
  };
  if (!isRound && (isFlatA || isFlatB)) {
    const btVector3 outA = isFlatA ? out(*a.outline, poseA, -meeting.normal) : btVector3(0, 0, 0);
    const btVector3 outB = isFlatB ? out(*b.outline, poseB, meeting.normal) : btVector3(0, 0, 0);
    const btScalar squareA = -outA.dot(meeting.normal), squareB = outB.dot(meeting.normal);
    if (squareB >= squareA && squareB >= square) {
      clip(*a.outline, poseA, *b.outline, poseB, meeting.normal);
      if (!candidates.empty()) meeting.normal = outB;
    } else if (squareA >= square) {
      clip(*b.outline, poseB, *a.outline, poseA, -meeting.normal);
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

/// Takes the face of the reference that looks most along the normal, and cuts the face of the
/// incident body that looks most towards it, or its line if it is a capsule, along the edges of
/// that one. The points of the incident body go to `onA`, those of the reference to `onB`.
void ContactFinder::clip(const Outline &incident, const btTransform &pose, const Outline &reference,
                         const btTransform &referencePose, const btVector3 &normal) {
  const Face &face = facing(reference.core, normal * referencePose.getBasis());
  const btVector3 out = referencePose.getBasis() * face.normal;
  polygon.clear();
  if (incident.kind == CB_CAPSULE) {
    const btVector3 line = pose * incident.core.corners[1] - pose * incident.core.corners[0];
    // A capsule that stands rests on its nearest point alone.
    if (std::abs(line.dot(out)) > leaning * line.length()) return;
    for (const btVector3 &end : incident.core.corners) polygon.push_back(pose * end);
  } else {
    for (const int c : facing(incident.core, -out * pose.getBasis()).corners) {
      polygon.push_back(pose * incident.core.corners[c]);
    }
  }
  for (auto *points : {&polygon, &buffer}) points->reserve(polygon.size() + face.corners.size());
  const auto corner = [&](size_t i) {
    return referencePose * reference.core.corners[face.corners[i % face.corners.size()]];
  };
  for (size_t edge = 0; edge < face.corners.size(); ++edge) {
    const btVector3 from = corner(edge);
    cut(polygon, out.cross(corner(edge + 1) - from), from, buffer);
  }
  for (const btVector3 &p : polygon) {
    const btScalar height = out.dot(p - corner(0));
    candidates.push_back({p - out * incident.margin, p - out * (height - reference.margin)});
  }
}

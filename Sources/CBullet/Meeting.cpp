// Which bodies meet in a step, and where.

#include <algorithm>

#include "World.hpp"

/// Adds the pairs of movers whose bounds overlap, and sorts all by the order of the participants.
void cb_world::findPairs() {
  byLow.clear();
  const int first = int(participants.size() - movers.size());
  for (int i = first; i < int(participants.size()); ++i) byLow.push_back(i);
  std::sort(byLow.begin(), byLow.end(), [this](int i, int j) {
    const Participant &p = participants[i], &q = participants[j];
    if (p.body->subworld != q.body->subworld) return p.body->subworld < q.body->subworld;
    const btScalar a = p.bounds.low.x(), b = q.bounds.low.x();
    return a != b ? a < b : i < j;
  });
  for (size_t i = 0; i < byLow.size(); ++i) {
    const Participant &a = participants[byLow[i]];
    for (size_t j = i + 1; j < byLow.size(); ++j) {
      const Participant &b = participants[byLow[j]];
      if (b.body->subworld != a.body->subworld || b.bounds.low.x() > a.bounds.high.x()) break;
      if (!a.bounds.meet(b.bounds) || !a.body->collidesWith(*b.body)) continue;
      pairs.push_back(std::minmax(byLow[i], byLow[j]));
    }
  }
  std::sort(pairs.begin(), pairs.end());
}

void cb_world::findContacts(btScalar duration) {
  meetings.clear();
  for (const auto &[second, first] : pairs) {
    for (const Part &partA : participants[first].body->parts) {
      for (const Part &partB : participants[second].body->parts) {
        findContacts(first, second, partA, partB, duration);
      }
    }
  }
}

void cb_world::findContacts(int first, int second, const Part &partA, const Part &partB,
                            btScalar duration) {
  Mover a = participants[first].mover, b = participants[second].mover;
  a.outline = partA.outline;
  a.start = a.start * partA.place;
  b.outline = partB.outline;
  b.start = b.start * partB.place;
  if (b.outline->mesh) {
    findTriangleContacts(first, second, a, b, duration);
  } else {
    finder.find(a, b, duration, nextManifold(first, second));
    keepManifold(first, second);
  }
}

void cb_world::findTriangleContacts(int first, int second, const Mover &a, Mover b,
                                    btScalar duration) {
  const Mesh &mesh = *b.outline->mesh;
  const Bounds &bounds = participants[first].bounds;
  const btScalar sweep = b.sweep(duration);
  const btVector3 half = (bounds.high - bounds.low) / 2 + btVector3(sweep, sweep, sweep);
  const btMatrix3x3 basis = b.start.getBasis().transpose();
  const btVector3 middle = b.start.invXform((bounds.low + bounds.high) / 2);
  const btMatrix3x3 absolute = basis.absolute();
  const btVector3 reach = half.dot3(absolute[0], absolute[1], absolute[2]);
  mesh.find(middle - reach, middle + reach, triangles);
  b.outline = &triangle.outline();
  finder.forget();
  for (const int t : triangles) {
    triangle.become(mesh.triangles[t]);
    finder.note(a, b, duration, mesh.triangles[t]);
  }
  for (size_t patch = 0; patch < finder.patchCount(); ++patch) {
    finder.take(patch, a, b, duration, nextManifold(first, second));
    keepManifold(first, second);
  }
}

/// The manifold for the next meeting of two bodies.
btPersistentManifold &cb_world::nextManifold(int first, int second) {
  if (manifolds.size() == meetings.size()) {
    manifolds.push_back(std::make_unique<btPersistentManifold>());
  }
  btRigidBody *other = participants[second].rigid;
  btPersistentManifold &manifold = *manifolds[meetings.size()];
  manifold.clearManifold();
  manifold.setContactProcessingThreshold(BT_LARGE_FLOAT);
  manifold.setBodies(
      participants[first].rigid, other ? static_cast<btCollisionObject *>(other) : &fixed);
  return manifold;
}

/// Counts the next manifold as a meeting, if it has points.
void cb_world::keepManifold(int first, int second) {
  if (manifolds[meetings.size()]->getNumContacts() > 0) meetings.emplace_back(first, second);
}

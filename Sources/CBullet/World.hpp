// A world, and how it solves a step.

#pragma once

#include "NoContraction.hpp"

#include <BulletDynamics/ConstraintSolver/btSequentialImpulseConstraintSolver.h>
#include <BulletDynamics/Dynamics/btRigidBody.h>

#include <memory>
#include <utility>
#include <vector>

#include "Contact.hpp"

/// A part of a body: an outline, and where it sits in the body's frame.
struct Part {
  const Outline *outline;
  btTransform place;
};

/// What bounds a body, along the axes of the world. [m]
struct Bounds {
  btVector3 low, high;

  bool meet(const Bounds &other) const {
    return low.x() <= other.high.x() && other.low.x() <= high.x() &&  //
           low.y() <= other.high.y() && other.low.y() <= high.y() &&  //
           low.z() <= other.high.z() && other.low.z() <= high.z();
  }
};

/// An obstacle or a vehicle, from step to step.
struct Body {
  int32_t subworld;
  std::vector<Part> parts;
  btScalar reach = 0;  // from its origin to its farthest point [m]
  cb_motion motion;    // of an obstacle
  btScalar friction, restitution;
  cb_filter filter;
  std::unique_ptr<btRigidBody> rigid;  // none for what nothing moves
  bool isKinematic;
  Bounds bounds;  // of an obstacle where it is

  Body(int32_t subworld, std::vector<Part> parts, const cb_body_properties &properties,
       const cb_motion &motion);

  bool isDynamic() const { return rigid && !isKinematic; }

  /// Whether the groups of two bodies let them collide.
  bool collidesWith(const Body &other) const {
    return (filter.groups & other.filter.mask) != 0 && (other.filter.groups & filter.mask) != 0;
  }

  /// What bounds it at a pose.
  Bounds boundsAt(const btTransform &start) const;

  void moveTo(const cb_motion &motion);
};

/// A body that takes part in the step under way.
struct Participant {
  Mover mover;  // of the body as a whole; its outline is that of the first part
  const Body *body;
  int32_t name;              // a vehicle's index, or -1 - a body's
  btRigidBody *rigid;        // none for what nothing moves
  cb_vehicle_motion *entry;  // none for obstacles
  Bounds bounds;             // in the step
  bool isFixed;              // nothing that it meets moves it
  bool isTouched = false;
  int contactCount = 0;
};

/// The obstacles of a subworld, by what moves them: indices of bodies.
struct Subworld {
  std::vector<int> fixed, kinematic, dynamic;
};

/// How fast a body moves and turns.
struct Velocities {
  btVector3 linear;   // [m/s]
  btVector3 angular;  // [rad/s]

  static Velocities of(const btRigidBody &body) {
    return {body.getLinearVelocity(), body.getAngularVelocity()};
  }

  Velocities operator-(const Velocities &other) const {
    return {linear - other.linear, angular - other.angular};
  }
};

struct cb_world {
  cb_world(const btVector3 &gravity, int32_t subworlds);

  int32_t add(const cb_shape &shape);
  int32_t addBody(int32_t subworld, const cb_part *parts, int32_t count,
                  const cb_body_properties &properties, const cb_motion &motion);
  int32_t addVehicle(int32_t subworld, const cb_part *parts, int32_t count,
                     const cb_body_properties &properties);
  void setMass(int32_t vehicle, btScalar mass, const btVector3 &inertia);
  void solve(btScalar duration, cb_vehicle_motion *entries, int32_t count);
  void cast(const cb_ray &ray, cb_ray_hit &hit) const;
  const Outline &outline(int32_t shape) const { return *outlines[shape]; }

  std::vector<Body> bodies;
  std::vector<cb_contact> contacts;

 private:
  btVector3 gravity;  // [m/s²]
  std::vector<std::unique_ptr<Outline>> outlines;
  std::vector<Body> vehicles;
  std::vector<Subworld> subworlds;
  std::vector<int> dynamicBodies;
  btCollisionObject fixed;  // stands for all bodies that nothing moves
  btSequentialImpulseConstraintSolver solver;
  ContactFinder finder;

  // Buffers of a step; they keep their memory, and nothing else, from one to the next.
  std::vector<cb_vehicle_motion *> listed;
  std::vector<Participant> participants;  // those that contacts do not move first
  std::vector<Participant> movers;
  std::vector<std::pair<int, int>> nearby;  // bodies that contacts do not move, and movers
  std::vector<int> byLow;
  TriangleOutline triangle;
  std::vector<int> triangles;
  std::vector<std::pair<int, int>> pairs;
  std::vector<std::unique_ptr<btPersistentManifold>> manifolds;
  std::vector<std::pair<int, int>> meetings;  // the participants of each of the first manifolds
  std::vector<int> islands;               // the label of each participant
  std::vector<std::pair<int, int>> meetingsByIsland, membersByIsland;
  // One island of bodies that hang together.
  std::vector<Participant *> members;
  std::vector<btCollisionObject *> bodyList;
  std::vector<btPersistentManifold *> manifoldList;
  bool touchesKinematic = false;
  std::vector<Velocities> bounced;
  std::vector<btScalar> impulses;

  std::vector<Part> placed(const cb_part *parts, int32_t count) const;
  void list(cb_vehicle_motion *entries, int32_t count);
  bool gather(btScalar duration);
  Participant participant(const Body &body, int32_t name, const cb_motion &motion,
                          btScalar duration) const;
  void join(const Body &body, int32_t name, const cb_motion &motion, cb_vehicle_motion *entry,
            btScalar duration);
  void findObstacles(btScalar duration);
  void findPairs();
  void findContacts(btScalar duration);
  void findContacts(int first, int second, const Part &partA, const Part &partB,
                    btScalar duration);
  void findTriangleContacts(int first, int second, const Mover &a, Mover b, btScalar duration);
  btPersistentManifold &nextManifold(int first, int second);
  void keepManifold(int first, int second);
  void findIslands();
  void solveContacts(btScalar duration);
  void solveIsland(btScalar duration);
  void solveOnce(btScalar duration);
  void restrain(btScalar duration);
  void solveWithoutBounce(btScalar duration);
  void blend(btScalar way);
  void report();
  void release(btScalar duration);
};

btVector3 toBullet(const cb_vector &v);
cb_vector fromBullet(const btVector3 &v);

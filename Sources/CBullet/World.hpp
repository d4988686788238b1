// A world, and how it solves a step.

#pragma once

#include <BulletDynamics/ConstraintSolver/btSequentialImpulseConstraintSolver.h>
#include <BulletDynamics/Dynamics/btRigidBody.h>

#include <memory>
#include <utility>
#include <vector>

#include "Contact.hpp"

/// An obstacle or a vehicle, from step to step.
struct Body {
  const Outline *outline;
  cb_motion motion;  // of an obstacle
  btScalar friction, restitution;
  std::unique_ptr<btRigidBody> rigid;  // none for what nothing moves

  Body(const Outline *outline, const cb_substance &substance, const cb_motion &motion);
};

/// A body that takes part in the step under way.
struct Participant : Mover {
  int32_t name;               // a vehicle's index, or -1 - a body's
  btRigidBody *rigid;         // none for what nothing moves
  cb_vehicle_motion *entry;   // none for obstacles
  btVector3 low, high;        // what bounds it in the step [m]
  bool isTouched = false;
  int contactCount = 0;
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
  explicit cb_world(const btVector3 &gravity);

  int32_t add(const cb_shape &shape);
  int32_t addBody(int32_t shape, const cb_substance &substance, const cb_motion &motion);
  int32_t addVehicle(int32_t shape, const cb_substance &substance);
  void solve(btScalar duration, cb_vehicle_motion *entries, int32_t count);
  void cast(const cb_ray &ray, cb_ray_hit &hit) const;

  std::vector<Body> bodies;
  std::vector<cb_contact> contacts;

 private:
  btVector3 gravity;  // [m/s²]
  std::vector<std::unique_ptr<Outline>> outlines;
  std::vector<Body> vehicles;
  btCollisionObject fixed;  // stands for every body that nothing moves
  btSequentialImpulseConstraintSolver solver;
  ContactFinder finder;

  // Buffers of a step; they keep their memory, and nothing else, from one to the next.
  std::vector<cb_vehicle_motion *> listed;
  std::vector<Participant> participants;  // the fixed ones first
  std::vector<int> byLow;
  std::vector<std::pair<int, int>> pairs;
  std::vector<std::unique_ptr<btPersistentManifold>> manifolds;
  std::vector<std::pair<int, int>> meetings;  // who each of the first manifolds is between
  std::vector<int> islands;               // the label of each participant
  std::vector<std::pair<int, int>> meetingsByIsland, membersByIsland;
  // One island of bodies that hang together.
  std::vector<Participant *> members;
  std::vector<btCollisionObject *> bodyList;
  std::vector<btPersistentManifold *> manifoldList;
  std::vector<Velocities> bounced;
  std::vector<btScalar> impulses;

  bool gather(btScalar duration, cb_vehicle_motion *entries, int32_t count);
  void join(Body &body, int32_t name, const cb_motion &motion, cb_vehicle_motion *entry,
            btScalar duration);
  void findPairs();
  void findContacts(btScalar duration);
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

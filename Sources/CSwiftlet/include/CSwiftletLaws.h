// Models and control laws by themselves: numbers of a vehicle, and laws whose gains and memory are in the
// caller's hands. Included by CSwiftlet.h.

#ifndef SWIFTLET_LAWS_H
#define SWIFTLET_LAWS_H

#include "CSwiftlet.h"

#ifdef __cplusplus
extern "C" {
#endif

// The numbers of a model that comes with Swiftlet, as JSON: "mass" [kg], "inertia" [kg m2], "arm" [m],
// "thrust_to_weight", "max_speed" [m/s], "thrust_coefficient" [N/rpm2], "torque_coefficient" [N m/rpm2],
// "rotor_radius" [m], "rotor_positions" [m], "ground_effect", "drag_xy", "drag_z" [N s/(m rad/s)],
// "downwash_gain" [N], "downwash_spread", "downwash_width" [m], and "collision_radius", "collision_height"
// and "collision_offset" [m] where the collision shape is a cylinder.
swiftlet_status swiftlet_model(
    const char *name, char *text, size_t capacity, size_t *length);

// Writes roll, pitch and yaw [rad] of so many drones, and their angular velocities along the world's axes
// [rad/s], 3 numbers a row, row by row. Of `states`, attitude and body_rates count. Each may be NULL of
// what is written.
swiftlet_status swiftlet_angles(
    const swiftlet_states *states, int32_t count, double *roll_pitch_yaw, double *angular_velocities);

// How one drone moves, and how it should.
typedef struct swiftlet_tracking {
  uint32_t struct_size;
  // Where it is. [m]
  double position[3];
  // How it is turned: a quaternion x, y, z, w, of any length but 0.
  double attitude[4];
  // Its velocity. [m/s]
  double velocity[3];
  // Where it should be. [m]
  double goal_position[3];
  // How it should move there. [m/s]
  double goal_velocity[3];
  // Which way it should look. [rad]
  double goal_yaw;
  // The rates that its roll, pitch and yaw should have. [rad/s]
  double goal_angle_rates[3];
  // The time until the next call. [s]
  double period;
} swiftlet_tracking;

// The cascaded PID of gym-pybullet-drones' DSLPIDControl: its gains, and what it remembers of one drone. All
// may be changed between two calls.
typedef struct swiftlet_cascaded_pid {
  uint32_t struct_size;
  // The weight that thrust carries. [N]
  double weight;
  // The thrust of a rotor. [N/rpm2]
  double thrust_coefficient;
  // What each rotor gives to roll, pitch and yaw torque: 3 numbers a rotor.
  double mixer[12];
  // From position errors to forces. [N/m, N/(m s), N s/m]
  double position_p[3], position_i[3], position_d[3];
  // From attitude errors to torques, in counts of the motor signal. [count]
  double attitude_p[3], attitude_i[3], attitude_d[3];
  // The motor signals that may be sent, lowest and highest. [count]
  double signal_range[2];
  // Rotor speed per motor signal [rpm/count], and at signal zero [rpm].
  double speed_per_signal, idle_speed;
  // The integrals of the position error [m s] and of the attitude error [s].
  double position_integral[3], attitude_integral[3];
  // Roll, pitch and yaw as they were seen last. [rad]
  double last_angles[3];
} swiftlet_cascaded_pid;

// Fills in what is known of a model [m/s2], and forgets all that happened; struct_size is to be set before
// the call. A status of SWIFTLET_BAD_ARGUMENT where the gains do not suit the model.
swiftlet_status swiftlet_cascaded_pid_begin(
    const char *model, double gravity, swiftlet_cascaded_pid *pid);

// Works out the 4 rotor speeds [rpm], and the attitude that is asked for, as angles about the x, the new y
// and the new z axis [rad], which may be NULL.
swiftlet_status swiftlet_cascaded_pid_command(
    swiftlet_cascaded_pid *pid, const swiftlet_tracking *tracking, double *rotor_speeds,
    double *wanted_angles);

// Collective thrust over mass [m/s2] and 3 body rates [rad/s], by the law of gym-pybullet-drones'
// CTBRControl. Of `tracking`, headings, rates and the period do not matter.
swiftlet_status swiftlet_thrust_and_rates(
    const swiftlet_tracking *tracking, double gravity, double *thrust, double *rates);

#ifdef __cplusplus
}
#endif

#endif

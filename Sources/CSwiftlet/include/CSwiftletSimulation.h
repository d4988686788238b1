// Simulations: worlds of drones that are stepped by rotor speeds. Included by CSwiftlet.h.
//
// Rows are drones: those of world 0, then those of world 1, and so on.

#ifndef SWIFTLET_SIMULATION_H
#define SWIFTLET_SIMULATION_H

#include "CSwiftlet.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct swiftlet_simulation_options {
  uint32_t struct_size;
  // How many worlds there are, all alike, from 1.
  int32_t worlds;
  // On how many threads they are stepped, the caller's included, from 1 to 1024; 0 stands for 1.
  int32_t threads;
} swiftlet_simulation_options;

typedef struct swiftlet_simulation_layout {
  uint32_t struct_size;
  int32_t world_count;
  // How many drones each world has.
  int32_t drone_count;
  // How many obstacles each world has.
  int32_t obstacle_count;
  // How long a physics step lasts. [s]
  double period;
} swiftlet_simulation_layout;

// A camera without lens errors, on a drone or in a world. It looks along its x axis, with z up in the image
// and y to the left.
typedef struct swiftlet_camera {
  uint32_t struct_size;
  // How many pixels a row has, from 1 to 4096.
  int32_t width;
  // How many rows there are, from 1 to 4096.
  int32_t height;
  // The angle between the upper and lower edge of the view, up to 170 degrees. [rad]
  double vertical_field_of_view;
  // Between which depths things are seen. [m]
  double nearest, farthest;
  // Where it is, along the drone's axes, or in the world. [m]
  double position[3];
  // How it is turned there: a quaternion x, y, z, w.
  double attitude[4];
} swiftlet_camera;

// Creates worlds from the text of a scenario, in YAML or JSON: its drones, physics, wind, world and rates.
// What it says of controllers and references does not matter here. Worlds differ in nothing but the seeds
// of turbulence, which count up from that of the scenario.
swiftlet_status swiftlet_simulation_create(
    const char *scenario, const swiftlet_simulation_options *options, swiftlet_handle *simulation);

// The shape of the worlds; struct_size is to be set before the call.
swiftlet_status swiftlet_simulation_shape(
    swiftlet_handle simulation, swiftlet_simulation_layout *layout);

// Writes the rotor speeds at which each drone hovers, 4 numbers a row, row by row. [rpm]
swiftlet_status swiftlet_simulation_hover(swiftlet_handle simulation, double *rotor_speeds);

// Advances all worlds by some physics steps, from 0 to 1000000.
//
// `rotor_speeds` are what the rotors are told to take from now on, 4 numbers a row, row by row [rpm]; NULL
// leaves them as they are. How drones move afterwards is written to `states`, which may be NULL; contacts
// there are the most points at once in any of the steps. Where a number has become infinite or not a
// number in some world, the status is SWIFTLET_NOT_FINITE, though all worlds have been stepped; `faults`,
// one truth value a world, says in which, and may be NULL.
swiftlet_status swiftlet_simulation_step(
    swiftlet_handle simulation, const double *rotor_speeds, int32_t steps,
    const swiftlet_states *states, bool *faults);

// Writes how drones move now.
swiftlet_status swiftlet_simulation_read(
    swiftlet_handle simulation, const swiftlet_states *states);

// Puts drones where some states say, in the worlds that a mask says, or in all where it is NULL. Of the
// states, position, attitude, velocity, body_rates and rotor_speeds count; those that are NULL stay.
swiftlet_status swiftlet_simulation_write(
    swiftlet_handle simulation, const bool *mask, const swiftlet_states *states);

// Begins anew in the worlds that a mask says, or in all where it is NULL: everything as the scenario has
// it. `seeds`, one a world, are those of turbulence; NULL for those of before.
swiftlet_status swiftlet_simulation_reset(
    swiftlet_handle simulation, const bool *mask, const uint64_t *seeds);

// Pushes drones from now on until they are pushed otherwise: forces on the centres of mass, along the
// world's axes, and torques about them, 3 numbers a row each, row by row [N, N m]. `torques` may be NULL.
swiftlet_status swiftlet_simulation_push(
    swiftlet_handle simulation, const double *forces, const double *torques);

// Sets the mean wind, 3 numbers a world [m/s], and begins its turbulence anew from a seed a world.
swiftlet_status swiftlet_simulation_set_wind(
    swiftlet_handle simulation, const double *velocities, const uint64_t *seeds);

// Writes where the obstacles are: position and quaternion, 7 numbers an obstacle, world by world. [m, -]
swiftlet_status swiftlet_simulation_obstacles(swiftlet_handle simulation, double *poses);

// Measures how far drones see along some rays, which are directions along the drones' axes, 3 numbers
// each: to the floor, obstacles and the outlines of other drones, from `nearest` to `farthest` [m]. The
// distances, `ray_count` numbers a row, are infinite where there is nothing.
swiftlet_status swiftlet_simulation_ranges(
    swiftlet_handle simulation, const double *rays, int32_t ray_count, double nearest,
    double farthest, double *distances);

// Draws what every drone sees through a camera that it carries: an image a row.
//
// An image has height * width pixels, row by row from the upper left: `colours` 3 bytes each, red, green
// and blue; `depths` the depth along the direction of view, `farthest` where there is nothing [m]; `ids`
// what is seen: -1 for nothing, 0 for the floor, then the obstacles from 1, then the drones. Each of
// these may be NULL.
swiftlet_status swiftlet_simulation_images(
    swiftlet_handle simulation, const swiftlet_camera *camera, uint8_t *colours, float *depths,
    int32_t *ids);

// Draws what a camera sees that stands in a world.
swiftlet_status swiftlet_simulation_view(
    swiftlet_handle simulation, int32_t world, const swiftlet_camera *camera, uint8_t *colours,
    float *depths, int32_t *ids);

// Keeps one world, or all where `world` is -1, in a handle of its own; taking it changes nothing.
swiftlet_status swiftlet_simulation_snapshot(
    swiftlet_handle simulation, int32_t world, swiftlet_handle *snapshot);

// Puts worlds back to a snapshot. One of a single world is put into `world`, or into all where that is -1:
// so they branch from one moment. One of all worlds goes back into all, and `world` is -1.
swiftlet_status swiftlet_simulation_restore(
    swiftlet_handle simulation, int32_t world, swiftlet_handle snapshot);

// ---------------------------------------------------------------------------------------------------
// Controllers: what flies the drones of as many worlds, each with a memory of its own.

// Where drones should be, and how they should move there. Numbers stand as in swiftlet_states; buffers that
// are NULL are read as 0 and not written.
typedef struct swiftlet_setpoints {
  uint32_t struct_size;
  // The positions: 3 components. [m]
  double *position;
  // The velocities: 3 components. [m/s]
  double *velocity;
  // The accelerations: 3 components. [m/s2]
  double *acceleration;
  // The headings. [rad]
  double *yaw;
  // The rates of change of the headings. [rad/s]
  double *yaw_rate;
} swiftlet_setpoints;

// Creates the controllers and references of a scenario's drones, for some worlds of them.
swiftlet_status swiftlet_controllers_create(
    const char *scenario, int32_t worlds, swiftlet_handle *controllers);

// Works out the rotor speeds of all drones, 4 numbers a row, row by row. [rpm]
//
// `states` are how drones move: position, attitude, velocity, body_rates and rotor_speeds count, and have
// to be there. `setpoints` are what is to be followed; NULL for the references of the scenario at `time`
// [s]. `period` is the time until the next call [s].
swiftlet_status swiftlet_controllers_command(
    swiftlet_handle controllers, const swiftlet_states *states, const swiftlet_setpoints *setpoints,
    double time, double period, double *rotor_speeds);

// Writes where the references of the scenario are at a time. [s]
swiftlet_status swiftlet_controllers_follow(
    swiftlet_handle controllers, double time, const swiftlet_setpoints *setpoints);

// Forgets all that happened, in the worlds that a mask says, or in all where it is NULL.
swiftlet_status swiftlet_controllers_reset(swiftlet_handle controllers, const bool *mask);

#ifdef __cplusplus
}
#endif

#endif

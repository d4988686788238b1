// What a controller of the Crazyflie's app layer is told and tells.

#ifndef CONTROLLER_H
#define CONTROLLER_H

#include <stdbool.h>
#include <stdint.h>

enum { RATE_MAIN_LOOP = 1000, STABILIZER_NR_OF_MOTORS = 4 };

typedef uint32_t stabilizerStep_t;

typedef struct { float x, y, z; } Axis3f;
typedef struct { uint32_t timestamp; float x, y, z; } point_t;
typedef struct { uint32_t timestamp; float x, y, z, w; } quaternion_t;

typedef struct { Axis3f acc, gyro; } sensorData_t;  // [g], [deg/s]

typedef struct {
  quaternion_t attitudeQuaternion;
  point_t position, velocity;  // [m], [m/s]
} state_t;

typedef enum { modeDisable, modeAbs, modeVelocity } stab_mode_t;

typedef struct {
  float thrust;
  point_t position;
  struct { stab_mode_t x, y, z; } mode;
} setpoint_t;

typedef enum { controlModeLegacy, controlModeForceTorque, controlModeForce } control_mode_t;

typedef struct {
  float normalizedForces[STABILIZER_NR_OF_MOTORS];
  control_mode_t controlMode;
} control_t;

void controllerOutOfTreeInit(void);
bool controllerOutOfTreeTest(void);
void controllerOutOfTree(
    control_t *control, const setpoint_t *setpoint, const sensorData_t *sensors, const state_t *state,
    const stabilizerStep_t step);

#endif

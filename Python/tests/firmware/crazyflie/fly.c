// Asks the controller for the thrusts of the motors, by what a simulation knows.

#include "controller.h"
#include "platform_defaults.h"

static point_t point(const double *v) { return (point_t){.x = v[0], .y = v[1], .z = v[2]}; }

// `rates` are along the body's axes [rad/s]; `thrusts` are those of M1 to M4 [N].
void fly(
    uint32_t step, const double *goal, const double *position, const double *attitude,
    const double *velocity, const double *rates, double *thrusts) {
  const float degrees = 57.2957795f;
  const setpoint_t setpoint = {.position = point(goal), .mode = {modeAbs, modeAbs, modeAbs}};
  const sensorData_t sensors = {
      .gyro = {degrees * rates[0], degrees * rates[1], degrees * rates[2]}};
  const state_t state = {
      .attitudeQuaternion = {0, attitude[0], attitude[1], attitude[2], attitude[3]},
      .position = point(position),
      .velocity = point(velocity)};
  control_t control;
  if (step == 0) controllerOutOfTreeInit();
  controllerOutOfTree(&control, &setpoint, &sensors, &state, step);
  for (int i = 0; i < STABILIZER_NR_OF_MOTORS; i++) {
    const float force = control.normalizedForces[i];
    thrusts[i] = THRUST_MAX * (force < 0 ? 0 : force > 1 ? 1 : force);
  }
}

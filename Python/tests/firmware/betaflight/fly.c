// Has the task and the mixer's part run, by what a simulation knows.

#include "fc/runtime_config.h"
#include "flight/imu.h"
#include "flight/mixer.h"
#include "flight/position_estimator.h"
#include "sensors/gyro.h"

uint8_t armingFlags;
matrix33_t rMat;
float motor[8];
gyro_t gyro;

static positionEstimate3d_t estimate;

const positionEstimate3d_t *positionEstimatorGetEstimate(void) { return &estimate; }
float getMotorOutputLow(void) { return 158.0f; }
float getMotorOutputHigh(void) { return 2047.0f; }

void taskPolicy(timeUs_t currentTimeUs);
void policyMotors(void);

// The rows of `matrix` are the world's axes north, west, up; `rates` are along the body's axes [rad/s];
// `throttles` are those of motors 0 to 3, as shares of the way from low to high.
void fly(
    uint32_t microseconds, bool armed, const double *position, const double *matrix,
    const double *velocity, const double *rates, double *throttles) {
  estimate.position = (vector3_t){{-100 * position[1], 100 * position[0], 100 * position[2]}};
  estimate.velocity = (vector3_t){{-100 * velocity[1], 100 * velocity[0], 100 * velocity[2]}};
  for (int i = 0; i < 3; i++) {
    for (int j = 0; j < 3; j++) rMat.m[i][j] = matrix[3 * i + j];
    gyro.gyroADCf[i] = 57.2957795 * rates[i];
  }
  armingFlags = armed ? ARMED : 0;
  taskPolicy(microseconds);
  for (int i = 0; i < 4; i++) motor[i] = getMotorOutputLow();
  policyMotors();
  for (int i = 0; i < 4; i++)
    throttles[i] = (motor[i] - getMotorOutputLow()) / (getMotorOutputHigh() - getMotorOutputLow());
}

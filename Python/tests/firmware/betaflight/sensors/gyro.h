typedef struct { float gyroADCf[3]; } gyro_t;  // [deg/s]
extern gyro_t gyro;

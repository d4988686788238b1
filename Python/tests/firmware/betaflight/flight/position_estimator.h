typedef union {
  float v[3];
  struct { float x, y, z; };
} vector3_t;

typedef struct { vector3_t position, velocity; } positionEstimate3d_t;  // [cm], [cm/s]: east, north, up

const positionEstimate3d_t *positionEstimatorGetEstimate(void);

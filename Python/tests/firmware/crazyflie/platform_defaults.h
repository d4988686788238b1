#define THRUST_MAX 0.12f  // [N], a motor

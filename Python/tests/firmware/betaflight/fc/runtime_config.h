#include <stdbool.h>
#include <stdint.h>

typedef uint32_t timeUs_t;

enum { ARMED = 1 };
extern uint8_t armingFlags;
#define ARMING_FLAG(mask) (armingFlags & (mask))

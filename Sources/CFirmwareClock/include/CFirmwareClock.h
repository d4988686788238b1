// What the library in this folder and the simulator say to each other.
//
// The library is loaded into a firmware before its own (LD_PRELOAD), takes the place of the C library's clock
// and network there, and hears of the simulator through the firmware's standard input, a socket that keeps
// messages apart (SOCK_SEQPACKET). All numbers have the machine's own order of bytes.

#ifndef C_FIRMWARE_CLOCK_H
#define C_FIRMWARE_CLOCK_H

#include <stdint.h>

// The environment variable that says what the firmware is started for.
#define FC_PURPOSE_VARIABLE "SWIFTLET_FIRMWARE"
// To be told its settings: nothing waits for the simulator, and the firmware says where its command line listens.
#define FC_PURPOSE_SETTINGS "settings"
// To fly: time is the simulation's.
#define FC_PURPOSE_FLIGHT "flight"

// How long a firmware that flies may begin before it waits for its first turn. [ns]
#define FC_BEGINNING 1000000000

#define FC_STATE_SIZE 144
#define FC_STICKS_SIZE 40
#define FC_MOTORS_SIZE 16

// What the simulator says: how far time may go, and what the firmware is told before. Sticks that are not
// meant are left out of the message.
typedef struct {
  uint64_t time;  // since the firmware began [ns]
  uint8_t state[FC_STATE_SIZE];
  uint8_t sticks[FC_STICKS_SIZE];
} fc_turn;

// What a firmware that is told its settings says, once.
typedef struct {
  uint16_t port;  // where its command line listens at 127.0.0.1
} fc_command_line;

// What a firmware that flies says: once as soon as it waits for its first turn, and once in each turn.
typedef struct {
  uint8_t motors[FC_MOTORS_SIZE];
} fc_answer;

#endif

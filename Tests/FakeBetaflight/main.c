// A firmware for tests: the ports, packets, threads and clock of Betaflight's SITL, and a law of a few lines.
//
// It says that it is 4.6, or 2026.6 where its name has that number. Two settings are the tests' own:
// "set test_clock = ON" gives the time in place of motors, and "set test_silence = 2" says nothing from 2 s on.

#define _GNU_SOURCE
#include <arpa/inet.h>
#include <math.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static const char settings_file[] = "eeprom.bin";

static struct {
  bool is_later, is_reversed, tells_time;
  double silence;
} settings = {.silence = INFINITY};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static double state[18];
static uint16_t channels[16];
static bool is_fresh;

// The time by the clock that sleeps follow. [s]
static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

static int listen_at(int type, uint16_t port) {
  const struct sockaddr_in place = {.sin_family = AF_INET, .sin_port = htons(port)};
  const int one = 1, end = socket(AF_INET, type, 0);
  setsockopt(end, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
  if (bind(end, (const struct sockaddr *)&place, sizeof place) != 0) exit(1);
  if (type == SOCK_STREAM) listen(end, 1);
  return end;
}

// Waits a while for something to come.
static bool awaits(int end) {
  fd_set ends;
  FD_ZERO(&ends);
  FD_SET(end, &ends);
  struct timeval patience = {.tv_usec = 100000};
  return select(end + 1, &ends, NULL, NULL, &patience) == 1;
}

// A packet of a size that comes to a port; others are passed over.
static void receive(int end, void *packet, size_t size) {
  uint8_t bytes[256];
  for (;;) {
    if (!awaits(end)) continue;
    if (recvfrom(end, bytes, sizeof bytes, 0, NULL, NULL) != (ssize_t)size) continue;
    memcpy(packet, bytes, size);
    return;
  }
}

static void *take_states(void *end) {
  double packet[18];
  for (;;) {
    receive(*(int *)end, packet, sizeof packet);
    pthread_mutex_lock(&lock);
    memcpy(state, packet, sizeof state);
    is_fresh = true;
    pthread_mutex_unlock(&lock);
  }
  return NULL;
}

static void *take_sticks(void *end) {
  struct { double time; uint16_t channels[16]; } packet;
  for (;;) {
    receive(*(int *)end, &packet, sizeof packet);
    pthread_mutex_lock(&lock);
    memcpy(channels, packet.channels, sizeof channels);
    pthread_mutex_unlock(&lock);
  }
  return NULL;
}

static void apply(const char *line) {
  if (strcmp(line, "set yaw_motors_reversed = ON") == 0) settings.is_reversed = true;
  if (strcmp(line, "set test_clock = ON") == 0) settings.tells_time = true;
  sscanf(line, "set test_silence = %lf", &settings.silence);
}

static void load(void) {
  FILE *file = fopen(settings_file, "r");
  char line[256];
  while (file && fgets(line, sizeof line, file)) {
    line[strcspn(line, "\n")] = 0;
    apply(line);
  }
  if (file) fclose(file);
}

// Answers a line of the command line.
static void obey(FILE *client, const char *line) {
  static char kept[8192];
  if (strcmp(line, "version") == 0) {
    fprintf(client, "# Betaflight / SITL (SITL) %s\r\n", settings.is_later ? "2026.6.0" : "4.6.0");
  } else if (strcmp(line, "set nothing = 1") == 0) {
    fprintf(client, "###ERROR IN set: INVALID NAME###\r\n");
  } else if (strcmp(line, "save") == 0) {
    FILE *file = fopen(settings_file, "w");
    fputs(kept, file);
    fclose(file);
    fprintf(client, "Rebooting");
    fclose(client);
    exit(0);
  } else if (strlen(kept) + strlen(line) + 2 < sizeof kept) {
    strcat(strcat(kept, line), "\n");
  }
  fprintf(client, "\r\n# ");
}

// Reads lines, a question for the version in the firmware's own protocol, or the sign that lines come.
static void *talk(void *end) {
  for (;;) {
    if (!awaits(*(int *)end)) continue;
    FILE *client = fdopen(accept(*(int *)end, NULL, NULL), "r+");
    char line[256];
    size_t size = 0;
    for (int byte; client && (byte = fgetc(client)) != EOF;) {
      if (size < sizeof line - 1) line[size++] = (char)byte;
      line[size] = 0;
      if (size == 6 && memcmp(line, "$M<", 3) == 0) {
        fwrite("$M>\x03\x01\x00\x01/,", 1, 9, client);
      } else if (byte == '\n') {
        line[size - 1] = 0;
        obey(client, line);
      } else if (byte == '#' && size == 1) {
        fprintf(client, "\r\nEntering CLI Mode\r\n# ");
      } else {
        continue;
      }
      size = 0;
      fflush(client);
    }
    if (client) fclose(client);
  }
  return NULL;
}

// Levels the drone by its attitude, along the axes forwards, left and up, and turns it as the sticks say.
static void control(double period, float shares[4]) {
  static double learnt[3];
  const double w = state[7], x = state[8], y = -state[9], z = -state[10];
  const double angles[2] = {
    atan2(2 * (w * x + y * z), 1 - 2 * (x * x + y * y)), asin(fmin(fmax(2 * (w * y - z * x), -1), 1))};
  const double rates[3] = {state[1], -state[2], settings.is_later ? state[3] : -state[3]};
  const double full[3] = {1.0472, 1.0472, -2}, gains[3] = {0.027, 0.022, 0.18};
  double turn[3];
  for (int axis = 0; axis < 3; axis++) {
    const double stick = (channels[axis == 2 ? 3 : axis] - 1500) / 500.0 * full[axis];
    const double error = (axis == 2 ? stick : 6 * (stick - angles[axis])) - rates[axis];
    learnt[axis] = fmin(fmax(learnt[axis] + gains[axis] * error * period, -0.1), 0.1);
    turn[axis] = gains[axis] * error + learnt[axis];
  }
  if (settings.is_reversed) turn[2] = -turn[2];
  const double throttle = fmax(0.05, (channels[2] - 1000) / 1000.0);
  // Front right, back left, front left, back right; the first two turn against the clock.
  const double motors[4] = {
    throttle - turn[0] - turn[1] - turn[2], throttle + turn[0] + turn[1] - turn[2],
    throttle + turn[0] - turn[1] + turn[2], throttle - turn[0] + turn[1] + turn[2]};
  for (int motor = 0; motor < 4; motor++) {
    shares[settings.is_later ? (motor + 1) % 4 : motor] = (float)fmin(fmax(motors[motor], 0.02), 1);
  }
}

// What the loop does at a time. [s]
static void loop(int end, double time, double period) {
  static bool is_armed;
  float shares[4] = {0};
  pthread_mutex_lock(&lock);
  const bool wants = channels[4] > 1700;
  is_armed = wants && (is_armed || channels[2] < 1050);
  if (is_armed) control(period, shares);
  for (int motor = 0; motor < 4 && settings.tells_time; motor++) shares[motor] = (float)(time / 10);
  const bool answers = is_fresh && time < settings.silence;
  is_fresh = false;
  pthread_mutex_unlock(&lock);
  const struct sockaddr_in simulator = {
    .sin_family = AF_INET, .sin_port = htons(9002), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  if (answers) sendto(end, shares, sizeof shares, 0, (const struct sockaddr *)&simulator, sizeof simulator);
}

int main(int count, char **arguments) {
  settings.is_later = count > 0 && strstr(arguments[0], "2026") != NULL;
  load();
  static int states, sticks, commands;
  pthread_t threads[3];
  commands = listen_at(SOCK_STREAM, 5761);
  pthread_create(&threads[0], NULL, talk, &commands);
  states = listen_at(SOCK_DGRAM, 9003);
  sticks = listen_at(SOCK_DGRAM, 9004);
  pthread_create(&threads[1], NULL, take_states, &states);
  pthread_create(&threads[2], NULL, take_sticks, &sticks);
  const double start = now();
  for (double due = 0, last = 0;;) {
    const double time = now() - start;
    if (time >= due) {
      loop(states, time, fmin(time - last, 0.01));
      last = time;
      due = fmax(due + 125e-6, time);
    }
    const struct timespec pause = {.tv_nsec = 50000};
    nanosleep(&pause, NULL);
  }
}

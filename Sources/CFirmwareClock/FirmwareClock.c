// The clock, the network and the threads of a firmware that flies in a simulation.
//
// The firmware is Betaflight's SITL. Its main thread runs all tasks, by the monotonic clock; others wait for the
// datagrams of states and sticks. Here that clock goes on by a little with each look at it, by as much as a sleep
// asks for, and no further than the simulation has come: there the main thread waits for its turn. What would be
// other threads runs in the main one, as coroutines, and only while a turn brings something for them. So nothing
// depends on how fast the machine is, or on which thread is faster. While a firmware is told its settings, threads are
// threads, and time is what sleeps add up to.
//
// In flight no datagram comes from the network or goes there, and ports that are asked for are replaced by any that
// are free, so that firmware can run beside firmware.

#ifdef __linux__

#define _GNU_SOURCE
#include "CFirmwareClock.h"

#include <arpa/inet.h>
#include <dlfcn.h>
#include <errno.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <time.h>
#include <ucontext.h>
#include <unistd.h>

// The ports that are fixed when Betaflight is built.
enum { motors_port = 9002, state_port = 9003, sticks_port = 9004, command_line_port = 5761 };

// The simulator's end of this is the only thing that the firmware's standard input is for.
enum { simulator = STDIN_FILENO };

static const uint64_t second = 1000000000;
// What a look at the clock takes. [ns]
static const uint64_t look = 1000;
// How long a sleep takes at most while settings are told, however long it is by the clock.
static const struct timespec nap = {.tv_nsec = 50000};
static const size_t stack_size = 1 << 20;

static typeof(bind) *real_bind;
static typeof(clock_gettime) *real_clock_gettime;
static typeof(listen) *real_listen;
static typeof(nanosleep) *real_nanosleep;
static typeof(pthread_create) *real_pthread_create;
static typeof(recvfrom) *real_recvfrom;
static typeof(select) *real_select;
static typeof(sendto) *real_sendto;

static bool is_settings, is_flight;

// The sockets of the ports, which are known by them.
static int state_socket = -1, sticks_socket = -1, command_line_socket = -1;

// Whether the main loop runs.
static atomic_bool has_begun;

// Whether the command line listens, and nobody knows yet where.
static bool is_listening;

// Time since the firmware began, and how far it may go. [ns]
static uint64_t now, limit = FC_BEGINNING;

// What the motors were told last, and whether this turn's answer is given.
static fc_answer answer;
static bool has_answered;

// What would be a thread: it runs until it waits for a socket.
typedef struct coroutine {
  ucontext_t context;
  void *(*function)(void *);
  void *argument;
  int socket;            // which it waits for
  const uint8_t *bytes;  // what has come there
  size_t size;
  struct coroutine *next;
} coroutine;

static coroutine *coroutines, *current;
static ucontext_t main_thread;

__attribute__((constructor)) static void begin(void) {
  real_bind = dlsym(RTLD_NEXT, "bind");
  real_clock_gettime = dlsym(RTLD_NEXT, "clock_gettime");
  real_listen = dlsym(RTLD_NEXT, "listen");
  real_nanosleep = dlsym(RTLD_NEXT, "nanosleep");
  real_pthread_create = dlsym(RTLD_NEXT, "pthread_create");
  real_recvfrom = dlsym(RTLD_NEXT, "recvfrom");
  real_select = dlsym(RTLD_NEXT, "select");
  real_sendto = dlsym(RTLD_NEXT, "sendto");
  const char *purpose = getenv(FC_PURPOSE_VARIABLE);
  is_settings = purpose && strcmp(purpose, FC_PURPOSE_SETTINGS) == 0;
  is_flight = purpose && strcmp(purpose, FC_PURPOSE_FLIGHT) == 0;
}

// Lets a coroutine run until it waits, from the main thread.
static void resume(coroutine *one) {
  current = one;
  swapcontext(&main_thread, &one->context);
  current = NULL;
}

static void run_current(void) {
  coroutine *one = current;
  one->function(one->argument);
  one->socket = -1;  // it ends
}

int pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*function)(void *), void *argument) {
  if (!is_flight) return real_pthread_create(thread, attributes, function, argument);
  coroutine *one = calloc(1, sizeof *one);
  void *stack = malloc(stack_size);
  if (!one || !stack) return EAGAIN;
  getcontext(&one->context);
  one->context.uc_stack.ss_sp = stack;
  one->context.uc_stack.ss_size = stack_size;
  one->context.uc_link = &main_thread;
  one->function = function;
  one->argument = argument;
  one->next = coroutines;
  coroutines = one;
  makecontext(&one->context, run_current, 0);
  *thread = pthread_self();
  resume(one);
  return 0;
}

int select(int count, fd_set *readable, fd_set *writable, fd_set *failed, struct timeval *patience) {
  // While the main thread opens ports, one that waits for them could lose some: they share a list without a lock.
  while (is_settings && !has_begun && count > 0) real_nanosleep(&nap, NULL);
  if (!current) return real_select(count, readable, writable, failed, patience);
  current->socket = count - 1;
  swapcontext(&current->context, &main_thread);
  return 1;
}

ssize_t recvfrom(int socket, void *bytes, size_t size, int flags, struct sockaddr *sender, socklen_t *length) {
  if (!current || current->socket != socket) return real_recvfrom(socket, bytes, size, flags, sender, length);
  const size_t taken = current->size < size ? current->size : size;
  memcpy(bytes, current->bytes, taken);
  return (ssize_t)taken;
}

// Hands a datagram to the coroutine that waits for it.
static void deliver(int socket, const uint8_t *bytes, size_t size) {
  for (coroutine *one = coroutines; one; one = one->next) {
    if (one->socket != socket) continue;
    one->bytes = bytes;
    one->size = size;
    resume(one);
    return;
  }
}

// Says what the motors are told, once in a turn. Without a simulator there is nothing to fly.
static void answer_once(void) {
  if (has_answered) return;
  has_answered = true;
  if (send(simulator, &answer, sizeof answer, MSG_NOSIGNAL) != sizeof answer) _exit(0);
}

// Waits for the next turn, and hands out what it brings.
static void take_turn(void) {
  fc_turn turn;
  const ssize_t size = recv(simulator, &turn, sizeof turn, 0);
  if (size < (ssize_t)offsetof(fc_turn, sticks)) _exit(0);
  has_answered = false;
  if (size == sizeof turn) deliver(sticks_socket, turn.sticks, sizeof turn.sticks);
  deliver(state_socket, turn.state, sizeof turn.state);
  limit = turn.time;
}

int clock_gettime(clockid_t clock, struct timespec *time) {
  if ((!is_flight && !is_settings) || clock != CLOCK_MONOTONIC) return real_clock_gettime(clock, time);
  time->tv_sec = (time_t)(now / second);
  time->tv_nsec = (long)(now % second);
  now += look;
  return 0;
}

// The port of an address; 0 for what has none.
static int port_of(const struct sockaddr *address) {
  switch (address->sa_family) {
  case AF_INET: return ntohs(((const struct sockaddr_in *)address)->sin_port);
  case AF_INET6: return ntohs(((const struct sockaddr_in6 *)address)->sin6_port);
  default: return 0;
  }
}

// Says where the command line listens, once.
static void say_command_line(void) {
  if (!is_listening) return;
  is_listening = false;
  struct sockaddr_storage place;
  socklen_t size = sizeof place;
  getsockname(command_line_socket, (struct sockaddr *)&place, &size);
  const fc_command_line said = {.port = (uint16_t)port_of((const struct sockaddr *)&place)};
  if (send(simulator, &said, sizeof said, MSG_NOSIGNAL) != sizeof said) _exit(0);
}

int nanosleep(const struct timespec *duration, struct timespec *rest) {
  if ((!is_flight && !is_settings) || current) return real_nanosleep(duration, rest);
  now += (uint64_t)duration->tv_sec * second + (uint64_t)duration->tv_nsec;
  if (is_settings) {
    char byte;
    if (recv(simulator, &byte, sizeof byte, MSG_DONTWAIT) == 0) _exit(0);
    // Sleeps as short as this are those of the main loop.
    if (duration->tv_sec == 0 && duration->tv_nsec <= nap.tv_nsec) {
      has_begun = true;
      say_command_line();
    }
    return real_nanosleep(&nap, rest);
  }
  while (now >= limit) {
    answer_once();
    take_turn();
  }
  return 0;
}

ssize_t sendto(int socket, const void *bytes, size_t size, int flags, const struct sockaddr *to, socklen_t length) {
  if (!is_flight || !to) return real_sendto(socket, bytes, size, flags, to, length);
  if (port_of(to) == motors_port && size == sizeof answer.motors) {
    memcpy(answer.motors, bytes, size);
    // Within a coroutine it is no answer to what that has just been told.
    if (!current) answer_once();
  }
  return (ssize_t)size;
}

// Binds a socket to any free port of this machine alone.
static int bind_anywhere(int socket, sa_family_t family) {
  if (family == AF_INET6) {
    struct sockaddr_in6 place = {.sin6_family = AF_INET6};
    inet_pton(AF_INET6, "::ffff:127.0.0.1", &place.sin6_addr);
    return real_bind(socket, (const struct sockaddr *)&place, sizeof place);
  }
  struct sockaddr_in place = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  return real_bind(socket, (const struct sockaddr *)&place, sizeof place);
}

int bind(int socket, const struct sockaddr *address, socklen_t length) {
  if (!is_flight && !is_settings) return real_bind(socket, address, length);
  switch (port_of(address)) {
  case 0: return real_bind(socket, address, length);
  case state_port: state_socket = socket; break;
  case sticks_port: sticks_socket = socket; break;
  case command_line_port: command_line_socket = socket; break;
  }
  return bind_anywhere(socket, address->sa_family);
}

int listen(int socket, int count) {
  const int result = real_listen(socket, count);
  is_listening = is_listening || (result == 0 && is_settings && socket == command_line_socket);
  return result;
}

#endif

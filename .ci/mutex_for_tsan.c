// Tells the thread sanitizer of the locks that Swift's Mutex takes and gives back where threads meet: there it
// calls functions of Swift's runtime, which no sanitizer sees into. Loaded before that by '.ci/sanitize thread'.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdint.h>

#define SWIFT __attribute__((swiftcall))
#define LOCK "$s15Synchronization12_MutexHandleV9_lockSlowyys6UInt32VF"
#define UNLOCK "$s15Synchronization12_MutexHandleV11_unlockSlowyyF"

// Absent in programs that are not built with the sanitizer.
void __tsan_acquire(void *address) __attribute__((weak));
void __tsan_release(void *address) __attribute__((weak));

SWIFT void lock_slow(uint32_t thread, __attribute__((swift_context)) void *handle) __asm__(LOCK);
SWIFT void unlock_slow(__attribute__((swift_context)) void *handle) __asm__(UNLOCK);

SWIFT void lock_slow(uint32_t thread, __attribute__((swift_context)) void *handle) {
  SWIFT void (*next)(uint32_t, __attribute__((swift_context)) void *) = dlsym(RTLD_NEXT, LOCK);
  next(thread, handle);
  if (__tsan_acquire) __tsan_acquire(handle);
}

SWIFT void unlock_slow(__attribute__((swift_context)) void *handle) {
  SWIFT void (*next)(__attribute__((swift_context)) void *) = dlsym(RTLD_NEXT, UNLOCK);
  if (__tsan_release) __tsan_release(handle);
  next(handle);
}

// All other functions are written in Swift, in SwiftletC.

// For dladdr.
#define _GNU_SOURCE

#include "CSwiftlet.h"

#include <dlfcn.h>

const char *swiftlet_library_file(void) {
  Dl_info info;
  return dladdr((const void *)(uintptr_t)&swiftlet_library_file, &info) ? info.dli_fname : NULL;
}

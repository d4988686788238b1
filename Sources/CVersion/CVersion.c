#include "CVersion.h"

const char *cv_commit(void) { return SWIFTLET_COMMIT; }

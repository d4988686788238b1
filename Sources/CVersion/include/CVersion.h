#ifndef CVERSION_H
#define CVERSION_H

/// The commit that this was built from, as the manifest saw it; empty where it was built outside of git.
const char *cv_commit(void);

#endif

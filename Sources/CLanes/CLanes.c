// Swift inlines what the header holds; a target needs a file to compile.
#include "CLanes.h"

// What every processor has.

#include "Renderer.hpp"

#define LEVEL baseline
#define WIDTH 4
#include "Level.hpp"

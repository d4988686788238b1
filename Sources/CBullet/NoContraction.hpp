// Products and sums round one by one in all that follows this, Bullet's headers too. A compiler may
// otherwise make one instruction of both where the processor has one, and flights would depend on the
// flags of the build. Every header here that includes Bullet's includes this first.

#pragma once
#pragma STDC FP_CONTRACT OFF

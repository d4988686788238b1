// Products and sums round one by one, in all that is included or written after this, Bullet's headers too.
// A compiler is otherwise free to make one instruction of both where the processor has one, and flights
// would depend on the flags of the build. Every header of ours that includes Bullet's includes this first.

#pragma once
#pragma STDC FP_CONTRACT OFF

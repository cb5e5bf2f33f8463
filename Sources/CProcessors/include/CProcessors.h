#ifndef CPROCESSORS_H
#define CPROCESSORS_H

#include <stdint.h>

// Which processor a thread may run on, for two threads that are to work at the same time (Linux, sched_setaffinity(2)).

// The kernel's number of the calling thread.
int32_t cprocessors_this_thread(void);

// Keeps `thread` off the processor that the caller is on, so that it runs beside the caller when it is woken next, until this is
// called again. It may use every other processor that the caller may use; where that is none, nothing changes.
//
// Returns 0, or the number of the error (errno): the thread then runs where it could before.
int cprocessors_keep_off_mine(int32_t thread);

#endif

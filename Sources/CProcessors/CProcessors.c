#define _GNU_SOURCE
#include "CProcessors.h"

#include <errno.h>
#include <sched.h>
#include <unistd.h>

int32_t cprocessors_this_thread(void) { return gettid(); }

int cprocessors_keep_off_mine(int32_t thread) {
    cpu_set_t allowed;
    // The caller's own are asked for each time: they are what the operator left to the process, and can change.
    if (sched_getaffinity(0, sizeof allowed, &allowed) != 0) return errno;
    int here = sched_getcpu();
    if (here < 0) return errno;
    CPU_CLR(here, &allowed);
    if (CPU_COUNT(&allowed) == 0) return 0;
    return sched_setaffinity(thread, sizeof allowed, &allowed) == 0 ? 0 : errno;
}

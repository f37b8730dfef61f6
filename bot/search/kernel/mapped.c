/* Files that are cut short while they are mapped.

   SQLite maps the file by which processes share a database ("-shm"). Where somebody cuts that short,
   as an editor, a tool that synchronises, or a full disk may, the next look at it would end the
   process with a signal (SIGBUS). Here the page that is gone becomes one of zeros, which SQLite's own
   checksums do not take for anything written, and the file is remembered: who uses it asks
   `was_cut_short` and makes another. It is done on Linux, whose /proc says which file a page is of.
   Two threads may meet the same page at once: the second finds it replaced, and only tries again.
   While one thread replaces a page, another may miss its own in /proc's list, which is not read at
   one moment: then the list is read again.
   A signal for any other reason goes to whoever handled it before. */

#define _GNU_SOURCE

#include "bytes.h"

#ifdef __linux__

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define MOST_REMEMBERED 64
#define SUFFIX "-shm"
#define DELETED " (deleted)"
#define NO_FILE UINT64_MAX /* the page is of no file, or no longer */
#define NOT_LISTED (UINT64_MAX - 1)
#define MOST_READS 1000 /* of the list, until a page is taken for none of the process's */

static struct sigaction handled_before;
static uint64_t cut_short[MOST_REMEMBERED]; /* the files' inodes */
static uint32_t count; /* of those there ever were */

static uint64_t number_in(const char **at, const char *end, uint32_t base)
{
    uint64_t number = 0;
    for (; *at < end; ++*at) {
        char digit = **at;
        uint32_t value = digit >= '0' && digit <= '9'   ? (uint32_t)(digit - '0')
                         : digit >= 'a' && digit <= 'f' ? (uint32_t)(digit - 'a' + 10)
                                                        : base;
        if (value >= base)
            break;
        number = number * base + value;
    }
    return number;
}

static int ends_with(const char *start, const char *end, const char *suffix)
{
    size_t length = strlen(suffix);
    return (size_t)(end - start) >= length && !memcmp(end - length, suffix, length);
}

/* The inode of the file that a line of /proc/self/maps is about, where this address lies in it and
   SQLite shares a database by it; NO_FILE where the address lies in memory that is of no file;
   NOT_LISTED where it does not lie there; 0 in other files. A line: start-end rights offset device
   inode path. */
static uint64_t inode_in(const char *at, const char *end, uint64_t address)
{
    const char *line = at;
    uint64_t first = number_in(&at, end, 16), last, inode;
    if (at == end || *at++ != '-')
        return NOT_LISTED;
    last = number_in(&at, end, 16);
    if (address < first || address >= last)
        return NOT_LISTED;
    for (uint32_t field = 0; field < 4; field++) {
        if (!(at = memchr(at, ' ', (size_t)(end - at))))
            return 0;
        at++;
    }
    inode = number_in(&at, end, 10);
    if (!inode)
        return NO_FILE;
    if (ends_with(line, end, DELETED))
        end -= strlen(DELETED);
    return ends_with(line, end, SUFFIX) ? inode : 0;
}

static uint64_t inode_at(uint64_t address)
{
    char buffer[8192];
    size_t used = 0;
    ssize_t got;
    uint64_t found = NOT_LISTED;
    int maps = open("/proc/self/maps", O_RDONLY | O_CLOEXEC);
    if (maps < 0)
        return 0;
    while (found == NOT_LISTED && (got = read(maps, buffer + used, sizeof buffer - used)) > 0) {
        const char *line = buffer, *end;
        used += (size_t)got;
        while (found == NOT_LISTED && (end = memchr(line, '\n', (size_t)(buffer + used - line)))) {
            found = inode_in(line, end, address);
            line = end + 1;
        }
        used = (size_t)(buffer + used - line);
        memmove(buffer, line, used);
        if (used == sizeof buffer) /* a longer line than any path makes */
            used = 0;
    }
    close(maps);
    return found;
}

static void handle(int number, siginfo_t *info, void *context)
{
    int error = errno;
    uint64_t page = (uint64_t)sysconf(_SC_PAGESIZE);
    uint64_t address = (uint64_t)(uintptr_t)info->si_addr;
    uint64_t inode = info->si_code == BUS_ADRERR ? NOT_LISTED : 0;
    for (uint32_t reads = 0; reads < MOST_READS && inode == NOT_LISTED; reads++)
        inode = inode_at(address);
    if (inode == NO_FILE) {
        errno = error;
        return;
    }
    if (inode && inode != NOT_LISTED &&
        mmap((void *)(uintptr_t)(address - address % page), page, PROT_READ | PROT_WRITE,
             MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) != MAP_FAILED) {
        __atomic_store_n(cut_short + count % MOST_REMEMBERED, inode, __ATOMIC_SEQ_CST);
        __atomic_fetch_add(&count, 1, __ATOMIC_SEQ_CST);
        errno = error;
        return;
    }
    if (handled_before.sa_flags & SA_SIGINFO)
        handled_before.sa_sigaction(number, info, context);
    else if (handled_before.sa_handler == SIG_DFL || handled_before.sa_handler == SIG_IGN)
        signal(number, SIG_DFL); /* it comes again at once */
    else
        handled_before.sa_handler(number);
    errno = error;
}

/* From now on the process outlives such files; 0 where it does not. Called once. */
EXPORTED uint32_t outlive_short_files(void)
{
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_sigaction = handle;
    action.sa_flags = SA_SIGINFO | SA_ONSTACK;
    sigemptyset(&action.sa_mask);
    return !sigaction(SIGBUS, &action, &handled_before);
}

/* How many such files were met so far. */
EXPORTED uint32_t short_files(void)
{
    return __atomic_load_n(&count, __ATOMIC_SEQ_CST);
}

/* Whether the file of this inode was among them since there were so many. */
EXPORTED uint32_t was_cut_short(uint64_t inode, uint32_t since)
{
    uint32_t now = short_files();
    if (now - since > MOST_REMEMBERED)
        return 1; /* it may have been */
    for (; since != now; since++)
        if (__atomic_load_n(cut_short + since % MOST_REMEMBERED, __ATOMIC_SEQ_CST) == inode)
            return 1;
    return 0;
}

#else

EXPORTED uint32_t outlive_short_files(void)
{
    return 0;
}

EXPORTED uint32_t short_files(void)
{
    return 0;
}

EXPORTED uint32_t was_cut_short(uint64_t inode, uint32_t since)
{
    (void)inode, (void)since;
    return 0;
}

#endif

/* Stands between a program and the C library, counts what the program does to the files of one folder, and lets one of
 * these steps go wrong: opening to write, creating, writing, syncing, cutting, renaming, removing.
 *
 * FAULT_FOLDER  the folder, absolute
 * FAULT_ASIDE   another folder of the same file system; `steps` in it gets the name of each step
 * FAULT_AT      which step goes wrong, counted from 1; 0 for none
 * FAULT_KIND    kill   the process dies there, half way through if it is a write
 *               cut    the same, and the disk loses what was not synced: bytes behind the last sync of a file, and
 *                      names that were created, changed or removed since the last sync of their folder
 *               a number   the step fails with this error, once; with a + before it, so does every step after it
 *
 * SQLite's own files keep unsynced bytes in a cut: that it survives losing them is proved by its makers. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define REAL(type, name, ...) static type (*real)(__VA_ARGS__); if (!real) real = dlsym(RTLD_NEXT, name)
#define MOST 4096
#define PATH 512

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int steps;

/* A file that was written to, and how much of it is safe. */
static struct { dev_t device; ino_t inode; off_t synced; char path[PATH]; } written[MOST];
static int written_count;

/* A change to a folder that is not synced: what is new or gone is `path`, which was renamed from `other`. */
enum change { CREATED, RENAMED, REMOVED };
static struct { enum change change; char path[PATH], other[PATH]; int aside; } changes[MOST];
static int change_count, asides;

static const char *folder(void) { return getenv("FAULT_FOLDER"); }

static int is_within(const char *path) {
  const char *within = folder();
  return within && path && strncmp(path, within, strlen(within)) == 0;
}

static int path_of(int fd, char *path) {
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, PATH - 1);
  if (length < 0) return 0;
  path[length] = 0;
  return is_within(path);
}

static int is_of_sqlite(const char *path) {
  const char *name = strrchr(path, '/');
  return name && strstr(name, ".sqlite") && !strstr(name, ".new");
}

static void in_aside(char *path, int number) { snprintf(path, PATH, "%s/%d", getenv("FAULT_ASIDE"), number); }

static void note_step(const char *name, const char *path) {
  char steps_path[PATH], line[2 * PATH];
  snprintf(steps_path, sizeof steps_path, "%s/steps", getenv("FAULT_ASIDE"));
  REAL(int, "open", const char *, int, ...);
  int fd = real(steps_path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
  int length = snprintf(line, sizeof line, "%s %s\n", name, path + strlen(folder()));
  static ssize_t (*put)(int, const void *, size_t);
  if (!put) put = dlsym(RTLD_NEXT, "write");
  if (put(fd, line, length) != length) abort();
  close(fd);
}

/* What a power cut does to the disk. */
static void lose_what_is_not_synced(void) {
  REAL(int, "rename", const char *, const char *);
  static int (*drop)(const char *);
  if (!drop) drop = dlsym(RTLD_NEXT, "unlink");
  for (int i = 0; i < written_count; i++) {
    struct stat about;
    if (written[i].synced < 0 || stat(written[i].path, &about) != 0 || about.st_ino != written[i].inode) continue;
    if (about.st_size > written[i].synced && truncate(written[i].path, written[i].synced) != 0) abort();
  }
  for (int i = change_count - 1; i >= 0; i--) {
    char aside[PATH];
    in_aside(aside, changes[i].aside);
    if (changes[i].change == CREATED) drop(changes[i].path);
    if (changes[i].change == RENAMED) real(changes[i].path, changes[i].other);
    /* Where something stands by now, what stood there before is lost. */
    if (changes[i].aside && link(aside, changes[i].path) != 0 && errno != EEXIST) abort();
  }
}

static int fails(void) {
  static int at = -1, error, always, kind;
  if (at < 0) {
    const char *name = getenv("FAULT_KIND");
    at = getenv("FAULT_AT") ? atoi(getenv("FAULT_AT")) : 0;
    kind = name && strcmp(name, "kill") == 0 ? 1 : name && strcmp(name, "cut") == 0 ? 2 : 0;
    always = name && name[0] == '+';
    error = name && !kind ? atoi(name) : 0;
  }
  if (at == 0 || steps < at || (steps > at && !always)) return 0;
  return kind == 1 ? -1 : kind == 2 ? -2 : error;
}

static void die(int how) {
  if (how == -2) lose_what_is_not_synced();
  kill(getpid(), SIGKILL);
  for (;;) pause();
}

/* Counts a step that is no write. What it gives is the error that it ends with, or 0. */
static int step(const char *name, const char *path) {
  pthread_mutex_lock(&lock);
  steps++;
  note_step(name, path);
  int how = fails();
  if (how < 0) die(how);
  pthread_mutex_unlock(&lock);
  return how;
}

static void remember_change(enum change change, const char *path, const char *other) {
  pthread_mutex_lock(&lock);
  if (change_count == MOST) abort();
  int at = change_count++;
  changes[at].change = change;
  changes[at].aside = 0;
  snprintf(changes[at].path, PATH, "%s", path);
  snprintf(changes[at].other, PATH, "%s", other);
  /* What is removed, or replaced, may come back. */
  char aside[PATH];
  in_aside(aside, asides + 1);
  if (change != CREATED && link(path, aside) == 0) changes[at].aside = ++asides;
  for (int i = 0; change == RENAMED && i < written_count; i++)
    if (strcmp(written[i].path, other) == 0) snprintf(written[i].path, PATH, "%s", path);
  pthread_mutex_unlock(&lock);
}

static int find_written(int fd) {
  struct stat about;
  if (fstat(fd, &about) != 0 || !S_ISREG(about.st_mode)) return -1;
  for (int i = 0; i < written_count; i++)
    if (written[i].inode == about.st_ino && written[i].device == about.st_dev) return i;
  if (written_count == MOST) abort();
  written[written_count].device = about.st_dev;
  written[written_count].inode = about.st_ino;
  int is_safe = !path_of(fd, written[written_count].path) || is_of_sqlite(written[written_count].path);
  written[written_count].synced = is_safe ? -1 : about.st_size;
  return written_count++;
}

static void remember_sync(int fd, const char *path) {
  pthread_mutex_lock(&lock);
  struct stat about;
  if (fstat(fd, &about) == 0 && S_ISDIR(about.st_mode)) {
    int kept = 0;
    for (int i = 0; i < change_count; i++) {
      char parent[PATH];
      snprintf(parent, sizeof parent, "%s", changes[i].path);
      *strrchr(parent, '/') = 0;
      if (strcmp(parent, path) != 0) changes[kept++] = changes[i];
    }
    change_count = kept;
  } else {
    int at = find_written(fd);
    if (at >= 0 && written[at].synced >= 0) written[at].synced = about.st_size;
  }
  pthread_mutex_unlock(&lock);
}

static int open_with(int (*real)(const char *, int, ...), const char *path, int flags, mode_t mode) {
  if (!is_within(path) || !(flags & (O_WRONLY | O_RDWR))) return real(path, flags, mode);
  int is_new = (flags & O_CREAT) && access(path, F_OK) != 0;
  int error = step(is_new ? "create" : "open", path);
  if (error) { errno = error; return -1; }
  int fd = real(path, flags, mode);
  if (fd >= 0 && is_new && !is_of_sqlite(path)) remember_change(CREATED, path, "");
  return fd;
}

#define OPEN(name)                                                  \
  int name(const char *path, int flags, ...) {                      \
    REAL(int, #name, const char *, int, ...);                       \
    va_list rest;                                                   \
    va_start(rest, flags);                                          \
    mode_t mode = flags & O_CREAT ? va_arg(rest, mode_t) : 0;       \
    va_end(rest);                                                   \
    return open_with(real, path, flags, mode);                      \
  }
OPEN(open)
OPEN(open64)

/* Counts a write. Gives how much of it is done before it goes wrong, and the error that then ends it. */
static int write_step(int fd, size_t *count) {
  char path[PATH];
  if (!path_of(fd, path)) return 0;
  pthread_mutex_lock(&lock);
  find_written(fd);
  steps++;
  note_step("write", path);
  int how = fails();
  pthread_mutex_unlock(&lock);
  if (how) *count /= 2;
  return how;
}

ssize_t write(int fd, const void *bytes, size_t count) {
  REAL(ssize_t, "write", int, const void *, size_t);
  int how = write_step(fd, &count);
  if (how > 0) { errno = how; return -1; }
  ssize_t done = real(fd, bytes, count);
  if (how < 0) die(how);
  return done;
}

#define PWRITE(name, offset_type)                                           \
  ssize_t name(int fd, const void *bytes, size_t count, offset_type at) {   \
    REAL(ssize_t, #name, int, const void *, size_t, offset_type);           \
    int how = write_step(fd, &count);                                       \
    if (how > 0) { errno = how; return -1; }                                \
    ssize_t done = real(fd, bytes, count, at);                              \
    if (how < 0) die(how);                                                  \
    return done;                                                            \
  }
PWRITE(pwrite, off_t)
PWRITE(pwrite64, off64_t)

#define SYNC(name)                                          \
  int name(int fd) {                                        \
    REAL(int, #name, int);                                  \
    char path[PATH];                                        \
    if (!path_of(fd, path)) return real(fd);                \
    int error = step("sync", path);                         \
    if (error) { errno = error; return -1; }                \
    remember_sync(fd, path);                                \
    return real(fd);                                        \
  }
SYNC(fsync)
SYNC(fdatasync)

#define TRUNCATE(name, offset_type)                         \
  int name(int fd, offset_type length) {                    \
    REAL(int, #name, int, offset_type);                     \
    char path[PATH];                                        \
    if (!path_of(fd, path)) return real(fd, length);        \
    int error = step("cut", path);                          \
    if (error) { errno = error; return -1; }                \
    return real(fd, length);                                \
  }
TRUNCATE(ftruncate, off_t)
TRUNCATE(ftruncate64, off64_t)

int rename(const char *from, const char *to) {
  REAL(int, "rename", const char *, const char *);
  if (!is_within(from)) return real(from, to);
  int error = step("rename", from);
  if (error) { errno = error; return -1; }
  remember_change(RENAMED, to, from);
  return real(from, to);
}

int unlink(const char *path) {
  REAL(int, "unlink", const char *);
  if (!is_within(path) || access(path, F_OK) != 0) return real(path);
  int error = step("remove", path);
  if (error) { errno = error; return -1; }
  remember_change(REMOVED, path, "");
  return real(path);
}

int mkdir(const char *path, mode_t mode) {
  REAL(int, "mkdir", const char *, mode_t);
  if (!is_within(path) || access(path, F_OK) == 0) return real(path, mode);
  int error = step("create", path);
  if (error) { errno = error; return -1; }
  return real(path, mode);
}

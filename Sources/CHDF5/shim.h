// What Swift cannot see of libhdf5: macros, versioned names and unsigned sentinels, each turned
// into a plain function. Every function here returns a negative number on failure, so that one
// check in Swift serves them all.
#pragma once
#include <hdf5.h>
#include <fcntl.h>
#include <stdint.h>
#include <sys/file.h>

// --- Constants that are macros with casts or with a call to H5open() inside ------------------

// H5T_IEEE_F32LE: 4-byte IEEE float, little endian.
static inline hid_t chdf5_float32(void) { return H5T_IEEE_F32LE; }
// H5T_IEEE_F64LE: 8-byte IEEE float, little endian.
static inline hid_t chdf5_float64(void) { return H5T_IEEE_F64LE; }
// H5T_STD_I64LE: 8-byte signed integer, little endian.
static inline hid_t chdf5_int64(void) { return H5T_STD_I64LE; }
// H5T_STD_I32LE: 4-byte signed integer, little endian.
static inline hid_t chdf5_int32(void) { return H5T_STD_I32LE; }
// H5T_STD_U8LE: 1-byte unsigned integer.
static inline hid_t chdf5_uint8(void) { return H5T_STD_U8LE; }
// The same five as they lie in this machine's memory.
static inline hid_t chdf5_native_float32(void) { return H5T_NATIVE_FLOAT; }
static inline hid_t chdf5_native_float64(void) { return H5T_NATIVE_DOUBLE; }
static inline hid_t chdf5_native_int64(void) { return H5T_NATIVE_INT64; }
static inline hid_t chdf5_native_int32(void) { return H5T_NATIVE_INT32; }
static inline hid_t chdf5_native_uint8(void) { return H5T_NATIVE_UINT8; }
// H5P_*: classes of property lists.
static inline hid_t chdf5_class_file_access(void) { return H5P_FILE_ACCESS; }
static inline hid_t chdf5_class_dataset_create(void) { return H5P_DATASET_CREATE; }
static inline hid_t chdf5_class_link_create(void) { return H5P_LINK_CREATE; }

// --- Library -----------------------------------------------------------------------------

// Stops HDF5 from printing its error stack. In a thread-safe build this is a setting of the calling
// thread, so it is repeated before each call.
static inline herr_t chdf5_silence(void) { return H5Eset_auto2(H5E_DEFAULT, NULL, NULL); }

// Walks the calling thread's error stack, the innermost (most specific) entry first.
static inline herr_t chdf5_walk_errors(H5E_walk2_t visit, void *context) {
  return H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, visit, context);
}

// --- Strings -----------------------------------------------------------------------------

// A new string type of `size` bytes per element, or of variable length for size 0. The caller closes
// it. `utf8` false means ASCII; fixed strings are padded with NUL.
static inline hid_t chdf5_string_type(size_t size, int utf8) {
  hid_t type = H5Tcopy(H5T_C_S1);
  if (type < 0) return -1;
  if (H5Tset_size(type, size == 0 ? H5T_VARIABLE : size) >= 0 &&
      H5Tset_cset(type, utf8 ? H5T_CSET_UTF8 : H5T_CSET_ASCII) >= 0 &&
      (size == 0 || H5Tset_strpad(type, H5T_STR_NULLPAD) >= 0)) {
    return type;
  }
  H5Tclose(type);
  return -1;
}

// A new ASCII string type of `size` bytes with the NUL at its end. The caller closes it.
static inline hid_t chdf5_terminated_string_type(size_t size) {
  hid_t type = H5Tcopy(H5T_C_S1);
  if (type < 0) return -1;
  if (H5Tset_size(type, size) >= 0 && H5Tset_strpad(type, H5T_STR_NULLTERM) >= 0) return type;
  H5Tclose(type);
  return -1;
}

// Frees the strings HDF5 allocated while reading variable-length elements into `buffer`.
static inline herr_t chdf5_reclaim(hid_t type, hid_t space, void *buffer) {
  return H5Dvlen_reclaim(type, space, H5P_DEFAULT, buffer);
}

// 1 if the strings of this type are UTF-8, 0 if they are ASCII.
static inline int chdf5_string_is_utf8(hid_t type) {
  H5T_cset_t set = H5Tget_cset(type);
  return set < 0 ? -1 : set == H5T_CSET_UTF8;
}

// How fixed strings of this type end: 0 at the first NUL, 1 padded with NUL, 2 padded with spaces.
static inline int chdf5_string_padding(hid_t type) {
  switch (H5Tget_strpad(type)) {
    case H5T_STR_NULLTERM: return 0;
    case H5T_STR_NULLPAD: return 1;
    case H5T_STR_SPACEPAD: return 2;
    default: return -1;
  }
}

// Kind of an element type: 0 integer, 1 float, 3 string, 6 compound, 8 enumeration, 9 variable
// length, 10 array, others as in H5T_class_t.
static inline int chdf5_type_class(hid_t type) { return (int)H5Tget_class(type); }
// Byte order: 0 little endian, 1 big endian, others as in H5T_order_t.
static inline int chdf5_type_order(hid_t type) { return (int)H5Tget_order(type); }
// 1 for signed integers, 0 for unsigned.
static inline int chdf5_type_signed(hid_t type) { return (int)H5Tget_sign(type); }
// Bytes of one element in memory.
static inline int64_t chdf5_type_size(hid_t type) {
  size_t size = H5Tget_size(type);
  return size == 0 || size > INT64_MAX ? -1 : (int64_t)size;
}

// --- Files -------------------------------------------------------------------------------

// The operating system's descriptor of an open file, or -1.
static inline int chdf5_descriptor(hid_t file) {
  void *handle = NULL;
  if (file < 0 || H5Fget_vfd_handle(file, H5P_DEFAULT, &handle) < 0 || handle == NULL) return -1;
  return *(int *)handle;
}

// Keeps a file from being inherited by programs this one starts, which would keep its lock.
static inline hid_t chdf5_unshared(hid_t file) {
  int descriptor = chdf5_descriptor(file);
  if (descriptor >= 0) fcntl(descriptor, F_SETFD, FD_CLOEXEC);
  return file;
}

#if defined(__linux__)
// Declared by <fcntl.h> only under _GNU_SOURCE.
int sync_file_range(int descriptor, __off64_t start, __off64_t count, unsigned int flags);
int fallocate(int descriptor, int mode, __off_t start, __off_t count);
#endif

// Sets blocks of the disk aside for the first bytes of a file, whose size stays as it is. Where the system cannot, or the
// disk is too full, nothing happens.
static inline void chdf5_reserve(int descriptor, int64_t count) {
#if defined(__linux__)
  (void)fallocate(descriptor, 1, 0, count);  // FALLOC_FL_KEEP_SIZE
#else
  (void)descriptor, (void)count;
#endif
}

// Has the system begin to bring all that was written to the disk. Returns at once, or when the disk has room for more
// requests; errors are left to whoever syncs the file in earnest, and not taken from him as by an early fsync.
static inline void chdf5_begin_sync(int descriptor) {
#if defined(__linux__)
  (void)sync_file_range(descriptor, 0, 0, 2);  // SYNC_FILE_RANGE_WRITE
#else
  (void)descriptor;
#endif
}

static inline hid_t chdf5_create_file(const char *path, int exclusive, hid_t access) {
  unsigned mode = exclusive ? H5F_ACC_EXCL : H5F_ACC_TRUNC;
  return chdf5_unshared(H5Fcreate(path, mode, H5P_DEFAULT, access));
}

static inline hid_t chdf5_open_file(const char *path, int writable, hid_t access) {
  return chdf5_unshared(H5Fopen(path, writable ? H5F_ACC_RDWR : H5F_ACC_RDONLY, access));
}

// Closes a file. The lock goes first, by name: a program started in the moment before
// chdf5_unshared() may hold a copy of the descriptor, and would hold the lock with it.
static inline herr_t chdf5_close_file(hid_t file) {
  int descriptor = chdf5_descriptor(file);
  herr_t flushed = H5Fflush(file, H5F_SCOPE_LOCAL);
  if (flushed >= 0 && descriptor >= 0) flock(descriptor, LOCK_UN);
  return H5Fclose(file);
}

// Settings for opening a file: everything inside closes with it; the oldest file format that holds
// the contents (old-style groups); objects of at least `threshold` bytes start at multiples of
// `alignment`; plain files whatever the environment says; a file system without locks is no reason
// to refuse.
static inline herr_t chdf5_set_access(hid_t access, uint64_t threshold, uint64_t alignment) {
  if (H5Pset_fclose_degree(access, H5F_CLOSE_STRONG) < 0) return -1;
  if (H5Pset_fapl_sec2(access) < 0) return -1;
  if (H5Pset_libver_bounds(access, H5F_LIBVER_EARLIEST, H5F_LIBVER_LATEST) < 0) return -1;
#if H5_VERSION_GE(1, 10, 7)
  if (H5Pset_file_locking(access, 1, 1) < 0) return -1;
#endif
  return H5Pset_alignment(access, threshold, alignment);
}

// --- Links and objects, whose functions were renamed between 1.10 and 1.12 -----------------

static inline int chdf5_link_kind_of(H5L_type_t type) {
  switch (type) {
    case H5L_TYPE_HARD: return 0;
    case H5L_TYPE_SOFT: return 1;
    case H5L_TYPE_EXTERNAL: return 2;
    default: return 3;
  }
}

// Kind of the link `name` in a group: 0 hard, 1 soft, 2 external, 3 user-defined.
static inline int chdf5_link(hid_t group, const char *name) {
  H5L_info_t info;
  if (H5Lget_info(group, name, &info, H5P_DEFAULT) < 0) return -1;
  return chdf5_link_kind_of(info.type);
}

static inline int chdf5_object_kind_of(H5O_type_t type) {
  switch (type) {
    case H5O_TYPE_GROUP: return 0;
    case H5O_TYPE_DATASET: return 1;
    default: return 2;
  }
}

// Kind of the object a link leads to: 0 group, 1 dataset, 2 anything else. Follows links.
static inline int chdf5_object(hid_t group, const char *name) {
  H5O_info_t info;
#if H5_VERSION_GE(1, 12, 0)
  if (H5Oget_info_by_name3(group, name, &info, H5O_INFO_BASIC, H5P_DEFAULT) < 0) return -1;
#else
  if (H5Oget_info_by_name2(group, name, &info, H5O_INFO_BASIC, H5P_DEFAULT) < 0) return -1;
#endif
  return chdf5_object_kind_of(info.type);
}

// Called with each name; a non-zero return ends the walk.
typedef int (*chdf5_visit)(const char *name, int kind, void *context);
typedef struct {
  chdf5_visit visit;
  void *context;
} chdf5_visitor;

static inline herr_t chdf5_visit_link(
    hid_t group, const char *name, const H5L_info_t *info, void *data) {
  (void)group;
  chdf5_visitor *visitor = (chdf5_visitor *)data;
  return visitor->visit(name, chdf5_link_kind_of(info->type), visitor->context);
}

// Calls `visit` with name and link kind of every member of a group.
static inline herr_t chdf5_each_link(hid_t group, chdf5_visit visit, void *context) {
  chdf5_visitor visitor = {visit, context};
  hsize_t index = 0;
  return H5Literate(
      group, H5_INDEX_NAME, H5_ITER_INC, &index, chdf5_visit_link, &visitor);
}

static inline herr_t chdf5_visit_attribute(
    hid_t object, const char *name, const H5A_info_t *info, void *data) {
  (void)object;
  (void)info;
  chdf5_visitor *visitor = (chdf5_visitor *)data;
  return visitor->visit(name, 0, visitor->context);
}

// Calls `visit` with the name of every attribute of an object.
static inline herr_t chdf5_each_attribute(hid_t object, chdf5_visit visit, void *context) {
  chdf5_visitor visitor = {visit, context};
  hsize_t index = 0;
  return H5Aiterate2(
      object, H5_INDEX_NAME, H5_ITER_INC, &index, chdf5_visit_attribute, &visitor);
}

// 1 for a dataspace that holds no elements at all (H5S_NULL), 0 for all others.
static inline int chdf5_space_is_null(hid_t space) {
  H5S_class_t kind = H5Sget_simple_extent_type(space);
  return kind == H5S_NO_CLASS ? -1 : kind == H5S_NULL;
}

// A dataspace of one element and no axes.
static inline hid_t chdf5_scalar_space(void) { return H5Screate(H5S_SCALAR); }

// Selects a block of a dataspace: `count` elements from `start` on along each axis.
static inline herr_t chdf5_select(hid_t space, const hsize_t *start, const hsize_t *count) {
  return H5Sselect_hyperslab(space, H5S_SELECT_SET, start, NULL, count, NULL);
}

// --- Datasets ----------------------------------------------------------------------------

// First byte of a contiguous dataset in its file, or -1 where there is none.
static inline int64_t chdf5_offset(hid_t dataset) {
  haddr_t address = H5Dget_offset(dataset);
  return address == HADDR_UNDEF || address > INT64_MAX ? -1 : (int64_t)address;
}

// Bytes a dataset's data take in the file (0 also where HDF5 cannot tell).
static inline int64_t chdf5_storage_size(hid_t dataset) {
  hsize_t size = H5Dget_storage_size(dataset);
  return size > INT64_MAX ? -1 : (int64_t)size;
}

// Layout of a dataset's data: 0 contiguous, 1 chunked, 2 compact, 3 virtual, 4 in other files.
static inline int chdf5_layout(hid_t creation) {
  switch (H5Pget_layout(creation)) {
    case H5D_COMPACT: return 2;
    case H5D_CHUNKED: return 1;
    case H5D_VIRTUAL: return 3;
    case H5D_CONTIGUOUS: {
      int count = H5Pget_external_count(creation);
      return count < 0 ? -1 : count > 0 ? 4 : 0;
    }
    default: return -1;
  }
}

// Identifier of the filter at `index`.
static inline int chdf5_filter(hid_t creation, unsigned index) {
  unsigned flags = 0;
  size_t values = 0;
  return H5Pget_filter2(creation, index, &flags, &values, NULL, 0, NULL, NULL);
}

// Settings for a new dataset: no time stamps, so that equal contents give equal bytes; space is
// allocated at once, so that its offset is known; filled with zeros unless `filled` is 0.
static inline herr_t chdf5_set_creation(hid_t creation, int filled) {
  if (H5Pset_obj_track_times(creation, 0) < 0) return -1;
  if (H5Pset_alloc_time(creation, H5D_ALLOC_TIME_EARLY) < 0) return -1;
  return H5Pset_fill_time(creation, filled ? H5D_FILL_TIME_ALLOC : H5D_FILL_TIME_NEVER);
}

// Settings for a new link: groups on its way are made, and a name beyond ASCII is marked UTF-8.
static inline herr_t chdf5_set_link(hid_t link, int utf8) {
  if (H5Pset_create_intermediate_group(link, 1) < 0) return -1;
  return H5Pset_char_encoding(link, utf8 ? H5T_CSET_UTF8 : H5T_CSET_ASCII);
}

#pragma once
#include <zlib.h>

// zlib's initialisers are macros that pass the library version and the size of the structure.

/// Begins to unpack a gzip file: 15 bits of window, and 16 to accept the gzip wrapping only.
static inline int latentzoo_inflate_init_gzip(z_stream *_Nonnull stream) {
  return inflateInit2(stream, 15 + 16);
}

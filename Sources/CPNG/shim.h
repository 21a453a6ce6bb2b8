#pragma once
#include <png.h>

// libpng's simplified interface counts sizes in macros and returns messages in an array; Swift needs
// functions.

/// Readies a picture for a call: everything zero but the version.
static inline png_image latentzoo_png_image(void) {
  png_image image = {0};
  image.version = PNG_IMAGE_VERSION;
  return image;
}

/// Bytes that surely hold the picture once it is written.
static inline size_t latentzoo_png_size_limit(png_image image) {
  return PNG_IMAGE_PNG_SIZE_MAX(image);
}

/// What libpng said about the last call; empty where it said nothing.
static inline const char *_Nonnull latentzoo_png_message(const png_image *_Nonnull image) {
  return image->message;
}

/// Whether the stored picture has colours, or is grey.
static inline int latentzoo_png_has_colour(png_image image) {
  return (image.format & PNG_FORMAT_FLAG_COLOR) != 0;
}

/// The pixel formats that we read and write.
static inline png_uint_32 latentzoo_png_format(int channels) {
  return channels == 1 ? PNG_FORMAT_GRAY : PNG_FORMAT_RGB;
}

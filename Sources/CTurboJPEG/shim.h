#pragma once
#include <turbojpeg.h>

// The TurboJPEG interface of libjpeg-turbo reports errors by return values; the libjpeg interface leaves
// by longjmp, which Swift code must not be jumped over by.

/// The engine's own kernels and its team of workers.
///
/// All kernels compile for three levels of x86-64 (`LZ_CLONES`) and are chosen when the program loads, so that
/// the package needs no compiler flags. None of them allocates, and each works on a range, so that a
/// team can share the work; results do not depend on how the ranges were cut.
#pragma once
#include "conversions.h"
#include "convolutions.h"
#include "elementwise.h"
#include "extremes.h"
#include "indexing.h"
#include "moves.h"
#include "normalization.h"
#include "optimizers.h"
#include "pooling.h"
#include "random.h"
#include "recurrence.h"
#include "reductions.h"
#include "resizing.h"
#include "sha256.h"
#include "softmax.h"
#include "team.h"

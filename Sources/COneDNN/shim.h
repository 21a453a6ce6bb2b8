#pragma once
#include <oneapi/dnnl/dnnl.h>

// Argument indices are macros of macros; these constants carry them over to Swift.
static const int lz_argument_source = DNNL_ARG_SRC;
static const int lz_argument_weights = DNNL_ARG_WEIGHTS;
static const int lz_argument_bias = DNNL_ARG_BIAS;
static const int lz_argument_destination = DNNL_ARG_DST;
static const int lz_argument_gradient_source = DNNL_ARG_DIFF_SRC;
static const int lz_argument_gradient_weights = DNNL_ARG_DIFF_WEIGHTS;
static const int lz_argument_gradient_destination = DNNL_ARG_DIFF_DST;
static const int lz_argument_scratchpad = DNNL_ARG_SCRATCHPAD;

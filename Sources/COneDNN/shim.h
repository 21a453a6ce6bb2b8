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

// Layouts hold unions and fixed arrays, which Swift sees as tuples; these read one axis of them.

/// Whether the layout is one of blocks, or plain, which is blocks of one element.
static inline int lz_layout_is_blocked(const dnnl_memory_desc_t *layout) {
  return layout->format_kind == dnnl_blocked;
}

/// Elements of a block along an axis.
static inline dnnl_dim_t lz_layout_block(const dnnl_memory_desc_t *layout, int axis) {
  dnnl_dim_t extent = 1;
  for (int i = 0; i < layout->format_desc.blocking.inner_nblks; i++)
    if (layout->format_desc.blocking.inner_idxs[i] == axis) extent *= layout->format_desc.blocking.inner_blks[i];
  return extent;
}

/// Elements in memory from one block to the next along an axis.
static inline dnnl_dim_t lz_layout_stride(const dnnl_memory_desc_t *layout, int axis) {
  return layout->format_desc.blocking.strides[axis];
}

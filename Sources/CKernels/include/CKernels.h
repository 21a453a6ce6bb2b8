/// The engine's own kernels and its team of workers. See each header.
#pragma once

#pragma once
#include <stddef.h>

// LAPACK and BLAS come without a C header; these are the Fortran routines we call. Every argument goes by address, and
// the lengths of the character arguments follow at the end, as gfortran has them.

void dgemm_(
  const char *transa, const char *transb, const int *m, const int *n, const int *k, const double *alpha,
  const double *a, const int *lda, const double *b, const int *ldb, const double *beta, double *c,
  const int *ldc, size_t transa_length, size_t transb_length);
void dsyevr_(
  const char *jobz, const char *range, const char *uplo, const int *n, double *a, const int *lda, const double *vl,
  const double *vu, const int *il, const int *iu, const double *abstol, int *m, double *w, double *z, const int *ldz,
  int *isuppz, double *work, const int *lwork, int *iwork, const int *liwork, int *info, size_t jobz_length,
  size_t range_length, size_t uplo_length);
void dpotrf_(
  const char *uplo, const int *n, double *a, const int *lda, int *info, size_t uplo_length);
void dpotrs_(
  const char *uplo, const int *n, const int *nrhs, const double *a, const int *lda, double *b, const int *ldb,
  int *info, size_t uplo_length);

/// `C = op(A) · op(B)` of row-major matrices: C is `rows × columns`, the sum runs over `inner`.
///
/// Fortran reads a row-major matrix as its transpose, so it computes `Cᵀ = op(B)ᵀ · op(A)ᵀ`.
static inline void lz_product(
  int rows, int columns, int inner, const double *a, int a_is_transposed, const double *b, int b_is_transposed,
  double *c
) {
  const double one = 1, zero = 0;
  const int lda = a_is_transposed ? rows : inner, ldb = b_is_transposed ? inner : columns;
  dgemm_(
    b_is_transposed ? "T" : "N", a_is_transposed ? "T" : "N", &columns, &rows, &inner, &one, b, &ldb, a, &lda,
    &zero, c, &columns, 1, 1);
}

/// The `count` greatest eigenvalues of a symmetric matrix, ascending, and their eigenvectors, one a row of `vectors`.
///
/// The matrix is overwritten. With `work_count` -1 it only writes the sizes it needs to `work[0]` and `iwork[0]`.
/// `support` has room for two numbers an eigenvector.
static inline int lz_symmetric_eigen(
  int size, int count, double *matrix, double *values, double *vectors, int *support, double *work, int work_count,
  int *iwork, int iwork_count
) {
  const double unused = 0, tolerance = 0;
  const int first = size - count + 1;
  int found = 0, info = 0;
  dsyevr_(
    "V", count == size ? "A" : "I", "U", &size, matrix, &size, &unused, &unused, &first, &size, &tolerance, &found,
    values, vectors, &size, support, work, &work_count, iwork, &iwork_count, &info, 1, 1, 1);
  return info == 0 && work_count != -1 && found != count ? size : info;
}

/// The lower triangle `L` of a row-major symmetric matrix `L · Lᵀ`, in place; what is above it stays as it was.
static inline int lz_cholesky(int size, double *matrix) {
  int info = 0;
  dpotrf_("U", &size, matrix, &size, &info, 1);
  return info;
}

/// Solves `L · Lᵀ · x = b` for each row of `b`, `count × size`, in place.
static inline int lz_cholesky_solve(int size, int count, const double *factor, double *b) {
  int info = 0;
  dpotrs_("U", &size, &count, factor, &size, b, &size, &info, 1);
  return info;
}

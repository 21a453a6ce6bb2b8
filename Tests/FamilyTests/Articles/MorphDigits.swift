import LatentZoo

/// Images between two others, `[count, C, H, W]`: codes on the line between their codes, decoded.
func morphs(of pair: NDArray, count: Int, by model: Model) throws -> NDArray {
  let codes = try model.encode(pair)
  let (first, last) = (Tensor(codes.rows(0..<1)), Tensor(codes.rows(1..<2)))
  let shares = NDArray((0..<count).map { Float($0) / Float(count - 1) }, shape: [count, 1])
  return try model.decode(try (first + Tensor(shares) * (last - first)).evaluated())
}

extension Picture {
  /// The picture with another number of pixels, without regard to its proportions.
  ///
  /// Along an axis that shrinks, each new pixel is the mean of the area it covers, which keeps fine
  /// patterns from turning into coarse ones; along an axis that grows, it is interpolated between the
  /// two nearest.
  ///
  /// - Precondition: the new sizes are at least 1.
  func resized(width newWidth: Int, height newHeight: Int) -> Picture {
    precondition(newWidth >= 1 && newHeight >= 1, "a picture of \(newWidth)×\(newHeight) pixels")
    guard newWidth != width || newHeight != height else { return self }
    let columns = AxisResampling(from: width, to: newWidth)
    let rows = AxisResampling(from: height, to: newHeight)
    // Rows first get their new length one by one, then lengths of a column are mixed.
    var narrow = [Float](repeating: 0, count: height * newWidth * channels)
    for y in 0..<height {
      for x in 0..<newWidth {
        for tap in columns.taps(of: x) {
          let source = (y * width + tap.position) * channels
          let target = (y * newWidth + x) * channels
          for channel in 0..<channels {
            narrow[target + channel] += tap.weight * Float(bytes[source + channel])
          }
        }
      }
    }
    var result = Picture(width: newWidth, height: newHeight, channels: channels, shade: 0)
    let rowLength = newWidth * channels
    var line = [Float](repeating: 0, count: rowLength)
    for y in 0..<newHeight {
      for index in 0..<rowLength { line[index] = 0 }
      for tap in rows.taps(of: y) {
        let start = tap.position * rowLength
        for index in 0..<rowLength { line[index] += tap.weight * narrow[start + index] }
      }
      for index in 0..<rowLength {
        result.bytes[y * rowLength + index] = UInt8(min(max(line[index].rounded(), 0), 255))
      }
    }
    return result
  }

  /// A part of the picture.
  ///
  /// - Precondition: the part lies in the picture and is not empty.
  func cropped(x: Range<Int>, y: Range<Int>) -> Picture {
    var result: [UInt8] = []
    result.reserveCapacity(x.count * y.count * channels)
    for row in y {
      let start = row * width
      result += bytes[(start + x.lowerBound) * channels..<(start + x.upperBound) * channels]
    }
    return Picture(width: x.count, height: y.count, channels: channels, bytes: result)
  }
}

/// How the pixels along one axis of a picture are mixed from those along the same axis of another.
private struct AxisResampling {
  /// A pixel that contributes, and how much.
  struct Tap {
    let position: Int
    let weight: Float
  }

  private let allTaps: [Tap]
  private let ends: [Int]

  init(from old: Int, to new: Int) {
    var taps: [Tap] = []
    var ends: [Int] = []
    let step = Double(old) / Double(new)
    for index in 0..<new {
      taps +=
        old > new
        ? Self.coverage(from: Double(index) * step, to: Double(index + 1) * step, of: old)
        : Self.neighbours(of: (Double(index) + 0.5) * step - 0.5, of: old)
      ends.append(taps.count)
    }
    (allTaps, self.ends) = (taps, ends)
  }

  /// What the pixel at `index` is mixed of; the weights add up to 1.
  func taps(of index: Int) -> ArraySlice<Tap> {
    allTaps[(index == 0 ? 0 : ends[index - 1])..<ends[index]]
  }

  /// Each old pixel by the share of it that lies in the interval.
  private static func coverage(from start: Double, to end: Double, of count: Int) -> [Tap] {
    (Int(start)..<min(count, Int(end.rounded(.up)))).compactMap { position in
      let share = min(end, Double(position + 1)) - max(start, Double(position))
      return share > 1e-9
        ? Tap(position: position, weight: Float(share / (end - start))) : nil
    }
  }

  /// The two old pixels around a place, the nearer one the more.
  private static func neighbours(of place: Double, of count: Int) -> [Tap] {
    let place = min(max(place, 0), Double(count - 1))
    let first = min(Int(place), max(0, count - 2))
    let share = place - Double(first)
    guard share > 0 else { return [Tap(position: first, weight: 1)] }
    return [
      Tap(position: first, weight: Float(1 - share)),
      Tap(position: first + 1, weight: Float(share)),
    ]
  }
}

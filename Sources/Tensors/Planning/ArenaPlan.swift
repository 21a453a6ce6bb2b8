/// Where in one block of memory each intermediate value lies.
///
/// A value's memory is taken again once it is dead: by any value that appears after a barrier, and within a phase by a
/// value of the same size whose shares lie just where the dead one's lay, so that no worker touches
/// what another may still read.
struct ArenaPlan {
  /// Byte offset of each arena value.
  private(set) var offsets: [ValueID: Int] = [:]
  /// Bytes of the whole block.
  private(set) var byteCount = 0

  fileprivate struct Life {
    let value: ValueID
    let bytes: Int
    var first: Int
    var last: Int
    var firstPhase: Int
    var lastPhase: Int
    /// Elements each worker touches in the first and in the last phase.
    var earlyRanges: [Int: Range<Int>] = [:]
    var lateRanges: [Int: Range<Int>] = [:]
  }

  init(values: [Lowering.Value], kept: Set<ValueID>, schedule: Schedule) {
    var placed: [Life] = []
    for life in Self.lives(values, kept, schedule) {
      let offset = place(life, among: placed)
      offsets[life.value] = offset
      byteCount = max(byteCount, offset + life.bytes)
      placed.append(life)
    }
  }

  /// When each arena value is first and last touched, in order of appearance.
  private static func lives(
    _ values: [Lowering.Value], _ kept: Set<ValueID>, _ schedule: Schedule
  ) -> [Life] {
    var lives: [ValueID: Life] = [:]
    for (place, kernel) in schedule.order.enumerated() {
      let phase = schedule.phases[place]
      for (worker, own) in schedule.accesses[kernel].enumerated() {
        for access in own {
          guard case .arena = values[access.value].origin else { continue }
          var life =
            lives[access.value]
            ?? Life(
              value: access.value, bytes: aligned(values[access.value].count), first: place,
              last: place, firstPhase: phase, lastPhase: phase)
          life.touch(place, phase, worker, access.range)
          lives[access.value] = life
        }
      }
    }
    for value in kept { lives[value]?.last = .max }
    return lives.values.sorted { ($0.first, $0.value) < ($1.first, $1.value) }
  }

  private static func aligned(_ count: Int) -> Int {
    let bytes = count * MemoryLayout<Float>.stride
    return max(bytes + Storage.alignment - 1, Storage.alignment) / Storage.alignment
      * Storage.alignment
  }

  /// The lowest offset at which a value meets no other that is alive, or that another worker may still touch.
  private func place(_ life: Life, among placed: [Life]) -> Int {
    var blocked: [Range<Int>] = []
    var exact: [Int] = []
    for other in placed where other.conflicts(with: life) {
      guard let offset = offsets[other.value] else { continue }
      blocked.append(offset..<offset + other.bytes)
      if other.canHandOver(to: life) { exact.append(offset) }
    }
    for offset in Set(exact).sorted() {
      let range = offset..<offset + life.bytes
      let isFree = placed.allSatisfy { other in
        guard other.conflicts(with: life), let at = offsets[other.value] else { return true }
        return !range.overlaps(at..<at + other.bytes)
          || (at == offset && other.canHandOver(to: life))
      }
      if isFree { return offset }
    }
    var candidate = 0
    for range in blocked.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if candidate + life.bytes <= range.lowerBound { break }
      candidate = max(candidate, range.upperBound)
    }
    return candidate
  }
}

extension ArenaPlan.Life {
  mutating func touch(_ place: Int, _ phase: Int, _ worker: Int, _ range: Range<Int>) {
    if phase > lastPhase { lateRanges = [:] }
    (last, lastPhase) = (place, phase)
    if phase == firstPhase { earlyRanges[worker] = union(earlyRanges[worker], range) }
    lateRanges[worker] = union(lateRanges[worker], range)
  }

  private func union(_ a: Range<Int>?, _ b: Range<Int>) -> Range<Int> {
    guard let a else { return b }
    return min(a.lowerBound, b.lowerBound)..<max(a.upperBound, b.upperBound)
  }

  /// Whether a later value must keep away, short of an exact hand-over.
  func conflicts(with later: ArenaPlan.Life) -> Bool {
    last >= later.first || lastPhase >= later.firstPhase
  }

  /// Whether a later value of the same phase may take exactly this memory.
  func canHandOver(to later: ArenaPlan.Life) -> Bool {
    guard last < later.first, bytes == later.bytes else { return false }
    for (worker, range) in lateRanges {
      for (other, taken) in later.earlyRanges where other != worker {
        if range.overlaps(taken) { return false }
      }
    }
    return true
  }
}

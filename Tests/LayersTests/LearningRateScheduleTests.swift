import Foundation
import Layers
import Testing

@Suite struct LearningRateScheduleTests {
  @Test("A schedule starts at 1, and ends where its course does")
  func ends() {
    let ends: [LearningRateSchedule.Course: Double] = [
      .constant: 1, .linear: 0, .cosine: 0, .exponential: 0.01,
    ]
    for course in LearningRateSchedule.Course.allCases {
      let schedule = LearningRateSchedule(course)
      #expect(schedule.factor(at: 0, of: 100) == 1)
      let end = ends[course] ?? -1
      #expect(abs(schedule.factor(at: 100, of: 100) - end) < 1e-12)
      #expect(abs(schedule.factor(at: 1_000_000, of: 100) - end) < 1e-12)
    }
  }

  @Test("Half-way the courses are at their closed forms")
  func middle() {
    let expected: [LearningRateSchedule.Course: Double] = [
      .constant: 1, .linear: 0.5, .cosine: 0.5, .exponential: 0.1,
    ]
    for (course, factor) in expected {
      let found = LearningRateSchedule(course, warmUpSteps: 10).factor(at: 60, of: 110)
      #expect(abs(found - factor) < 1e-12, "\(course)")
    }
  }

  @Test("Warming up rises in a straight line to 1, then the course begins")
  func warmUp() {
    for course in LearningRateSchedule.Course.allCases {
      let schedule = LearningRateSchedule(course, warmUpSteps: 4)
      #expect((0..<5).map { schedule.factor(at: $0, of: 20) } == [0.25, 0.5, 0.75, 1, 1])
    }
  }

  @Test("Factors stay within 0 and 1 and fall after warming up, however short the training")
  func bounds() {
    for course in LearningRateSchedule.Course.allCases {
      for (warmUp, total) in [(0, 0), (0, 1), (1, 1), (5, 3), (3, 5), (0, 50), (10, 50)] {
        let schedule = LearningRateSchedule(course, warmUpSteps: warmUp)
        let factors = (0...total + 2).map { schedule.factor(at: $0, of: total) }
        #expect(factors.allSatisfy { (0...1).contains($0) })
        let falling = factors.dropFirst(warmUp)
        #expect(zip(falling, falling.dropFirst()).allSatisfy { $0 >= $1 })
      }
    }
  }

  @Test("A schedule is stored under the names of its settings")
  func coding() throws {
    let schedule = LearningRateSchedule(.cosine, warmUpSteps: 7)
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let data = try encoder.encode(schedule)
    #expect(String(decoding: data, as: UTF8.self) == #"{"course":"cosine","warmUpSteps":7}"#)
    #expect(try JSONDecoder().decode(LearningRateSchedule.self, from: data) == schedule)
  }
}

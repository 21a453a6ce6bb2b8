import ArgumentParser
import LatentZoo

/// Which examples are held back: `auto`, `none` or a share of the training examples.
struct ValidationArgument: ExpressibleByArgument, CustomStringConvertible {
  let choice: TrainingJob.Validation

  init(_ choice: TrainingJob.Validation) { self.choice = choice }

  init?(argument: String) {
    switch argument {
    case "auto": choice = .automatic
    case "none": choice = .none
    default:
      guard let share = Double(argument) else { return nil }
      choice = .fraction(share)
    }
  }

  var description: String {
    switch choice {
    case .automatic: "auto"
    case .none: "none"
    case .fraction(let share): "\(share)"
    }
  }
}

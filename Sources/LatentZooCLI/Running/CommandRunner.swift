import ArgumentParser
import Foundation

/// The one place where errors become messages and exit statuses: 0 done, 1 failed, 64 wrong usage.
enum CommandRunner {
  /// Parses, runs and ends the process with its status.
  static func run(_ arguments: [String]) -> Never {
    do {
      var command = try LatentZooCommand.parseAsRoot(ResponseFile.expanding(arguments))
      try command.run()
      exit(0)
    } catch {
      exit(status(of: error))
    }
  }

  /// Reports an error and says how to exit.
  private static func status(of error: any Error) -> Int32 {
    let parserStatus = LatentZooCommand.exitCode(for: error)
    switch error {
    case let code as ExitCode: return code.rawValue
    case CommandError.streamClosed: return 128 + SIGPIPE
    case let error as UsageError:
      report(error.description)
      return ExitCode.validationFailure.rawValue
    case _ where parserStatus == .success:
      return print(LatentZooCommand.fullMessage(for: error))
    case _ where parserStatus == .validationFailure:
      report(usage(LatentZooCommand.fullMessage(for: error)))
    default:
      report(ErrorSentence.of(error))
    }
    return parserStatus.rawValue
  }

  /// Prints help or the version.
  private static func print(_ text: String) -> Int32 {
    do {
      try Console().print(text)
      return 0
    } catch {
      return status(of: error)
    }
  }

  private static func report(_ text: String) {
    do {
      try Terminal.messages.write("latentzoo: error: \(text)\n")
    } catch {
      // Nobody listens; the status tells.
    }
  }

  /// The parser's message without its own heading.
  private static func usage(_ message: String) -> String {
    message.hasPrefix("Error: ") ? String(message.dropFirst("Error: ".count)) : message
  }
}

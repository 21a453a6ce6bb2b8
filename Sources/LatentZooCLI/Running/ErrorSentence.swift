import ArgumentParser
import Foundation

/// Says what went wrong in one sentence, whoever threw it.
enum ErrorSentence {
  static func of(_ error: any Error) -> String {
    switch error {
    case let error as CocoaError: sentence(of: error)
    case let error as POSIXError: String(cString: strerror(error.code.rawValue))
    case is DecodingError, is EncodingError: "a JSON document cannot be read or written"
    case let error as any CustomStringConvertible: error.description
    default: "something unexpected went wrong (\(type(of: error)))"
    }
  }

  private static func sentence(of error: CocoaError) -> String {
    let path = error.userInfo[NSFilePathErrorKey] as? String ?? "a file"
    let reason =
      (error.userInfo[NSUnderlyingErrorKey] as? POSIXError).map {
        String(cString: strerror($0.code.rawValue))
      } ?? "the system refused"
    return "\(path) cannot be used: \(reason); check the path and its permissions"
  }
}

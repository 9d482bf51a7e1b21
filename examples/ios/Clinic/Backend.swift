import Foundation

/// Your backend, such as that of ../express.
enum Backend {
  static let origin = URL(string: "https://app.clinic.example")!

  private struct Answer: Decodable { let url: URL }

  /// One link for one person and one file. The API key stays in the backend.
  static func requestLink() async throws -> URL {
    var request = URLRequest(url: origin.appendingPathComponent("upload-links"))
    request.httpMethod = "POST"
    let (data, response) = try await URLSession.shared.data(for: request)
    guard (response as? HTTPURLResponse)?.statusCode == 201 else { throw URLError(.badServerResponse) }
    return try JSONDecoder().decode(Answer.self, from: data).url
  }
}

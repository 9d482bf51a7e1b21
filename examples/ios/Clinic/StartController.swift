import AuthenticationServices
import UIKit

/// Asks the backend for a link and shows the page in the system's browser, which is the better way, or in a view of this app.
final class StartController: UIViewController, ASWebAuthenticationPresentationContextProviding {
  private let outcome = UILabel()

  override func viewDidLoad() {
    super.viewDidLoad()
    view.backgroundColor = .systemBackground
    outcome.numberOfLines = 0
    let column = UIStackView(arrangedSubviews: [
      button("Send my DNA file") { [weak self] link in self?.openTab(link) },
      button("Send my DNA file inside this app") { [weak self] link in self?.openView(link) },
      outcome,
    ])
    column.axis = .vertical
    column.spacing = 16
    column.translatesAutoresizingMaskIntoConstraints = false
    view.addSubview(column)
    NSLayoutConstraint.activate([
      column.centerYAnchor.constraint(equalTo: view.centerYAnchor),
      column.leadingAnchor.constraint(equalTo: view.layoutMarginsGuide.leadingAnchor),
      column.trailingAnchor.constraint(equalTo: view.layoutMarginsGuide.trailingAnchor),
    ])
  }

  private func openTab(_ link: URL) {
    // iOS 17.4 or newer
    let session = ASWebAuthenticationSession(
      url: link, callback: .https(host: "app.clinic.example", path: "/dna")
    ) { back, error in
      let query = back.flatMap { URLComponents(url: $0, resolvingAgainstBaseURL: false)?.queryItems }
      let reason = query?.first { $0.name == "reason" }?.value
      // Closed by hand: nothing is known, ask your backend. Otherwise no reason means success.
      self.uploadEnded(closed: back == nil, reason: reason)
    }
    session.presentationContextProvider = self
    // No cookies are needed; without this line iOS asks whether the app may “sign in”.
    session.prefersEphemeralWebBrowserSession = true
    session.start()
    // The app needs the associated domain webcredentials:app.clinic.example.
  }

  private func openView(_ link: URL) {
    present(UploadController(link: link) { [weak self] status, reason in
      self?.uploadEnded(closed: false, reason: status == "received" ? nil : reason ?? status)
    }, animated: true)
  }

  /// A hint for the screen: what really happened, the webhook tells the backend.
  private func uploadEnded(closed: Bool, reason: String?) {
    outcome.text = !closed && reason == nil ? "Thank you. Your file has been sent." : "No file was sent."
  }

  func presentationAnchor(for session: ASWebAuthenticationSession) -> ASPresentationAnchor { view.window! }

  private func button(_ label: String, open: @escaping @MainActor (URL) -> Void) -> UIButton {
    UIButton(configuration: .filled(), primaryAction: UIAction(title: label) { [weak self] _ in
      Task { @MainActor in
        do { open(try await Backend.requestLink()) } catch {
          self?.outcome.text = "There is no link just now. Please try again later."
        }
      }
    })
  }
}

// The recipe of docs/embedding.md, word for word: change both.
import UIKit
import WebKit

/// WKUserContentController keeps its handlers alive: this one lets the controller go.
final class WeakHandler: NSObject, WKScriptMessageHandler {
  weak var target: WKScriptMessageHandler?
  init(_ target: WKScriptMessageHandler) { self.target = target }
  func userContentController(_ controller: WKUserContentController, didReceive message: WKScriptMessage) {
    target?.userContentController(controller, didReceive: message)
  }
}

final class UploadController: UIViewController, WKScriptMessageHandler, WKNavigationDelegate {
  private let link: URL
  private var web: WKWebView!
  /// Called once; nil from then on.
  private var onEnd: ((_ status: String, _ reason: String?) -> Void)?

  init(link: URL, onEnd: @escaping (_ status: String, _ reason: String?) -> Void) {
    self.link = link
    self.onEnd = onEnd
    super.init(nibName: nil, bundle: nil)
  }
  required init?(coder: NSCoder) { fatalError() }

  override func loadView() {
    let configuration = WKWebViewConfiguration()
    configuration.userContentController.add(WeakHandler(self), name: "arraydrop")
    web = WKWebView(frame: .zero, configuration: configuration)
    web.navigationDelegate = self
    web.load(URLRequest(url: link))
    view = web
  }

  func userContentController(_ controller: WKUserContentController, didReceive message: WKScriptMessage) {
    let from = message.frameInfo
    guard from.isMainFrame, from.securityOrigin.host == link.host,
          let event = message.body as? [String: Any], event["ns"] as? String == "arraydrop" else { return }
    guard event["type"] as? String == "exit", let data = event["data"] as? [String: Any] else { return }
    end(data["status"] as? String ?? "unknown", data["reason"] as? String)
  }

  private func end(_ status: String, _ reason: String?) {
    guard let onEnd else { return }
    self.onEnd = nil
    dismiss(animated: true) { onEnd(status, reason) }
  }

  // Only the way back to the app is intercepted; help pages open outside.
  func webView(_ web: WKWebView, decidePolicyFor action: WKNavigationAction,
               decisionHandler: @escaping @MainActor @Sendable (WKNavigationActionPolicy) -> Void) {
    guard let url = action.request.url else { return decisionHandler(.cancel) }
    if action.targetFrame == nil { UIApplication.shared.open(url); return decisionHandler(.cancel) }
    let isBack = url.host == "app.clinic.example" && url.path.hasPrefix("/dna")
    decisionHandler(isBack ? .cancel : .allow)
    if isBack {
      let query = URLComponents(url: url, resolvingAgainstBaseURL: false)?.queryItems
      let reason = query?.first { $0.name == "reason" }?.value
      end(reason == nil ? "received" : "left", reason)
    }
  }

  // iOS may discard the page behind the file chooser. The session continues where it was.
  func webViewWebContentProcessDidTerminate(_ web: WKWebView) { web.load(URLRequest(url: link)) }

  func setDark() { web.evaluateJavaScript(#"arraydropReceive('{"ns":"arraydrop","v":1,"type":"theme","color_scheme":"dark"}')"#) }
}

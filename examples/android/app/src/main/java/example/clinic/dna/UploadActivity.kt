package example.clinic.dna

import android.content.ActivityNotFoundException
import android.content.Intent
import android.net.Uri
import android.os.Bundle
import android.webkit.RenderProcessGoneDetail
import android.webkit.ValueCallback
import android.webkit.WebChromeClient
import android.webkit.WebResourceRequest
import android.webkit.WebView
import android.webkit.WebViewClient
import androidx.activity.ComponentActivity
import androidx.activity.result.contract.ActivityResultContracts
import androidx.browser.customtabs.CustomTabsIntent
import androidx.webkit.WebViewCompat
import androidx.webkit.WebViewFeature
import org.json.JSONObject

// The recipe of docs/embedding.md, word for word: change both.
// build.gradle: androidx.activity:activity-ktx, androidx.webkit:webkit, androidx.browser:browser
// AndroidManifest.xml: <uses-permission android:name="android.permission.INTERNET" />, and for the activity
// android:configChanges="orientation|screenSize|screenLayout|keyboardHidden|uiMode", so that turning the phone does not end the upload.
class UploadActivity : ComponentActivity() {
  private var chosen: ValueCallback<Array<Uri>>? = null
  private var ended = false

  /** To the screen that started this one, once. */
  private fun end(status: String, reason: String?) {
    if (ended) return
    ended = true
    setResult(RESULT_OK, Intent().putExtra("status", status).putExtra("reason", reason))
    finish()
  }

  private val chooser = registerForActivityResult(ActivityResultContracts.StartActivityForResult()) { result ->
    chosen?.onReceiveValue(WebChromeClient.FileChooserParams.parseResult(result.resultCode, result.data))
    chosen = null
  }

  override fun onCreate(state: Bundle?) {
    super.onCreate(state)
    val link = Uri.parse(intent.getStringExtra("link"))
    val web = WebView(this)
    setContentView(web)
    web.settings.javaScriptEnabled = true
    // Restricted to a list of origins; addJavascriptInterface would serve every page loaded into this view.
    if (WebViewFeature.isFeatureSupported(WebViewFeature.WEB_MESSAGE_LISTENER)) {
      WebViewCompat.addWebMessageListener(web, "arraydropHost", setOf("https://${link.encodedAuthority}")) { _, message, _, isMainFrame, page ->
        val event = JSONObject(message.data ?: "{}")
        if (!isMainFrame || event.optString("ns") != "arraydrop") return@addWebMessageListener
        when (event.optString("type")) {
          "hello" -> page.postMessage("""{"ns":"arraydrop","v":1,"type":"init","redirect":"frame"}""")
          "picker_unresponsive" -> CustomTabsIntent.Builder().build().launchUrl(this, link)
          "exit" -> {
            val data = event.optJSONObject("data")
            // optString would make the text "null" of a reason that is none.
            val reason = if (data == null || data.isNull("reason")) null else data.getString("reason")
            end(data?.optString("status") ?: "unknown", reason)
          }
        }
      }
    }
    web.webChromeClient = object : WebChromeClient() {
      // Every path calls back exactly once: an input that gets no callback stays dead until the page is reloaded.
      override fun onShowFileChooser(view: WebView, callback: ValueCallback<Array<Uri>>, asked: FileChooserParams): Boolean {
        chosen?.onReceiveValue(null)
        chosen = callback
        try {
          chooser.launch(Intent(Intent.ACTION_GET_CONTENT).setType("*/*").addCategory(Intent.CATEGORY_OPENABLE))
        } catch (missing: ActivityNotFoundException) {
          chosen = null
          callback.onReceiveValue(null)
        }
        return true
      }
    }
    web.webViewClient = object : WebViewClient() {
      // Help pages open outside: this view would load them in the place of the upload.
      override fun shouldOverrideUrlLoading(view: WebView, request: WebResourceRequest): Boolean {
        val url = request.url
        if (url.encodedAuthority == link.encodedAuthority) return false
        if (url.host == "app.clinic.example" && url.path?.startsWith("/dna") == true) {
          val reason = url.getQueryParameter("reason")
          end(if (reason == null) "received" else "left", reason)
        } else {
          try { startActivity(Intent(Intent.ACTION_VIEW, url)) } catch (missing: ActivityNotFoundException) { }
        }
        return true
      }
      override fun onRenderProcessGone(view: WebView, detail: RenderProcessGoneDetail): Boolean { recreate(); return true }
    }
    web.loadUrl(link.toString())
  }
}

package example.clinic.dna

import android.content.Intent
import android.net.Uri
import android.os.Bundle
import android.widget.Button
import android.widget.LinearLayout
import android.widget.TextView
import androidx.activity.ComponentActivity
import androidx.activity.result.contract.ActivityResultContracts
import androidx.browser.customtabs.CustomTabsIntent
import java.net.HttpURLConnection
import java.net.URL
import kotlin.concurrent.thread
import org.json.JSONObject

/** Asks the backend for a link and shows the page in a Custom Tab, which is the better way, or in a WebView of this app. */
class MainActivity : ComponentActivity() {
  private lateinit var outcome: TextView

  private val upload = registerForActivityResult(ActivityResultContracts.StartActivityForResult()) { result ->
    show(result.data?.getStringExtra("status") == "received")
  }

  override fun onCreate(state: Bundle?) {
    super.onCreate(state)
    outcome = TextView(this)
    val column = LinearLayout(this).apply { orientation = LinearLayout.VERTICAL }
    column.addView(button(R.string.in_tab) { openTab(it) })
    column.addView(button(R.string.in_app) {
      upload.launch(Intent(this, UploadActivity::class.java).putExtra("link", it))
    })
    column.addView(outcome)
    setContentView(column)
  }

  /** The way back from the tab. */
  override fun onNewIntent(intent: Intent) {
    super.onNewIntent(intent)
    val back = intent.data ?: return
    show(back.getQueryParameter("reason") == null)
  }

  private fun openTab(link: String) {
    CustomTabsIntent.Builder().build().launchUrl(this, Uri.parse(link))
    // The way back is an App Link: an <intent-filter android:autoVerify="true"> for https://app.clinic.example/dna
  }

  /** A hint for the screen: what really happened, the webhook tells the backend. */
  private fun show(received: Boolean) {
    outcome.setText(if (received) R.string.received else R.string.not_received)
  }

  private fun button(label: Int, open: (String) -> Unit): Button {
    val button = Button(this)
    button.setText(label)
    button.setOnClickListener {
      thread {
        val link = runCatching { requestLink() }.getOrNull()
        runOnUiThread { if (link == null) outcome.setText(R.string.no_link) else open(link) }
      }
    }
    return button
  }

  /** One link for one person and one file. The API key stays in the backend. */
  private fun requestLink(): String {
    val connection = URL(BuildConfig.BACKEND + "/upload-links").openConnection() as HttpURLConnection
    connection.requestMethod = "POST"
    try {
      check(connection.responseCode == 201) { "The backend answered " + connection.responseCode }
      return JSONObject(connection.inputStream.bufferedReader().readText()).getString("url")
    } finally {
      connection.disconnect()
    }
  }
}

plugins {
  id("com.android.application")
  id("org.jetbrains.kotlin.android")
}

android {
  namespace = "example.clinic.dna"
  compileSdk = 35
  defaultConfig {
    applicationId = "example.clinic.dna"
    minSdk = 24
    targetSdk = 35
    versionCode = 1
    versionName = "1.0"
    // Your backend, such as that of ../express, on https: Android refuses plain http.
    buildConfigField("String", "BACKEND", "\"https://app.clinic.example\"")
  }
  buildFeatures { buildConfig = true }
  compileOptions {
    sourceCompatibility = JavaVersion.VERSION_17
    targetCompatibility = JavaVersion.VERSION_17
  }
  kotlinOptions { jvmTarget = "17" }
}

dependencies {
  implementation("androidx.activity:activity-ktx:1.9.3")
  implementation("androidx.browser:browser:1.8.0")
  implementation("androidx.webkit:webkit:1.12.1")
}

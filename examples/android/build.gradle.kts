// The same app for Android Studio. This file was never run where the engine is built: Maven compiles the sources there.
plugins {
    id("com.android.application") version "8.10.1"
    id("org.jetbrains.kotlin.android") version "2.2.21"
}

android {
    namespace = "com.techpro.callclient.examples.android"
    compileSdk = 36

    defaultConfig {
        applicationId = "com.example.phone"
        minSdk = 26
        targetSdk = 36
        versionCode = 1
        versionName = "1.0"
    }

    compileOptions {
        sourceCompatibility = JavaVersion.VERSION_17
        targetCompatibility = JavaVersion.VERSION_17
    }

    kotlinOptions {
        jvmTarget = "17"
    }

    buildTypes {
        release {
            isMinifyEnabled = true
            isShrinkResources = false // Texts finds its texts by name
            proguardFiles(getDefaultProguardFile("proguard-android-optimize.txt"))
        }
    }

    packaging {
        resources {
            // Files of the same name in several libraries, none of which the app reads.
            excludes += setOf("META-INF/LICENSE.md", "META-INF/NOTICE.md", "META-INF/versions/**/OSGI-INF/MANIFEST.MF")
        }
    }
}

dependencies {
    implementation(platform("com.techpro.callclient:callclient-bom:0.1.0-SNAPSHOT"))
    implementation("com.techpro.callclient:callclient-engine-core")
    implementation("com.techpro.callclient:callclient-engine-kotlin")
    implementation("com.techpro.callclient:callclient-adapters-phonesystems")
    implementation("com.techpro.callclient:callclient-adapters-android")
    compileOnly("org.jspecify:jspecify:1.0.0")
}

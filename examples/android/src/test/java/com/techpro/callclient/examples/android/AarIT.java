// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.android;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

/** The AAR of the adapter, as an app's build takes it: https://developer.android.com/studio/projects/android-library#aar-contents. */
class AarIT {
    private static final Path ADAPTER = Path.of("../../adapters-android/src/main");

    private Map<String, byte[]> aar;

    @BeforeEach
    void open() throws IOException {
        aar = files(Files.newInputStream(Path.of("target/aar/callclient-adapters-android.aar")));
    }

    @Test
    void it_has_the_files_of_an_aar_and_no_others() {
        assertThat(aar)
                .containsOnlyKeys(
                        "AndroidManifest.xml",
                        "classes.jar",
                        "R.txt",
                        "proguard.txt",
                        "META-INF/com/android/build/gradle/aar-metadata.properties");
    }

    @Test
    void its_manifest_is_the_adapters() throws IOException {
        Element manifest = Xml.of(aar.get("AndroidManifest.xml"));

        assertThat(manifest.getAttribute("package")).isEqualTo("com.techpro.callclient.adapters.android");
        assertThat(Xml.all(manifest, "uses-sdk").map(sdk -> sdk.getAttribute("android:minSdkVersion")))
                .containsExactly("26");
        assertThat(Xml.names(manifest, "uses-permission"))
                .as("what every call needs; an app adds what its features need")
                .containsExactlyInAnyOrder(
                        "android.permission.INTERNET",
                        "android.permission.ACCESS_NETWORK_STATE",
                        "android.permission.RECORD_AUDIO",
                        "android.permission.MODIFY_AUDIO_SETTINGS");
    }

    @Test
    void the_jar_contains_the_classes_of_the_manifest_and_no_tests() throws IOException {
        Map<String, byte[]> classes = files(new ByteArrayInputStream(aar.get("classes.jar")));
        Element manifest = Xml.of(aar.get("AndroidManifest.xml"));

        for (String tag : new String[] {"activity", "service", "receiver"}) {
            assertThat(Xml.names(manifest, tag))
                    .isNotEmpty()
                    .allMatch(name -> classes.containsKey(name.replace('.', '/') + ".class"));
        }
        assertThat(classes.keySet())
                .contains("com/techpro/callclient/adapters/android/AndroidCallUi.class")
                .filteredOn(name -> name.endsWith(".class"))
                .allMatch(name -> name.startsWith("com/techpro/callclient/adapters/android/"))
                .noneMatch(name -> name.contains("Test") || name.contains("Fake") || name.contains("Shadow"));
    }

    @Test
    void the_rules_for_r8_and_the_least_build_tools_are_in_it() throws IOException {
        assertThat(new String(aar.get("proguard.txt"), StandardCharsets.UTF_8))
                .isEqualTo(Files.readString(ADAPTER.resolve("android/consumer-rules.pro")));

        Properties metadata = new Properties();
        metadata.load(new ByteArrayInputStream(aar.get("META-INF/com/android/build/gradle/aar-metadata.properties")));
        assertThat(metadata)
                .containsEntry("aarFormatVersion", "1.0")
                .containsEntry("aarMetadataVersion", "1.0")
                .containsEntry("minCompileSdk", "34")
                .containsKey("minAndroidGradlePluginVersion");
    }

    /** As androidx's libraries name theirs; Maven has the jar. */
    @Test
    void gradles_metadata_names_the_aar_and_no_library_of_desktops() throws IOException {
        String metadata = Files.readString(ADAPTER.resolve("../../target/publications/maven/module.json"));
        assertThat(metadata)
                .containsPattern("\"name\": \"callclient-adapters-android-[^\"]+\\.aar\",\\s+"
                        + "\"url\": \"callclient-adapters-android-[^\"]+\\.aar\"\\s*}")
                .contains("\"org.gradle.libraryelements\": \"aar\"", "java-keyring", "\"excludes\"")
                .doesNotContain("\"jar\"", ".jar", "sha1", "android-all");
        assertThat(Files.readString(ADAPTER.resolve("../../pom.xml")))
                .contains("do_not_remove: published-with-gradle-metadata");
    }

    /** An app that takes the library is shrunk no less for it. */
    @Test
    void the_r8_rules_only_keep_classes_that_the_engine_needs() throws IOException {
        String rules = new String(aar.get("proguard.txt"), StandardCharsets.UTF_8);
        assertThat(rules.lines().filter(line -> line.startsWith("-")))
                .isNotEmpty()
                .allMatch(line -> line.matches("-dontwarn [a-zA-Z.*_]+|-keep(classmembers)? (class|enum)"
                        + " (com\\.techpro\\.callclient|org\\.eclipse\\.angus)\\..*"));
    }

    /** By name, without the folders. */
    private static Map<String, byte[]> files(InputStream in) throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(in)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (!entry.isDirectory()) {
                    files.put(entry.getName(), zip.readAllBytes());
                }
            }
        }
        return files;
    }
}

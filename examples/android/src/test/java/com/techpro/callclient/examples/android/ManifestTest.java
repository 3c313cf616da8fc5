// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.android;

import static org.assertj.core.api.Assertions.assertThat;

import android.app.Activity;
import android.app.Application;
import android.app.Service;
import android.content.BroadcastReceiver;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

/** The manifest has what the code and the adapter need, and nothing that is not there. */
class ManifestTest {
    private static final Path SOURCES = Path.of("src/main/kotlin");
    private static final Path RESOURCES = Path.of("src/main/res");

    private final Element manifest;
    private final Element adapter;

    ManifestTest() throws IOException {
        manifest = Xml.of(Path.of("src/main/AndroidManifest.xml"));
        adapter = Xml.of(Path.of("../../adapters-android/src/main/AndroidManifest.xml"));
    }

    @Test
    void classes_named_in_the_manifest_exist_and_have_the_right_type() {
        Map.of(
                        "application",
                        Application.class,
                        "activity",
                        Activity.class,
                        "service",
                        Service.class,
                        "receiver",
                        BroadcastReceiver.class)
                .forEach((tag, kind) -> assertThat(Xml.names(manifest, tag))
                        .isNotEmpty()
                        .allSatisfy(name -> assertThat(kind).isAssignableFrom(load(name))));
    }

    @Test
    void each_screen_is_in_it() throws IOException {
        List<String> screens = new ArrayList<>();
        try (Stream<Path> sources = Files.walk(SOURCES)) {
            for (Path source :
                    (Iterable<Path>) sources.filter(file -> file.toString().endsWith("Activity.kt"))::iterator) {
                String name = SOURCES.relativize(source).toString().replace('/', '.');
                screens.add(name.substring(0, name.length() - ".kt".length()));
            }
        }

        assertThat(screens).hasSizeGreaterThan(12);
        assertThat(Xml.names(manifest, "activity")).containsAll(screens);
        assertThat(screens)
                .allSatisfy(name -> assertThat(Modifier.isAbstract(load(name).getModifiers()))
                        .isFalse());
    }

    @Test
    void it_has_all_that_the_adapter_asks_for() {
        assertThat(Xml.names(manifest, "uses-permission")).containsAll(Xml.names(adapter, "uses-permission"));
        for (String tag : List.of("activity", "service", "receiver", "action")) {
            assertThat(Xml.all(manifest, tag).map(Xml::attributes))
                    .containsAll(Xml.all(adapter, tag).map(Xml::attributes).toList());
        }
    }

    /** The app uses every feature of the table. */
    @Test
    void the_manifest_requests_exactly_the_documented_permissions() throws IOException {
        String docs = Files.readString(Path.of("../../docs/embedding.md"));
        String section = docs.substring(docs.indexOf("### Permissions"));
        Set<String> named = new TreeSet<>();
        for (String line : section.split("\n")) {
            if (line.startsWith("|")) {
                Matcher permission = Pattern.compile("`([A-Z_]+)`").matcher(line);
                while (permission.find()) {
                    named.add("android.permission." + permission.group(1));
                }
            }
        }

        assertThat(Xml.names(manifest, "uses-permission")).containsExactlyInAnyOrderElementsOf(named);
    }

    @Test
    void no_other_app_starts_anything_but_the_first_screen_and_the_system_its_service() {
        List<String> exported = Stream.of("activity", "service", "receiver")
                .flatMap(tag -> Xml.all(manifest, tag))
                .filter(element -> !element.getAttribute("android:exported").equals("false"))
                .map(element -> element.getAttribute("android:name"))
                .toList();

        assertThat(exported)
                .containsExactlyInAnyOrder(
                        HomeActivity.class.getName(), "com.techpro.callclient.adapters.android.CallConnectionService");
    }

    @Test
    void nothing_of_the_app_is_backed_up() throws IOException {
        Map<String, String> application =
                Xml.attributes(Xml.all(manifest, "application").findFirst().orElseThrow());
        assertThat(application)
                .containsEntry("android:allowBackup", "false")
                .containsEntry("android:fullBackupContent", "false")
                .containsEntry("android:dataExtractionRules", "@xml/data_extraction_rules");

        Element rules = Xml.of(RESOURCES.resolve("xml/data_extraction_rules.xml"));
        for (String way : List.of("cloud-backup", "device-transfer")) {
            Element one = Xml.all(rules, way).findFirst().orElseThrow();
            assertThat(Xml.all(one, "include")).isEmpty();
            assertThat(Xml.all(one, "exclude").map(each -> each.getAttribute("domain")))
                    .containsExactlyInAnyOrder("root", "file", "database", "sharedpref", "external");
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, ManifestTest.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new AssertionError(name + " is not there", e);
        }
    }
}

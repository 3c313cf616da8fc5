// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.android;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.codehaus.mojo.animal_sniffer.ClassListBuilder;
import org.codehaus.mojo.animal_sniffer.SignatureChecker;
import org.codehaus.mojo.animal_sniffer.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every library of {@link AndroidProgram} calls what API 26 has, as the build's signature gate checks it for our own modules. What a library
 * lacks stands here with the reason why it is never reached.
 */
class LibrariesOnAndroidTest {
    private static final String UNDEFINED = "Undefined reference: ";

    /** Which classes a library may miss: each entry is a class, or a package with a dot at its end. */
    private static final Map<String, List<String>> NEVER_REACHED = Map.of(
            // Its stack logs and listens by these. Only its parsers are called here.
            "jain-sip-ri-",
            List.of("org.apache.log4j.", "com.sun.nio.sctp."),
            // SASL is off: the engine logs in by LOGIN and PLAIN. Pictures in mails are not looked at. The last is for
            // native images.
            "angus-mail-",
            List.of(
                    "javax.security.sasl.",
                    "javax.security.auth.callback.NameCallback",
                    "java.awt.",
                    "org.graalvm.nativeimage."),
            "angus-activation-",
            List.of("org.graalvm.nativeimage."),
            // Certificates looked up in directories.
            "bcprov-",
            List.of("javax.naming."),
            // Its JSSE provider; DTLS is driven without one.
            "bctls-",
            List.of("java.util.concurrent.ConcurrentHashMap", "javax.net.ssl.SSLSocketFactory"),
            // Platforms that it takes only where it finds them. On Android it takes none of these.
            "okhttp-jvm-",
            List.of("org.conscrypt.", "org.openjsse.", "javax.net.ssl.SSLParameters", "javax.net.ssl.SSLSocket"),
            // An annotation for javac.
            "error_prone_annotations-",
            List.of("javax.lang.model.element.Modifier"));

    /** What this module calls that API 26 lacks. Each stands behind a check of the level, which is to be looked for before a line is added here. */
    private static final Set<String> BEHIND_A_CHECK = Set.of(
            "AndroidBiometrics android.hardware.biometrics.BiometricManager",
            "AndroidNotifications android.app.Notification.CallStyle",
            "AndroidNotifications android.app.NotificationManager.canUseFullScreenIntent",
            "AndroidNotifications android.app.Person",
            "AndroidPermissions android.app.ActivityManager.isBackgroundRestricted",
            "AudioDevices android.media.AudioManager.getCommunicationDevice",
            "EndpointConnection android.telecom.CallEndpoint",
            "EnrolmentKey android.security.keystore.KeyGenParameterSpec.Builder.setUserAuthenticationParameters",
            "KeystoreKey android.security.keystore.KeyGenParameterSpec.Builder.setIsStrongBoxBacked",
            "KeystoreKey android.security.keystore.KeyGenParameterSpec.Builder.setUserAuthenticationParameters",
            "KeystoreKey android.security.keystore.StrongBoxUnavailableException",
            "NoticeChannels android.app.NotificationChannel.hasUserSetSound",
            "PromptQuestion android.hardware.biometrics.BiometricPrompt");

    @TempDir
    private Path directory;

    @Test
    void libraries_call_only_apis_of_level_26() throws Exception {
        List<Path> libraries = new AndroidProgram(directory).libraries();
        Set<String> theirs = packagesOf(libraries);
        Set<String> lacking = new TreeSet<>();
        Set<String> excused = new TreeSet<>();
        for (Path library : libraries) {
            String name = library.getFileName().toString();
            for (String reference : undefinedIn(library, theirs)) {
                String owner = ownerOf(reference);
                List<String> excuses = NEVER_REACHED.entrySet().stream()
                        .filter(entry -> name.startsWith(entry.getKey()))
                        .flatMap(entry -> entry.getValue().stream())
                        .filter(excuse -> excuse.endsWith(".") ? owner.startsWith(excuse) : owner.equals(excuse))
                        .toList();
                if (excuses.isEmpty()) {
                    lacking.add(name + " calls " + reference);
                }
                excuses.forEach(excuse -> excused.add(excuse + " in " + name.replaceAll("[0-9].*", "")));
            }
        }
        assertThat(lacking).isEmpty();
        assertThat(excused)
                .as("excuses that are needed")
                .hasSize(NEVER_REACHED.values().stream().mapToInt(List::size).sum());
    }

    /** The build's gate leaves out what a dependency has, and the framework is one. */
    @Test
    void calls_of_the_adapter_beyond_api_26_are_guarded_by_a_check() throws Exception {
        References references = new References();
        check(new AndroidProgram(directory).modules("adapters-android").get(0), Set.of("com.techpro.*"), references);
        Set<String> beyond = new TreeSet<>();
        references.undefined.forEach((reference, classes) -> {
            String name = reference.replaceAll("\\(.*", "").replaceAll(".* ", "");
            for (String each : List.of("BiometricManager", "BiometricPrompt", "CallEndpoint", "CallStyle", "Person")) {
                name = name.replaceAll("(\\." + each + ")[.].*", "$1");
            }
            for (String caller : classes) {
                beyond.add(caller + " " + name);
            }
        });
        beyond.removeIf(call -> call.endsWith(" Record.<init>"));
        assertThat(beyond).containsExactlyInAnyOrderElementsOf(BEHIND_A_CHECK);
    }

    private static Set<String> packagesOf(List<Path> libraries) throws IOException {
        ClassListBuilder classes = new ClassListBuilder(new References());
        for (Path library : libraries) {
            classes.process(library.toFile());
        }
        return classes.getPackages();
    }

    private static Set<String> undefinedIn(Path library, Set<String> theirs) throws IOException {
        References references = new References();
        check(library, theirs, references);
        return references.undefined.keySet();
    }

    private static void check(Path jar, Set<String> ignoredPackages, References references) throws IOException {
        try (InputStream api = Files.newInputStream(Path.of(System.getProperty("android.signature")))) {
            SignatureChecker checker = new SignatureChecker(api, ignoredPackages, references);
            checker.setSourcePath(List.of());
            checker.process(jar.toFile());
        }
    }

    /** Of {@code org.example.Type}, {@code int org.example.Type.field} and {@code void org.example.Type.method(int)}: the type. */
    private static String ownerOf(String reference) {
        String name = reference.replaceAll("\\(.*", "");
        int space = name.indexOf(' ');
        return space < 0 ? name : name.substring(space + 1, name.lastIndexOf('.'));
    }

    /** What the checker complains of, and the outer classes that have it. */
    private static final class References implements Logger {
        private final Map<String, Set<String>> undefined = new TreeMap<>();

        @Override
        public void error(String message) {
            assertThat(message).contains(UNDEFINED);
            String caller =
                    message.replaceAll("[.]class.*", "").replaceAll(".*/", "").replaceAll("[$].*", "");
            undefined
                    .computeIfAbsent(
                            message.substring(message.indexOf(UNDEFINED) + UNDEFINED.length()),
                            reference -> new TreeSet<>())
                    .add(caller);
        }

        @Override
        public void error(String message, Throwable cause) {
            throw new AssertionError(message, cause);
        }

        @Override
        public void warn(String message) {}

        @Override
        public void warn(String message, Throwable cause) {}

        @Override
        public void info(String message) {}

        @Override
        public void info(String message, Throwable cause) {}

        @Override
        public void debug(String message) {}

        @Override
        public void debug(String message, Throwable cause) {}
    }
}

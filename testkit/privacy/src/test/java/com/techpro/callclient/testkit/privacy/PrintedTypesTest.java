// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.secret.Secret;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Promise O2: whatever public record of the engine and its ports an app logs, its text shows nothing that is personal. */
class PrintedTypesTest {
    /** One after the other is put wherever a text may stand, until one is taken: some types look at what they are given. */
    private static final List<String> MARKS = List.of(
            "canary-7316", "canary-7316@canary.example", "7316204985", "+4973162049", "canary7316.example", "canary");

    /** Of all that is not about a person, a country has the narrowest form. */
    private static final String PLAIN = "de";

    /** What is not about a person, by type and component, so that its print may show it. */
    private static final Map<String, String> IMPERSONAL = Map.ofEntries(
            Map.entry("CallSnapshot.mergedWith", "the name of another call within its client"),
            Map.entry("Delivered.id", "a random name of a text, made by the engine"),
            Map.entry("Accepted.id", "a random name of a text, made by the engine"),
            Map.entry("Failed.id", "a random name of a text, made by the engine"),
            Map.entry("Refused.id", "a random name of a text, made by the engine"),
            Map.entry("HostPort.host", "a server's name, which an administrator needs to read in an error"),
            Map.entry("Srv.target", "a name server's answer about servers"),
            Map.entry("Naptr.flags", "a name server's answer about servers"),
            Map.entry("Naptr.service", "a name server's answer about servers"),
            Map.entry("Naptr.regexp", "a name server's answer about servers"),
            Map.entry("Naptr.replacement", "a name server's answer about servers"),
            Map.entry("Failed.reason", "a resolver's own words, which quote no name"),
            Map.entry("AudioUnavailable.reason", "the audio port's own words"),
            Map.entry("ProtocolViolation.what", "one of the engine's own words"),
            Map.entry("DeviceInfo.appName", "made to be told (C9)"),
            Map.entry("DeviceInfo.appVersion", "made to be told (C9)"),
            Map.entry("DeviceInfo.deviceType", "made to be told (C9)"),
            Map.entry("DeviceInfo.osVersion", "made to be told (C9)"),
            Map.entry("AudioDevice.id", "a microphone"),
            Map.entry("AudioDevice.name", "a microphone"),
            Map.entry("CallOptions.captureDevice", "a microphone"),
            Map.entry("CallOptions.playbackDevice", "a speaker"),
            Map.entry("CallTones.region", "a country"),
            Map.entry("CallTones.ringDevice", "a speaker"),
            Map.entry("PlaybackOptions.device", "a speaker"),
            Map.entry("VoicemailAudio.contentType", "a kind of file"),
            Map.entry("CallSnapshot.id", "a number that the engine counts up"),
            Map.entry("CallQuality.codec", "a codec's name"),
            Map.entry("ClientCounters.drops", "the engine's own words and counts"),
            Map.entry("ClientCounters.refusals", "the engine's own words and counts"),
            Map.entry("ClientCounters.mediaDrops", "the engine's own words and counts"),
            Map.entry("ClientCounters.toneProblems", "the engine's own words and counts"),
            Map.entry("CallHeader.name", "a header's name, from the host app's own list"),
            Map.entry("FailureRecord.of", "the engine's own word"),
            Map.entry("FailureRecord.id", "the engine's name of an account or call"),
            Map.entry("FailureRecord.code", "the engine's own word"),
            Map.entry("RegistrationRecord.account", "the engine's name of an account"),
            Map.entry("RegistrationRecord.failure", "the engine's own word"),
            Map.entry("AccountStatus.account", "the engine's name of an account"),
            Map.entry("AccountStatus.failure", "the engine's own word"),
            Map.entry("CallRecord.call", "the engine's name of a call"),
            Map.entry("CallInputs.call", "the engine's name of a call"),
            Map.entry("CallRecord.ending", "the engine's own word"),
            Map.entry("CallRecord.codec", "a codec's name"),
            Map.entry("DiagnosticsReport.userAgent", "what app and device are, as sent to the phone system"),
            Map.entry("RefusedRequest.method", "a SIP method that the engine knows, or a question mark"),
            Map.entry("SipTraceMessage.summary", "a SIP method and a status"),
            Map.entry("ConnectionLost.id", "the engine's name of the notice"),
            Map.entry("ConnectionRestored.id", "the engine's name of the notice"),
            Map.entry("VoicemailWaiting.id", "the engine's name of the notice"),
            Map.entry("Status.route", "an opaque name of a network"),
            Map.entry("Newer.version", "a version of the app"),
            Map.entry("Newer.notes", "what is new in a version of the app"),
            Map.entry("Policy.allowedHosts", "what an organisation permits"),
            Map.entry("Policy.codecs", "what an organisation permits"));

    static Stream<Class<?>> records() {
        return new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("com.techpro.callclient.engine", "com.techpro.callclient.ports")
                        .stream()
                        .filter(type -> !type.getPackageName().contains(".internal"))
                        .filter(JavaClass::isRecord)
                        .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
                        .map(JavaClass::reflect)
                        .filter(type ->
                                Arrays.stream(type.getRecordComponents()).anyMatch(PrintedTypesTest::mayHoldText));
    }

    private static boolean mayHoldText(RecordComponent component) {
        String type = component.getGenericType().getTypeName();
        return type.contains("String") || type.contains("com.techpro.callclient");
    }

    @ParameterizedTest
    @MethodSource("records")
    void O2_prints_nothing_personal(Class<?> type) {
        Optional<Object> made = MARKS.stream()
                .map(mark -> make(type, mark))
                .filter(Optional::isPresent)
                .map(Optional::get)
                .findFirst();
        assertThat(made).as("%s could be made from marks", type).isPresent();
        assertThat(made.orElseThrow().toString().toLowerCase(Locale.ROOT))
                .as("what %s prints", type)
                .doesNotContain("canary", "7316");
    }

    private static Optional<Object> make(Class<?> type, String mark) {
        try {
            RecordComponent[] components = type.getRecordComponents();
            Object[] values = new Object[components.length];
            for (int i = 0; i < values.length; i++) {
                String component = type.getSimpleName() + "." + components[i].getName();
                values[i] = value(components[i].getGenericType(), IMPERSONAL.containsKey(component) ? PLAIN : mark);
            }
            Constructor<?> constructor = type.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class[]::new));
            constructor.setAccessible(true);
            return Optional.of(constructor.newInstance(values));
        } catch (InvocationTargetException refused) {
            return Optional.empty();
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(type.getName(), e);
        }
    }

    private static Object value(Type type, String mark) {
        if (type instanceof ParameterizedType container) {
            Class<?> raw = (Class<?>) container.getRawType();
            Type[] parts = container.getActualTypeArguments();
            if (raw == List.class) {
                Object part = value(parts[0], mark);
                return part == null ? List.of() : List.of(part);
            }
            if (raw == Set.class) {
                Object part = value(parts[0], mark);
                return part == null ? Set.of() : Set.of(part);
            }
            if (raw == Map.class) {
                Object key = value(parts[0], mark);
                Object part = value(parts[1], mark);
                return key == null || part == null ? Map.of() : Map.of(key, part);
            }
            return null;
        }
        Class<?> plain = (Class<?>) type;
        if (plain == String.class || plain == CharSequence.class || plain == Object.class) {
            return mark;
        }
        if (plain.isEnum()) {
            return plain.getEnumConstants()[0];
        }
        if (plain.isRecord()) {
            return Stream.concat(Stream.of(mark), mark.equals(PLAIN) ? Stream.empty() : MARKS.stream())
                    .map(each -> make(plain, each))
                    .filter(Optional::isPresent)
                    .map(Optional::get)
                    .findFirst()
                    .orElse(null);
        }
        if (plain.isSealed()) {
            return Arrays.stream(plain.getPermittedSubclasses())
                    .filter(Class::isRecord)
                    .map(each -> value(each, mark))
                    .filter(each -> each != null)
                    .findFirst()
                    .orElse(null);
        }
        return known(plain, mark);
    }

    private static Object known(Class<?> type, String mark) {
        if (type == int.class || type == Integer.class) {
            return 1;
        }
        if (type == long.class || type == Long.class) {
            return 1L;
        }
        if (type == double.class || type == Double.class) {
            return 1.0;
        }
        if (type == boolean.class || type == Boolean.class) {
            return false;
        }
        if (type == char.class) {
            return '1';
        }
        if (type == Duration.class) {
            return Duration.ofSeconds(1);
        }
        if (type == Instant.class) {
            return Instant.EPOCH;
        }
        if (type == Secret.class) {
            return Secret.of(mark);
        }
        if (type == SipAccount.class) {
            return SipAccount.builder("7316204985", "canary.example", Secret.of(mark))
                    .displayName("canary")
                    .build();
        }
        if (type == InetAddress.class) {
            return InetAddress.getLoopbackAddress();
        }
        return type == InetSocketAddress.class ? new InetSocketAddress(InetAddress.getLoopbackAddress(), 1) : null;
    }
}
